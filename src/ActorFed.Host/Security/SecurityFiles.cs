namespace ActorFed.Host.Security;

/// <summary>Names of files: what one machine gets, and what stays with the CA.</summary>
internal static class SecurityFiles
{
    /// <summary>The machine's certificate and private key, PKCS #12 without a password; its mode protects it.</summary>
    public const string Identity = "identity.pfx";

    /// <summary>The CA's certificate: public.</summary>
    public const string Authority = "ca.crt.pem";

    /// <summary>The CA's private key: it leaves its machine never.</summary>
    public const string AuthorityKey = "ca.key.pem";

    /// <summary>The revocation list: public, signed.</summary>
    public const string Revoked = "revoked.crl.pem";

    /// <summary>Folder of all certificates that were ever issued, without keys.</summary>
    public const string Issued = "issued";
}
