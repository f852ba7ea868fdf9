using System.Collections.Immutable;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Wire;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Roster;

/// <summary>What a process runs on; compared before anything else is.</summary>
/// <param name="Kernel">Which actor library: its assembly's name and version.</param>
/// <param name="Wire">Version of the wire contract.</param>
/// <param name="Build">Version of ActorFed.</param>
public sealed record Software(string Kernel, int Wire, string Build)
{
    /// <summary>Of this process.</summary>
    /// <param name="build">Version of the program.</param>
    public static Software Of(string build) => new(WireConfiguration.Kernel, WireConfiguration.Version, build);

    /// <summary>The first thing that differs; null if nothing does.</summary>
    public NodeMismatched? Against(Software node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Kernel != node.Kernel ? new("actor kernel", Kernel, node.Kernel)
            : Wire != node.Wire ? new("wire version", $"{Wire}", $"{node.Wire}")
            : Build != node.Build ? new("build", Build, node.Build)
            : null;
    }
}

/// <summary>What server and nodes of one run must be equal in, or the run would not be the one that its settings name.</summary>
/// <param name="Software">What it runs on.</param>
/// <param name="Run">Which run: a node of another, or an older one, is no node of this.</param>
/// <param name="Settings">Hash of the settings that decide the result.</param>
/// <param name="BaseModel">Hash of the frozen base model.</param>
/// <param name="Data">Hash over the data and who has it.</param>
public sealed record Identity(Software Software, RunId Run, string Settings, string BaseModel, string Data)
{
    /// <summary>The first thing that differs; null if nothing does.</summary>
    public NodeMismatched? Against(Identity? node) =>
        node is null ? new("identity", $"{this}", "none")
        : Software.Against(node.Software) is { } software ? software
        : Run != node.Run ? new("run", Run.Value, node.Run.Value)
        : Settings != node.Settings ? new("settings", Settings, node.Settings)
        : BaseModel != node.BaseModel ? new("base model", BaseModel, node.BaseModel)
        : Data != node.Data ? new("data", Data, node.Data)
        : null;
}

/// <summary>What a node trains with.</summary>
/// <param name="Devices">Names of its devices: cpu-0, cuda-1.</param>
/// <param name="Memory">Bytes of memory that the process may use.</param>
/// <param name="Speed">Documents a second in a short calibration; 0 where none was made.</param>
/// <param name="MatrixKernels">Matrix kernels of its CPUs, whose sums differ in their last bits from those of others; empty where it cannot tell.</param>
public sealed record NodeCapacity(ImmutableArray<string> Devices, long Memory, double Speed, string MatrixKernels = "");
