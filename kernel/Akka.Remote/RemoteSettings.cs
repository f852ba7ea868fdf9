using Akka.Configuration;

namespace Akka.Remote;

/// <summary>akka.remote.*, read and checked once.</summary>
internal sealed class RemoteSettings
{
    public RemoteSettings(Config config)
    {
        Config = config;
        UntrustedMode = config.GetBoolean("akka.remote.untrusted-mode");
        TrustedSelectionPaths = [.. config.GetStringList("akka.remote.trusted-selection-paths")];
        LogRemoteLifecycleEvents = config.GetBoolean("akka.remote.log-remote-lifecycle-events");
        FlushWait = Positive("akka.remote.flush-wait-on-shutdown");
        ShutdownTimeout = Positive("akka.remote.shutdown-timeout");
        StartupTimeout = Positive("akka.remote.startup-timeout");
        HandshakeTimeout = Positive("akka.remote.handshake-timeout");
        RetryGateClosedFor = Positive("akka.remote.retry-gate-closed-for");
        ResendInterval = Positive("akka.remote.resend-interval");
        ResendLimit = AtLeast("akka.remote.resend-limit", config.GetInt("akka.remote.resend-limit"), 1);
        SystemMessageBufferSize = AtLeast(
            "akka.remote.system-message-buffer-size",
            config.GetInt("akka.remote.system-message-buffer-size"),
            1
        );
        SystemMessageDeliveryTimeout = Positive("akka.remote.initial-system-message-delivery-timeout");
        TransportHeartbeatInterval = Positive("akka.remote.transport-failure-detector.heartbeat-interval");
        WatchHeartbeatInterval = Positive(WatchFailureDetector + ".heartbeat-interval");
        WatchExpectedResponseAfter = Positive(WatchFailureDetector + ".expected-response-after");
        WatchReaperInterval = Positive(WatchFailureDetector + ".unreachable-nodes-reaper-interval");
        OutboundWait = Positive("actorfed.kernel.remote.outbound-wait");
        MaxInboundConnections = AtLeast(
            "actorfed.kernel.remote.max-inbound-connections",
            config.GetInt("actorfed.kernel.remote.max-inbound-connections"),
            1
        );
    }

    public const string WatchFailureDetector = "akka.remote.watch-failure-detector";
    public const string TransportFailureDetector = "akka.remote.transport-failure-detector";

    public Config Config { get; }

    public bool UntrustedMode { get; }

    public HashSet<string> TrustedSelectionPaths { get; }

    public bool LogRemoteLifecycleEvents { get; }

    public TimeSpan FlushWait { get; }

    public TimeSpan ShutdownTimeout { get; }

    public TimeSpan StartupTimeout { get; }

    public TimeSpan HandshakeTimeout { get; }

    public TimeSpan RetryGateClosedFor { get; }

    public TimeSpan ResendInterval { get; }

    public int ResendLimit { get; }

    public int SystemMessageBufferSize { get; }

    public TimeSpan SystemMessageDeliveryTimeout { get; }

    public TimeSpan TransportHeartbeatInterval { get; }

    public TimeSpan WatchHeartbeatInterval { get; }

    public TimeSpan WatchExpectedResponseAfter { get; }

    public TimeSpan WatchReaperInterval { get; }

    public TimeSpan OutboundWait { get; }

    public int MaxInboundConnections { get; }

    private TimeSpan Positive(string key)
    {
        var value = Config.GetTimeSpan(key, allowInfinite: false);
        return value > TimeSpan.Zero ? value : throw new ConfigurationException($"{key} is {value}, but must be above zero.");
    }

    private static int AtLeast(string key, int value, int least) =>
        value >= least ? value : throw new ConfigurationException($"{key} is {value}; the least is {least}.");
}
