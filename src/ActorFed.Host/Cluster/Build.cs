using System.Reflection;
using ActorFed.Actors.Roster;

namespace ActorFed.Host.Cluster;

/// <summary>What this process runs on, as server and nodes compare it.</summary>
internal static class Build
{
    /// <summary>Version of the program, with the commit where the build knows it.</summary>
    public static string Version { get; } =
        typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>For the handshake.</summary>
    public static Software Software { get; } = Software.Of(Version);
}
