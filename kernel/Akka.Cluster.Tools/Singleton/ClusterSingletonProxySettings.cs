using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is found. Immutable.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    private const int MostBuffered = 10_000;

    /// <param name="singletonName">Of the actor below its manager.</param>
    /// <param name="role">Of the members that it runs on; null or "": any.</param>
    /// <param name="singletonIdentificationInterval">How often it is looked for while it is not known where it is.</param>
    /// <param name="bufferSize">Messages kept meanwhile, 0 to 10,000.</param>
    /// <param name="considerAppVersion">Must be false: there are no app versions.</param>
    public ClusterSingletonProxySettings(
        string singletonName,
        string? role,
        TimeSpan singletonIdentificationInterval,
        int bufferSize,
        bool considerAppVersion
    )
    {
        if (string.IsNullOrWhiteSpace(singletonName))
            throw new ArgumentNullException(nameof(singletonName));
        if (singletonIdentificationInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"singletonIdentificationInterval is {singletonIdentificationInterval}, but must be above zero.",
                nameof(singletonIdentificationInterval)
            );
        if (bufferSize is < 0 or > MostBuffered)
            throw new ArgumentException($"bufferSize is {bufferSize}, but must be from 0 to {MostBuffered}.", nameof(bufferSize));
        if (considerAppVersion)
            throw new ArgumentException("Members of this kernel have no app version to consider.", nameof(considerAppVersion));
        (SingletonName, Role, BufferSize) = (singletonName, role, bufferSize);
        (SingletonIdentificationInterval, ConsiderAppVersion) = (singletonIdentificationInterval, considerAppVersion);
    }

    public string SingletonName { get; }

    public string? Role { get; }

    public TimeSpan SingletonIdentificationInterval { get; }

    public int BufferSize { get; }

    public bool ConsiderAppVersion { get; }

    /// <summary>akka.cluster.singleton-proxy of the system's configuration.</summary>
    public static ClusterSingletonProxySettings Create(ActorSystem system)
    {
        Singletons.Prepare(system);
        var config = system.Settings.Config.GetConfig("akka.cluster.singleton-proxy");
        return Create(config ?? throw ConfigurationException.NullOrEmptyConfig("akka.cluster.singleton-proxy"), false);
    }

    /// <param name="config">The section akka.cluster.singleton-proxy.</param>
    public static ClusterSingletonProxySettings Create(Config config, bool considerAppVersion) =>
        new(
            config.GetString("singleton-name") ?? "",
            Singletons.RoleOf(config),
            config.GetTimeSpan("singleton-identification-interval", allowInfinite: false),
            config.GetInt("buffer-size"),
            considerAppVersion
        );

    public ClusterSingletonProxySettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithRole(string? role) =>
        new(SingletonName, role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan singletonIdentificationInterval) =>
        new(SingletonName, Role, singletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) =>
        new(SingletonName, Role, SingletonIdentificationInterval, bufferSize, ConsiderAppVersion);
}
