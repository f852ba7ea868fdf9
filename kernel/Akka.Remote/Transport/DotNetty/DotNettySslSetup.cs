using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor.Setup;
using Akka.Event;

namespace Akka.Remote.Transport.DotNetty;

/// <summary>Judges the certificate of another system, in the TLS handshake of who connects and of who is connected to.</summary>
/// <param name="certificate">What the other side shows; null if nothing.</param>
/// <param name="remotePeer">Where the connection goes, or comes from.</param>
/// <param name="errors">What the standard checks say.</param>
/// <returns>Whether to go on.</returns>
public delegate bool CertificateValidationCallback(
    X509Certificate2? certificate,
    X509Chain? chain,
    string remotePeer,
    SslPolicyErrors errors,
    ILoggingAdapter log
);

/// <summary>TLS by code; it stands above akka.remote.dot-netty.tcp.ssl.</summary>
public sealed class DotNettySslSetup : Setup
{
    public DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation)
        : this(certificate, suppressValidation, true) { }

    public DotNettySslSetup(X509Certificate2 certificate, bool suppressValidation, bool requireMutualAuthentication)
        : this(certificate, suppressValidation, requireMutualAuthentication, null) { }

    /// <param name="customValidator">Decides alone; null leaves it to the standard checks.</param>
    public DotNettySslSetup(
        X509Certificate2 certificate,
        bool suppressValidation,
        bool requireMutualAuthentication,
        CertificateValidationCallback? customValidator
    )
    {
        ArgumentNullException.ThrowIfNull(certificate);
        (Certificate, SuppressValidation) = (certificate, suppressValidation);
        (RequireMutualAuthentication, CustomValidator) = (requireMutualAuthentication, customValidator);
    }

    public X509Certificate2 Certificate { get; }

    public bool SuppressValidation { get; }

    public bool RequireMutualAuthentication { get; }

    public CertificateValidationCallback? CustomValidator { get; }
}
