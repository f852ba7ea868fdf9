using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Hosting;

/// <summary>Remoting for an actor system of a host.</summary>
public static class AkkaRemoteHostingExtensions
{
    private const string Tcp = "akka.remote.dot-netty.tcp.";

    public static AkkaConfigurationBuilder WithRemoting(
        this AkkaConfigurationBuilder builder,
        string? hostname = null,
        int? port = null,
        string? publicHostname = null,
        int? publicPort = null
    ) =>
        builder.WithRemoting(
            new RemoteOptions
            {
                HostName = hostname,
                Port = port,
                PublicHostName = publicHostname,
                PublicPort = publicPort,
            }
        );

    public static AkkaConfigurationBuilder WithRemoting(this AkkaConfigurationBuilder builder, Action<RemoteOptions> configure)
    {
        var options = new RemoteOptions();
        configure(options);
        return builder.WithRemoting(options);
    }

    public static AkkaConfigurationBuilder WithRemoting(this AkkaConfigurationBuilder builder, RemoteOptions options)
    {
        var hocon = Hocon(options);
        if (hocon.Length > 0)
            builder.AddHocon(hocon, HoconAddMode.Prepend);
        if (options.Ssl.X509Certificate is { } certificate)
            builder.AddSetup(new DotNettySslSetup(certificate, options.Ssl.SuppressValidation ?? false));
        // A cluster is remote already, and more.
        var isCluster = builder.ActorRefProvider is { HasValue: true, Value: ProviderSelection.Cluster };
        return isCluster ? builder : builder.WithActorRefProvider(ProviderSelection.Remote.Instance);
    }

    private static string Hocon(RemoteOptions options)
    {
        var ssl = options.Ssl;
        var file = ssl.CertificateOptions;
        return new StringBuilder()
            .Set(Tcp + "hostname", options.HostName?.ToHocon())
            .Set(Tcp + "port", options.Port?.ToHocon())
            .Set(Tcp + "public-hostname", options.PublicHostName?.ToHocon())
            .Set(Tcp + "public-port", options.PublicPort?.ToHocon())
            .Set(Tcp + "send-buffer-size", Bytes(options.SendBufferSize))
            .Set(Tcp + "receive-buffer-size", Bytes(options.ReceiveBufferSize))
            .Set(Tcp + "maximum-frame-size", Bytes(options.MaxFrameSize))
            .Set(Tcp + "enable-ssl", options.EnableSsl?.ToHocon())
            .Set(Tcp + "ssl.suppress-validation", ssl.SuppressValidation?.ToHocon())
            .Set(Tcp + "ssl.certificate.path", file.Path?.ToHocon())
            .Set(Tcp + "ssl.certificate.password", file.Password?.ToHocon())
            .Set(Tcp + "ssl.certificate.use-thumbprint-over-file", file.UseThumbprintOverFile?.ToHocon())
            .Set(Tcp + "ssl.certificate.thumbprint", file.Thumbprint?.ToHocon())
            .Set(Tcp + "ssl.certificate.store-name", file.StoreName?.ToHocon())
            .Set(Tcp + "ssl.certificate.store-location", file.StoreLocation?.ToHocon())
            .Section("akka.remote.transport-failure-detector", options.TransportFailureDetector.ToHocon())
            .Section("akka.remote.watch-failure-detector", options.WatchFailureDetector.ToHocon())
            .ToString();
    }

    private static string? Bytes(long? bytes) => bytes is { } b ? b.ToHocon() + "b" : null;

    private static StringBuilder Section(this StringBuilder hocon, string path, StringBuilder lines) =>
        lines.Length == 0 ? hocon : hocon.Append(path).AppendLine(" {").Append(lines).AppendLine("}");
}
