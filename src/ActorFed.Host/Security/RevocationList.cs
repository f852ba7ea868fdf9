using System.Collections.Immutable;
using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorFed.Host.Security;

/// <summary>Which certificates of a run CA are withdrawn: an X.509 revocation list (RFC 5280, section 5) in PEM, signed by the CA.</summary>
/// <param name="Serials">Serial numbers.</param>
internal sealed record RevocationList(ImmutableHashSet<BigInteger> Serials)
{
    private const string Label = "X509 CRL";

    /// <summary>Whether this certificate is withdrawn.</summary>
    public bool Contains(X509Certificate2 certificate) =>
        Serials.Contains(new BigInteger(certificate.SerialNumberBytes.Span, isUnsigned: true, isBigEndian: true));

    /// <summary>The text of an empty list.</summary>
    public static string Empty(X509Certificate2 authority, DateTimeOffset now) =>
        Sign(new CertificateRevocationListBuilder(), authority, BigInteger.One, now);

    /// <summary>The text of a list with these certificates in addition.</summary>
    public static string With(
        string before,
        IEnumerable<X509Certificate2> withdrawn,
        X509Certificate2 authority,
        DateTimeOffset now
    )
    {
        var list = CertificateRevocationListBuilder.LoadPem(before, out var number);
        foreach (var certificate in withdrawn)
        {
            list.AddEntry(certificate, now, X509RevocationReason.Unspecified);
        }

        return Sign(list, authority, number + 1, now);
    }

    /// <summary>Reads a list and checks its signature.</summary>
    /// <exception cref="FormatException">It is no list, or was signed by somebody else.</exception>
    public static RevocationList Read(string pem, X509Certificate2 authority)
    {
        try
        {
            var fields = PemEncoding.Find(pem);
            if (pem[fields.Label] is not Label)
            {
                throw new FormatException($"it holds a {pem[fields.Label]}, not a revocation list.");
            }

            return ReadSigned(Convert.FromBase64String(pem[fields.Base64Data]), authority);
        }
        catch (Exception e) when (e is ArgumentException or AsnContentException or CryptographicException)
        {
            throw new FormatException($"it is no revocation list: {e.Message}", e);
        }
    }

    // CertificateList ::= SEQUENCE { tbsCertList, signatureAlgorithm, signature BIT STRING }
    private static RevocationList ReadSigned(byte[] der, X509Certificate2 authority)
    {
        var whole = new AsnReader(der, AsnEncodingRules.DER);
        var outer = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var (signed, algorithm) = (outer.ReadEncodedValue(), outer.ReadEncodedValue());
        var signature = outer.ReadBitString(out var unused);
        outer.ThrowIfNotEmpty();
        using var key = authority.GetECDsaPublicKey() ?? throw new FormatException("the run CA's key is no elliptic-curve key.");
        var isSigned =
            unused == 0
            && key.VerifyData(signed.Span, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return isSigned
            ? new(SerialsOf(new AsnReader(signed, AsnEncodingRules.DER).ReadSequence(), algorithm.Span))
            : throw new FormatException("it is not signed by this run's CA.");
    }

    // TBSCertList ::= SEQUENCE { version, signature, issuer, thisUpdate, nextUpdate, revokedCertificates OPTIONAL, ... }
    private static ImmutableHashSet<BigInteger> SerialsOf(AsnReader list, ReadOnlySpan<byte> algorithm)
    {
        list.ReadInteger();
        if (!list.ReadEncodedValue().Span.SequenceEqual(algorithm))
        {
            throw new FormatException("it names two algorithms of its signature.");
        }

        list.ReadSequence();
        while (
            list.HasData && list.PeekTag() is { TagClass: TagClass.Universal } tag && !tag.HasSameClassAndValue(Asn1Tag.Sequence)
        )
        {
            list.ReadEncodedValue();
        }

        var serials = ImmutableHashSet.CreateBuilder<BigInteger>();
        if (list.HasData && list.PeekTag().HasSameClassAndValue(Asn1Tag.Sequence))
        {
            for (var entries = list.ReadSequence(); entries.HasData; )
            {
                serials.Add(entries.ReadSequence().ReadInteger());
            }
        }

        return serials.ToImmutable();
    }

    // A list is replaced by the next one, and never runs out before the CA does: a machine without network keeps working.
    private static string Sign(
        CertificateRevocationListBuilder list,
        X509Certificate2 authority,
        BigInteger number,
        DateTimeOffset now
    ) =>
        PemEncoding.WriteString(
            Label,
            list.Build(authority, number, new(authority.NotAfter.ToUniversalTime()), HashAlgorithmName.SHA256, thisUpdate: now)
        ) + "\n";
}
