using Akka.Configuration;

namespace Akka.Remote.Transport;

/// <summary>akka.remote.dot-netty.tcp.*, read and checked once.</summary>
internal sealed class TcpSettings
{
    private const string Path = "akka.remote.dot-netty.tcp";
    private const int LeastFrame = 32_000;
    private const long DefaultHighWaterMark = 16 * 1024 * 1024;

    private readonly Config _config;

    public TcpSettings(Config all)
    {
        _config = all.GetConfig(Path) ?? throw ConfigurationException.NullOrEmptyConfig(Path);
        RequireThisTransport(all);
        Hostname = _config.GetString("hostname") ?? "";
        PublicHostname = _config.GetString("public-hostname") ?? "";
        Port = PortOf("port");
        PublicPort = PortOf("public-port");
        Backlog = _config.GetInt("backlog");
        ConnectionTimeout = _config.GetTimeSpan("connection-timeout", allowInfinite: false);
        MaximumFrameSize = Bytes("maximum-frame-size", LeastFrame);
        SendBufferSize = Bytes("send-buffer-size", 0);
        ReceiveBufferSize = Bytes("receive-buffer-size", 0);
        var high = _config.GetByteSize("write-buffer-high-water-mark") ?? 0;
        HighWaterMark = high > 0 ? high : DefaultHighWaterMark;
        var low = _config.GetByteSize("write-buffer-low-water-mark") ?? 0;
        LowWaterMark = low > 0 ? low : HighWaterMark / 2;
        if (LowWaterMark > HighWaterMark)
            throw new ConfigurationException(
                $"{Path}.write-buffer-low-water-mark is {LowWaterMark}, above the high one of {HighWaterMark}."
            );
        EnableSsl = _config.GetBoolean("enable-ssl");
        NoDelay = _config.GetBoolean("tcp-nodelay");
        KeepAlive = _config.GetBoolean("tcp-keepalive");
        ReuseAddress = Switch("tcp-reuse-addr");
        UseIpv6 = _config.GetBoolean("dns-use-ipv6");
        BigEndian = (_config.GetString("byte-order") ?? "little-endian") switch
        {
            "little-endian" => false,
            "big-endian" => true,
            var other => throw new ConfigurationException($"{Path}.byte-order is '{other}'; use little-endian or big-endian."),
        };
    }

    public string Hostname { get; }

    public string PublicHostname { get; }

    public int Port { get; }

    public int PublicPort { get; }

    public int Backlog { get; }

    public TimeSpan ConnectionTimeout { get; }

    public int MaximumFrameSize { get; }

    public int SendBufferSize { get; }

    public int ReceiveBufferSize { get; }

    public long HighWaterMark { get; }

    public long LowWaterMark { get; }

    public bool EnableSsl { get; }

    public bool NoDelay { get; }

    public bool KeepAlive { get; }

    public bool ReuseAddress { get; }

    public bool UseIpv6 { get; }

    public bool BigEndian { get; }

    /// <summary>The protocol of this system's addresses.</summary>
    public string Protocol => EnableSsl ? "akka.ssl.tcp" : "akka.tcp";

    public Config Ssl => _config.GetConfig("ssl") ?? Config.Empty;

    private static void RequireThisTransport(Config all)
    {
        var enabled = all.GetStringList("akka.remote.enabled-transports");
        if (enabled is not [Path])
            throw new ConfigurationException(
                $"akka.remote.enabled-transports is [{string.Join(", ", enabled)}]; this kernel has one transport: [{Path}]."
            );
        if (all.GetStringList(Path + ".applied-adapters") is { Count: > 0 } adapters)
            throw new ConfigurationException(
                $"{Path}.applied-adapters is [{string.Join(", ", adapters)}]; this kernel has none."
            );
    }

    private int PortOf(string key)
    {
        var port = _config.GetInt(key);
        return port is >= 0 and <= 65535
            ? port
            : throw new ConfigurationException($"{Path}.{key} is {port}; a port is from 0 to 65535.");
    }

    private int Bytes(string key, int least)
    {
        var bytes = _config.GetByteSize(key) ?? 0;
        return bytes >= least && bytes <= int.MaxValue
            ? (int)bytes
            : throw new ConfigurationException($"{Path}.{key} is {bytes} bytes; the least is {least}, the most {int.MaxValue}.");
    }

    private bool Switch(string key) =>
        _config.GetString(key) switch
        {
            "off-for-windows" => !OperatingSystem.IsWindows(),
            _ => _config.GetBoolean(key),
        };
}
