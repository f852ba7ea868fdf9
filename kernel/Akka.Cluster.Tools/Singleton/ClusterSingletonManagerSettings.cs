using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is run. Immutable.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    /// <param name="singletonName">Of the actor below its manager.</param>
    /// <param name="role">It runs on members with that role; null or "": on any.</param>
    /// <param name="removalMargin">How long after the removal of a downed member it may start elsewhere.</param>
    /// <param name="handOverRetryInterval">How often the one before is asked to let go.</param>
    /// <param name="considerAppVersion">Must be false: there are no app versions.</param>
    public ClusterSingletonManagerSettings(
        string singletonName,
        string? role,
        TimeSpan removalMargin,
        TimeSpan handOverRetryInterval,
        bool considerAppVersion
    )
    {
        if (string.IsNullOrWhiteSpace(singletonName))
            throw new ArgumentNullException(nameof(singletonName));
        if (removalMargin < TimeSpan.Zero)
            throw new ArgumentException($"removalMargin is {removalMargin}, but must not be negative.", nameof(removalMargin));
        if (handOverRetryInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"handOverRetryInterval is {handOverRetryInterval}, but must be above zero.",
                nameof(handOverRetryInterval)
            );
        if (considerAppVersion)
            throw new ArgumentException("Members of this kernel have no app version to consider.", nameof(considerAppVersion));
        (SingletonName, Role, RemovalMargin) = (singletonName, role, removalMargin);
        (HandOverRetryInterval, ConsiderAppVersion) = (handOverRetryInterval, considerAppVersion);
    }

    public string SingletonName { get; }

    public string? Role { get; }

    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    public bool ConsiderAppVersion { get; }

    /// <summary>akka.cluster.singleton of the system's configuration, and the margin of its downing provider.</summary>
    public static ClusterSingletonManagerSettings Create(ActorSystem system)
    {
        Singletons.Prepare(system);
        var config = system.Settings.Config.GetConfig("akka.cluster.singleton");
        return Create(config ?? throw ConfigurationException.NullOrEmptyConfig("akka.cluster.singleton"))
            .WithRemovalMargin(Cluster.Get(system).DowningProvider.DownRemovalMargin);
    }

    /// <param name="config">The section akka.cluster.singleton.</param>
    public static ClusterSingletonManagerSettings Create(Config config)
    {
        if (config.GetString("use-lease") is { Length: > 0 } lease)
            throw new ConfigurationException($"akka.cluster.singleton.use-lease is '{lease}', but this kernel has no leases.");
        if (config.GetBoolean("consider-app-version"))
            throw new ConfigurationException(
                "akka.cluster.singleton.consider-app-version is on, but members of this kernel have no app version."
            );
        return new(
            config.GetString("singleton-name") ?? "",
            Singletons.RoleOf(config),
            TimeSpan.Zero,
            config.GetTimeSpan("hand-over-retry-interval", allowInfinite: false),
            considerAppVersion: false
        );
    }

    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) => Copy(singletonName: singletonName);

    public ClusterSingletonManagerSettings WithRole(string? role) =>
        new(SingletonName, role, RemovalMargin, HandOverRetryInterval, ConsiderAppVersion);

    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) => Copy(removalMargin: removalMargin);

    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        Copy(handOverRetryInterval: handOverRetryInterval);

    private ClusterSingletonManagerSettings Copy(
        string? singletonName = null,
        TimeSpan? removalMargin = null,
        TimeSpan? handOverRetryInterval = null
    ) =>
        new(
            singletonName ?? SingletonName,
            Role,
            removalMargin ?? RemovalMargin,
            handOverRetryInterval ?? HandOverRetryInterval,
            ConsiderAppVersion
        );
}
