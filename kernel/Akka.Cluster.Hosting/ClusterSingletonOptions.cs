namespace Akka.Cluster.Hosting;

/// <summary>Settings of a singleton and its proxy; those that are not set stay as the configuration has them.</summary>
public sealed class ClusterSingletonOptions
{
    /// <summary>It runs on members with that role.</summary>
    public string? Role { get; set; }

    /// <summary>Messages that a proxy keeps while it does not know where the singleton is.</summary>
    public int? BufferSize { get; set; }

    /// <summary>What the singleton is told to end by; else <see cref="Actor.PoisonPill"/>.</summary>
    public object? TerminationMessage { get; set; }
}
