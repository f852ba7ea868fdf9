using System.Collections.Immutable;
using ActorFed.Actors.Transfer;
using ActorFed.Actors.Wire;

namespace ActorFed.Actors.Runs;

/// <summary>What anybody may ask a running server.</summary>
public static class StatusProtocol
{
    /// <summary>Anybody → run. How is it going?</summary>
    public sealed record AskStatus : IWireMessage;

    /// <summary>Run → anybody.</summary>
    /// <param name="Run">Which run.</param>
    /// <param name="Method">Federated method.</param>
    /// <param name="Stage">Where it is.</param>
    /// <param name="Round">The last committed round; 0 before the first.</param>
    /// <param name="Rounds">Rounds that it shall have.</param>
    /// <param name="Attempt">Attempt of the round that is held.</param>
    /// <param name="Clients">Clients that the run has.</param>
    /// <param name="TrainLoss">Of the last committed round, nats; 0 before the first.</param>
    /// <param name="BytesUp">From the clients, in all committed rounds.</param>
    /// <param name="BytesDown">To the clients.</param>
    /// <param name="Nodes">Who is there, by name.</param>
    /// <param name="Standbys">Standby servers that the run waits for.</param>
    /// <param name="InStep">Standby servers that have everything now.</param>
    /// <param name="Transfers">Tensors that come to the server, the first <see cref="MostTransfers"/> one by one; null within one process, where none cross.</param>
    public sealed record RunStatus(
        RunId Run,
        string Method,
        RunStage Stage,
        int Round,
        int Rounds,
        int Attempt,
        int Clients,
        double TrainLoss,
        long BytesUp,
        long BytesDown,
        ImmutableArray<NodeStatus> Nodes,
        int Standbys = 0,
        int InStep = 0,
        TransferReport? Transfers = null
    ) : IWireMessage
    {
        /// <summary>Most transfers that are told one by one.</summary>
        public const int MostTransfers = 100;
    }

    /// <summary>One node as it described itself.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="Clients">How many clients live there.</param>
    /// <param name="Slots">How many of them can train at a time.</param>
    /// <param name="Devices">Names of its devices.</param>
    /// <param name="Memory">Bytes.</param>
    /// <param name="Speed">Documents a second.</param>
    /// <param name="MatrixKernels">Matrix kernels of its CPUs; empty where it cannot tell.</param>
    public sealed record NodeStatus(
        string Name,
        string Address,
        int Clients,
        int Slots,
        ImmutableArray<string> Devices,
        long Memory,
        double Speed,
        string MatrixKernels = ""
    );
}

/// <summary>Where a run is. Numbers are on the wire: append, never renumber.</summary>
public enum RunStage
{
    /// <summary>The journal is read.</summary>
    Opening = 1,

    /// <summary>Clients are waited for.</summary>
    Gathering = 2,

    /// <summary>A round is held.</summary>
    Holding = 3,

    /// <summary>The final model is judged, and the end written.</summary>
    Finishing = 4,

    /// <summary>It is over.</summary>
    Ended = 5,
}
