using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ActorFed.Host.Security;

/// <summary>What this process shows to others, and whom it accepts: the folder that <c>certs issue</c> made for this machine.</summary>
internal sealed class Credentials : IDisposable
{
    private Credentials(X509Certificate2 identity, X509Certificate2 authority, IssuedCertificate self, TrustRules rules) =>
        (Identity, Authority, Self, Rules) = (identity, authority, self, rules);

    /// <summary>With its private key.</summary>
    public X509Certificate2 Identity { get; }

    /// <summary>The run CA's certificate.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>What stands in the identity.</summary>
    public IssuedCertificate Self { get; }

    /// <summary>Whom to accept.</summary>
    public TrustRules Rules { get; }

    /// <summary>Reads the folder and holds this machine's own certificate against the rules that others hold it against.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="needed">The role that this process needs; null for any.</param>
    /// <param name="allowed">Who may take part.</param>
    /// <param name="time">For the time of validity.</param>
    /// <exception cref="MissingException">A file is missing; says how to get it.</exception>
    /// <exception cref="UserException">A file cannot be read, is open to others, or the certificate breaks a rule.</exception>
    public static Credentials Load(string folder, PeerRole? needed, AllowList allowed, TimeProvider time)
    {
        var (identity, authority) = (Path.Combine(folder, SecurityFiles.Identity), Path.Combine(folder, SecurityFiles.Authority));
        var revoked = Path.Combine(folder, SecurityFiles.Revoked);
        foreach (var file in (string[])[identity, authority, revoked])
        {
            ThrowUnlessThere(file);
        }

        if (SecretFile.IsOpenToOthers(identity))
        {
            throw new UserException(
                ExitCode.BadSettings,
                $"{identity}: others on this machine can read the private key; chmod 600 {identity}"
            );
        }

        var root = Read(authority, () => X509CertificateLoader.LoadCertificateFromFile(authority));
        var own = Read(identity, () => X509CertificateLoader.LoadPkcs12FromFile(identity, ""));
        var rules = new TrustRules(root, new RevocationFile(revoked, root).Now, allowed, time);
        // Its own name need not be on its own list.
        var broken = new TrustRules(root, new RevocationFile(revoked, root).Now, AllowList.Everybody, time).Broken(own, needed);
        return broken is null
            ? new(own, root, IssuedCertificate.Of(own)!, rules)
            : throw new UserException(ExitCode.BadSettings, $"{identity}: certificate {TrustRules.Name(own)}: {broken}.");
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Identity.Dispose();
        Authority.Dispose();
    }

    private static void ThrowUnlessThere(string file)
    {
        if (!File.Exists(file))
        {
            throw new MissingException(
                $"{file} is not there. ./actorfed certs issue NAME makes a folder with all that a machine needs; "
                    + "copy it here and name it with --certs."
            );
        }
    }

    private static X509Certificate2 Read(string path, Func<X509Certificate2> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadSettings, $"{path}: no certificate can be read from it: {e.Message}", e);
        }
    }
}
