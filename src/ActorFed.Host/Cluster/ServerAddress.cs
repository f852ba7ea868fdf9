using System.Collections.Immutable;
using ActorFed.Host.Simulation;
using Akka.Actor;

namespace ActorFed.Host.Cluster;

/// <summary>The address of a server as people type it.</summary>
internal static class ServerAddress
{
    /// <summary>The run at each of these.</summary>
    /// <exception cref="UsageException">One is no address.</exception>
    public static ImmutableArray<ActorPath> Runs(string option, IEnumerable<string>? texts) =>
        [.. (texts ?? []).Select(t => Run(option, t))];

    /// <summary>The run there.</summary>
    /// <param name="option">The option that names it, for the message.</param>
    /// <param name="text">akka.tcp://actorfed@HOST:PORT, or HOST:PORT.</param>
    /// <exception cref="UsageException">It is no address.</exception>
    public static ActorPath Run(string option, string text)
    {
        var full = text.Contains("://", StringComparison.Ordinal) ? text : $"akka.tcp://{ActorHost.Name}@{text}";
        return Address.TryParse(full, out var address) && address.Port is not null
            ? new RootActorPath(address) / "user" / "run"
            : throw new UsageException($"{option} {text}: HOST:PORT or akka.tcp://{ActorHost.Name}@HOST:PORT is expected.");
    }

    /// <summary>The same run over another protocol: with certificates addresses begin with akka.ssl.tcp, whatever was typed.</summary>
    public static ActorPath Over(string protocol, ActorPath run) =>
        new RootActorPath(run.Address.WithProtocol(protocol)) / run.Elements;

    /// <summary>The same for several.</summary>
    public static ImmutableArray<ActorPath> Over(string protocol, ImmutableArray<ActorPath> runs) =>
        [.. runs.Select(r => Over(protocol, r))];
}
