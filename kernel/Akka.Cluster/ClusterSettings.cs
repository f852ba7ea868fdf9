using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Membership;
using Akka.Configuration;

namespace Akka.Cluster;

/// <summary>akka.cluster, read and checked once.</summary>
public sealed class ClusterSettings
{
    private readonly Config _cluster;

    /// <param name="config">The configuration of the whole system.</param>
    /// <param name="systemName">Seed nodes must be systems of that name.</param>
    /// <exception cref="ConfigurationException">A setting is out of range, or asks for what is not there.</exception>
    public ClusterSettings(Config config, string systemName)
    {
        _cluster = config.GetConfig("akka.cluster") ?? throw ConfigurationException.NullOrEmptyConfig("akka.cluster");
        FailureDetectorConfig =
            _cluster.GetConfig("failure-detector") ?? throw ConfigurationException.NullOrEmptyConfig(FailureDetector);
        FailureDetectorImplementationClass = FailureDetectorConfig.GetString("implementation-class") ?? "";
        HeartbeatInterval = Positive("failure-detector.heartbeat-interval");
        HeartbeatExpectedResponseAfter = Positive("failure-detector.expected-response-after");
        MonitoredByNrOfMembers = AtLeast("failure-detector.monitored-by-nr-of-members", 1);
        SeedNodes = [.. _cluster.GetStringList("seed-nodes").Select(text => Seed(text, systemName))];
        SeedNodeTimeout = Positive("seed-node-timeout");
        RetryUnsuccessfulJoinAfter = PositiveOrOff("retry-unsuccessful-join-after");
        ShutdownAfterUnsuccessfulJoinSeedNodes = PositiveOrOff("shutdown-after-unsuccessful-join-seed-nodes");
        PeriodicTasksInitialDelay = Positive("periodic-tasks-initial-delay");
        GossipInterval = Positive("gossip-interval");
        LeaderActionsInterval = Positive("leader-actions-interval");
        UnreachableNodesReaperInterval = Positive("unreachable-nodes-reaper-interval");
        GossipDifferentViewProbability = _cluster.GetDouble("gossip-different-view-probability");
        ReduceGossipDifferentViewProbability = AtLeast("reduce-gossip-different-view-probability", 1);
        DownRemovalMargin = PositiveOrOff("down-removal-margin");
        Roles = [.. _cluster.GetStringList("roles")];
        MinNrOfMembers = AtLeast("min-nr-of-members", 1);
        MinNrOfMembersOfRole = ReadRoles();
        RunCoordinatedShutdownWhenDown = _cluster.GetBoolean("run-coordinated-shutdown-when-down");
        LogInfo = _cluster.GetBoolean("log-info");
        LogInfoVerbose = _cluster.GetBoolean("log-info-verbose");
        DowningProviderType = FindDowning();
        UseDispatcher = _cluster.GetString("use-dispatcher") is { Length: > 0 } id ? id : InternalDispatcher;
        if (PositiveOrOff("auto-down-unreachable-after") is not null)
            throw new ConfigurationException(
                "akka.cluster.auto-down-unreachable-after is set; use a downing-provider-class: a node that downs by time alone splits the cluster."
            );
    }

    internal const string FailureDetector = "akka.cluster.failure-detector";
    private const string InternalDispatcher = "akka.actor.internal-dispatcher";

    public bool LogInfo { get; }

    public bool LogInfoVerbose { get; }

    public Config FailureDetectorConfig { get; }

    public string FailureDetectorImplementationClass { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan HeartbeatExpectedResponseAfter { get; }

    public int MonitoredByNrOfMembers { get; }

    public ImmutableList<Address> SeedNodes { get; }

    public TimeSpan SeedNodeTimeout { get; }

    /// <summary>Null: a join is asked for once.</summary>
    public TimeSpan? RetryUnsuccessfulJoinAfter { get; }

    /// <summary>Null: it goes on for ever.</summary>
    public TimeSpan? ShutdownAfterUnsuccessfulJoinSeedNodes { get; }

    public TimeSpan PeriodicTasksInitialDelay { get; }

    public TimeSpan GossipInterval { get; }

    public TimeSpan LeaderActionsInterval { get; }

    public TimeSpan UnreachableNodesReaperInterval { get; }

    public double GossipDifferentViewProbability { get; }

    public int ReduceGossipDifferentViewProbability { get; }

    public ImmutableHashSet<string> Roles { get; }

    public int MinNrOfMembers { get; }

    public ImmutableDictionary<string, int> MinNrOfMembersOfRole { get; }

    public bool RunCoordinatedShutdownWhenDown { get; }

    public string UseDispatcher { get; }

    public Type DowningProviderType { get; }

    /// <summary>Null: the provider knows.</summary>
    internal TimeSpan? DownRemovalMargin { get; }

    internal MembershipSettings Membership =>
        new()
        {
            MinNrOfMembers = MinNrOfMembers,
            MinNrOfMembersOfRole = MinNrOfMembersOfRole,
            SeedNodeTimeout = SeedNodeTimeout,
            RetryUnsuccessfulJoinAfter = RetryUnsuccessfulJoinAfter,
            GiveUpJoiningSeedsAfter = ShutdownAfterUnsuccessfulJoinSeedNodes,
            GossipDifferentViewProbability = GossipDifferentViewProbability,
            ReduceGossipDifferentViewProbability = ReduceGossipDifferentViewProbability,
            MonitoredByNrOfMembers = MonitoredByNrOfMembers,
            HeartbeatExpectedResponseAfter = HeartbeatExpectedResponseAfter,
        };

    private TimeSpan Positive(string key)
    {
        var value = _cluster.GetTimeSpan(key, allowInfinite: false);
        return value > TimeSpan.Zero
            ? value
            : throw new ConfigurationException($"akka.cluster.{key} is {value}, but must be above zero.");
    }

    private TimeSpan? PositiveOrOff(string key) =>
        _cluster.GetString(key) is null or "" or "off" or "false" or "none" ? null : Positive(key);

    private int AtLeast(string key, int least) =>
        _cluster.GetInt(key) is var value && value >= least
            ? value
            : throw new ConfigurationException($"akka.cluster.{key} is {value}; the least is {least}.");

    private static Address Seed(string text, string systemName)
    {
        if (!Address.TryParse(text, out var seed) || seed.Port is null)
            throw new ConfigurationException(
                $"akka.cluster.seed-nodes: '{text}' is no address such as akka.tcp://{systemName}@host:port."
            );
        return seed.System == systemName
            ? seed
            : throw new ConfigurationException(
                $"akka.cluster.seed-nodes: {text} is of a system '{seed.System}', but this one is '{systemName}'."
            );
    }

    // role { NAME { min-nr-of-members = 1 } }
    private ImmutableDictionary<string, int> ReadRoles()
    {
        var roles = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        foreach (var (role, _) in _cluster.GetConfig("role")?.AsEnumerable() ?? [])
        {
            var key = $"role.{role}.min-nr-of-members";
            if (_cluster.HasPath(key))
                roles[role] = AtLeast(key, 1);
        }
        return roles.ToImmutable();
    }

    private Type FindDowning()
    {
        var name = _cluster.GetString("downing-provider-class") ?? "";
        if (name.Length == 0)
            return typeof(NoDowning);
        var type = TypeName.Find(name);
        return type is not null && typeof(IDowningProvider).IsAssignableFrom(type)
            ? type
            : throw new ConfigurationException(
                $"akka.cluster.downing-provider-class: '{name}' is no {nameof(IDowningProvider)}."
            );
    }
}
