using Akka.Cluster.Hosting.SBR;
using Akka.Remote.Hosting;

namespace Akka.Cluster.Hosting;

/// <summary>Settings of a node of a cluster; those that are not set stay as the configuration has them.</summary>
public sealed class ClusterOptions
{
    public string[]? Roles { get; set; }

    /// <summary>Where to ask for the cluster: akka.tcp://system@host:port. The first founds it.</summary>
    public string[]? SeedNodes { get; set; }

    /// <summary>Members that must be there before anybody is let up.</summary>
    public int? MinimumNumberOfMembers { get; set; }

    public Dictionary<string, int>? MinimumNumberOfMembersPerRole { get; set; }

    public bool? LogInfo { get; set; }

    public bool? LogInfoVerbose { get; set; }

    /// <summary>What becomes of members out of reach.</summary>
    public SplitBrainResolverOption? SplitBrainResolver { get; set; }

    public PhiAccrualFailureDetectorOptions? FailureDetector { get; set; }
}
