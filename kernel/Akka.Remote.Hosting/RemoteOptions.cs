using System.Security.Cryptography.X509Certificates;

namespace Akka.Remote.Hosting;

/// <summary>Settings of remoting; those that are not set stay as the configuration has them.</summary>
public class RemoteOptions
{
    /// <summary>Where to listen; empty is every interface.</summary>
    public string? HostName { get; set; }

    /// <summary>Where to listen; 0 is any free port.</summary>
    public int? Port { get; set; }

    /// <summary>What others reach this system by, where that is not <see cref="HostName"/>.</summary>
    public string? PublicHostName { get; set; }

    public int? PublicPort { get; set; }

    /// <summary>Bytes of the sockets' send buffers.</summary>
    public long? SendBufferSize { get; set; }

    /// <summary>Bytes of the sockets' receive buffers.</summary>
    public long? ReceiveBufferSize { get; set; }

    /// <summary>The most bytes of one message with its envelope.</summary>
    public long? MaxFrameSize { get; set; }

    public bool? EnableSsl { get; set; }

    public SslOptions Ssl { get; set; } = new();

    public DeadlineFailureDetectorOptions TransportFailureDetector { get; set; } = new();

    public PhiAccrualFailureDetectorOptions WatchFailureDetector { get; set; } = new();
}

public sealed class SslOptions
{
    /// <summary>Accepts any certificate: for tests only.</summary>
    public bool? SuppressValidation { get; set; }

    /// <summary>The certificate itself; it stands above <see cref="CertificateOptions"/>.</summary>
    public X509Certificate2? X509Certificate { get; set; }

    public SslCertificateOptions CertificateOptions { get; set; } = new();
}

/// <summary>Where the certificate is: in a file, or in a store of the operating system.</summary>
public sealed class SslCertificateOptions
{
    public string? Path { get; set; }

    public string? Password { get; set; }

    public bool? UseThumbprintOverFile { get; set; }

    public string? Thumbprint { get; set; }

    public string? StoreName { get; set; }

    public string? StoreLocation { get; set; }
}
