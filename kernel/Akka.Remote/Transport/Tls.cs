using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Transport.DotNetty;

namespace Akka.Remote.Transport;

/// <summary>TLS of this system: its certificate, and whose it accepts.</summary>
internal sealed class Tls
{
    private const string Path = "akka.remote.dot-netty.tcp.ssl";

    private readonly X509Certificate2 _certificate;
    private readonly ILoggingAdapter _log;
    private readonly bool _suppressValidation;
    private readonly bool _mutual;
    private readonly bool _checkHost;
    private readonly CertificateValidationCallback? _custom;

    public Tls(ActorSystem system, Config config, ILoggingAdapter log)
    {
        _log = log;
        _checkHost = config.GetBoolean("validate-certificate-hostname");
        if (system.Settings.Setup.Get<DotNettySslSetup>() is { HasValue: true } option)
        {
            var setup = option.Value;
            (_certificate, _suppressValidation) = (setup.Certificate, setup.SuppressValidation);
            (_mutual, _custom) = (setup.RequireMutualAuthentication, setup.CustomValidator);
        }
        else
        {
            _certificate = Certificate(config);
            _suppressValidation = config.GetBoolean("suppress-validation");
            _mutual = config.GetBoolean("require-mutual-authentication");
        }
        if (!_certificate.HasPrivateKey)
            throw new ConfigurationException($"{Path}: the certificate {_certificate.Subject} has no private key.");
    }

    public async Task<Stream> ConnectAsync(Stream stream, string host, string peer, CancellationToken cancel)
    {
        var ssl = new SslStream(stream);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            ClientCertificates = [_certificate],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                Accept(certificate, chain, errors, peer, true),
        };
        await ssl.AuthenticateAsClientAsync(options, cancel).ConfigureAwait(false);
        return ssl;
    }

    public async Task<Stream> AcceptAsync(Stream stream, string peer, CancellationToken cancel)
    {
        var ssl = new SslStream(stream);
        var options = new SslServerAuthenticationOptions
        {
            ServerCertificate = _certificate,
            ClientCertificateRequired = _mutual,
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                Accept(certificate, chain, errors, peer, _mutual),
        };
        await ssl.AuthenticateAsServerAsync(options, cancel).ConfigureAwait(false);
        return ssl;
    }

    private bool Accept(X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors, string peer, bool required)
    {
        var certificate = shown as X509Certificate2;
        if (certificate is null && !required)
            return true;
        if (_custom is not null)
            return _custom(certificate, chain, peer, errors, _log);
        if (!_checkHost)
            errors &= ~SslPolicyErrors.RemoteCertificateNameMismatch;
        if (_suppressValidation)
            errors = certificate is null ? errors & SslPolicyErrors.RemoteCertificateNotAvailable : SslPolicyErrors.None;
        if (errors == SslPolicyErrors.None)
            return true;
        var status = string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()) ?? []);
        _log.Error("TLS: refused the certificate [{0}] of [{1}]: {2} {3}", certificate?.Subject ?? "none", peer, errors, status);
        return false;
    }

    private static X509Certificate2 Certificate(Config config) =>
        config.GetBoolean("certificate.use-thumbprint-over-file") ? FromStore(config) : FromFile(config);

    private static X509Certificate2 FromFile(Config config)
    {
        var path = config.GetString("certificate.path") ?? "";
        if (path.Length == 0)
            throw new ConfigurationException($"{Path}.certificate.path is empty, and enable-ssl is on.");
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(path, config.GetString("certificate.password"));
        }
        catch (Exception e) when (e is IOException or System.Security.Cryptography.CryptographicException)
        {
            throw new ConfigurationException($"{Path}.certificate.path: '{path}' could not be read: {e.Message}", e);
        }
    }

    private static X509Certificate2 FromStore(Config config)
    {
        var thumbprint = config.GetString("certificate.thumbprint") ?? "";
        var location = config.GetString("certificate.store-location") switch
        {
            "local-machine" => StoreLocation.LocalMachine,
            "current-user" => StoreLocation.CurrentUser,
            var other => throw new ConfigurationException(
                $"{Path}.certificate.store-location is '{other}'; use current-user or local-machine."
            ),
        };
        using var store = new X509Store(config.GetString("certificate.store-name") ?? "My", location);
        store.Open(OpenFlags.ReadOnly);
        return store.Certificates.Find(X509FindType.FindByThumbprint, thumbprint, validOnly: false).FirstOrDefault()
            ?? throw new ConfigurationException(
                $"{Path}.certificate.thumbprint: no certificate '{thumbprint}' is in {store.Name}."
            );
    }
}
