using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorFed.Host.Security;

/// <summary>Makes keys and certificates: ECDSA on P-256, signed with SHA-256. Pure but for the keys.</summary>
internal static class CertificateMaker
{
    /// <summary>Clocks of machines differ: a new certificate is valid from so long ago.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>A CA of its own, with its private key.</summary>
    public static X509Certificate2 Authority(string name, DateTimeOffset now, TimeSpan valid)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("ActorFed run CA");
        subject.AddCommonName(name);
        var request = new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(now - Skew, now + valid);
    }

    /// <summary>A certificate for a machine, with its private key. It ends with its CA at the latest.</summary>
    public static X509Certificate2 Issue(
        X509Certificate2 authority,
        string name,
        PeerRole role,
        DateTimeOffset now,
        TimeSpan valid
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(IssuedCertificate.Subject(name, role), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        // Of two connected processes either may have called: both uses, whatever the role.
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension(
                [new("1.3.6.1.5.5.7.3.1", "serverAuth"), new("1.3.6.1.5.5.7.3.2", "clientAuth")],
                false
            )
        );
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        var (first, last) = (Utc(authority.NotBefore), Utc(authority.NotAfter));
        using var issued = request.Create(
            authority,
            now - Skew < first ? first : now - Skew,
            now + valid > last ? last : now + valid,
            Serial()
        );
        return issued.CopyWithPrivateKey(key);
    }

    private static DateTimeOffset Utc(DateTime local) => new(local.ToUniversalTime());

    // A positive number without a leading zero byte, in one form everywhere.
    private static byte[] Serial()
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x3F) | 0x40);
        return serial;
    }
}
