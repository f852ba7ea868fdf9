using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ActorFed.Host.Runs;

namespace ActorFed.Host.Security;

/// <summary>The CA of a run, or of all runs of a lab: a folder. One command at a time works on it.</summary>
internal sealed class RunAuthority : IDisposable
{
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly FileStream _lock;
    private readonly X509Certificate2 _authority;
    private readonly AtomicDisk _disk = new();

    private RunAuthority(string folder, TimeProvider time, FileStream @lock, X509Certificate2 authority) =>
        (_folder, _time, _lock, _authority) = (folder, time, @lock, authority);

    /// <summary>Of the CA itself.</summary>
    public DateTimeOffset Until => new(_authority.NotAfter.ToUniversalTime());

    /// <summary>The revocation list of all machines.</summary>
    public string RevokedFile => At(SecurityFiles.Revoked);

    /// <summary>Makes a new CA.</summary>
    /// <exception cref="UsageException">There is one.</exception>
    /// <exception cref="DiskException">The folder cannot be written.</exception>
    public static RunAuthority Create(string folder, string name, TimeSpan valid, TimeProvider time)
    {
        var key = Path.Combine(folder, SecurityFiles.AuthorityKey);
        MakeFolder(folder);
        var held = Lock(folder);
        try
        {
            if (File.Exists(key))
            {
                throw new UsageException($"certs init: {folder} holds a run CA already; name another folder with --dir.");
            }

            using var made = CertificateMaker.Authority(name, time.GetUtcNow(), valid);
            var (disk, pem) = (new AtomicDisk(), made.ExportCertificatePem() + "\n");
            disk.Write(Path.Combine(folder, SecurityFiles.Authority), Bytes(pem));
            disk.Write(Path.Combine(folder, SecurityFiles.Revoked), Bytes(RevocationList.Empty(made, time.GetUtcNow())));
            SecretFile.Disk.Write(key, Bytes(made.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n")); // last: a CA is there when its key is
        }
        finally
        {
            held.Dispose();
        }

        return Open(folder, time);
    }

    /// <summary>The CA in a folder.</summary>
    /// <exception cref="MissingException">None is there; says how to make one.</exception>
    /// <exception cref="UserException">Its files cannot be read, or another command works on it.</exception>
    public static RunAuthority Open(string folder, TimeProvider time)
    {
        if (!File.Exists(Path.Combine(folder, SecurityFiles.AuthorityKey)))
        {
            throw new MissingException(
                $"{folder} holds no run CA ({SecurityFiles.AuthorityKey} is not there). Make one: ./actorfed certs init --dir {folder}"
            );
        }

        var held = Lock(folder);
        try
        {
            return new(folder, time, held, Load(folder));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Makes a certificate and the folder that goes to its machine.</summary>
    /// <returns>That folder, and what stands in the certificate.</returns>
    /// <exception cref="UsageException">A bad name, or one that has a valid certificate.</exception>
    /// <exception cref="UserException">The CA has expired.</exception>
    public (string Folder, IssuedCertificate Certificate) Issue(string name, PeerRole role, TimeSpan valid)
    {
        var now = _time.GetUtcNow();
        ThrowUnlessName(name);
        ThrowWhenOver(now);
        if (List().FirstOrDefault(c => c.Certificate.Name == name && c.State == CertificateState.Valid) is { } there)
        {
            throw new UsageException(
                $"certs issue {name}: it has a certificate that is valid until {Day(there.Certificate.Until)}; "
                    + $"revoke that one first: ./actorfed certs revoke {name} --dir {_folder}"
            );
        }

        using var made = CertificateMaker.Issue(_authority, name, role, now, valid);
        _disk.Write(At(SecurityFiles.Issued, $"{made.SerialNumber}.crt.pem"), Bytes(made.ExportCertificatePem() + "\n"));
        var target = At(name);
        MakeFolder(target);
        Hand(target);
        SecretFile.Disk.Write(
            Path.Combine(target, SecurityFiles.Identity),
            made.ExportPkcs12(Pkcs12ExportPbeParameters.Pbes2Aes256Sha256, "")
        );
        return (target, IssuedCertificate.Of(made)!);
    }

    /// <summary>Withdraws every certificate of a name; the new list is put into the folders of machines that are still here.</summary>
    /// <exception cref="UsageException">No certificate of that name is left to withdraw.</exception>
    public IReadOnlyList<IssuedCertificate> Revoke(string name)
    {
        ThrowUnlessName(name);
        var all = Issued().Where(c => IssuedCertificate.Of(c)?.Name == name).ToList();
        var revoked = Revoked();
        var live = all.Where(c => !revoked.Contains(c)).ToList();
        if (live.Count == 0)
        {
            throw new UsageException(
                all.Count > 0
                    ? $"certs revoke {name}: it is revoked already."
                    : $"certs revoke {name}: no certificate of that name was issued here; ./actorfed certs list --dir {_folder} shows all."
            );
        }

        var text = RevocationList.With(File.ReadAllText(RevokedFile), live, _authority, _time.GetUtcNow());
        _disk.Write(RevokedFile, Bytes(text));
        foreach (var folder in Directory.EnumerateDirectories(_folder).Where(HasIdentity))
        {
            Hand(folder);
        }

        return [.. live.Select(c => IssuedCertificate.Of(c)!)];
    }

    /// <summary>Everything that was issued, by name and time.</summary>
    public IReadOnlyList<ListedCertificate> List()
    {
        var (now, revoked) = (_time.GetUtcNow(), Revoked());
        return
        [
            .. Issued()
                .Select(c => (Certificate: IssuedCertificate.Of(c)!, IsRevoked: revoked.Contains(c)))
                .OrderBy(c => c.Certificate.Name, StringComparer.Ordinal)
                .ThenBy(c => c.Certificate.From)
                .ThenBy(c => c.Certificate.Serial, StringComparer.Ordinal)
                .Select(c => new ListedCertificate(
                    c.Certificate,
                    c.IsRevoked ? CertificateState.Revoked
                        : c.Certificate.Until <= now ? CertificateState.Expired
                        : CertificateState.Valid
                )),
        ];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _authority.Dispose();
        _lock.Dispose();
    }

    private static X509Certificate2 Load(string folder)
    {
        var (certificate, key) = (
            Path.Combine(folder, SecurityFiles.Authority),
            Path.Combine(folder, SecurityFiles.AuthorityKey)
        );
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserException(
                ExitCode.BadSettings,
                $"{certificate} and {key}: no certificate and key of a run CA: {e.Message}",
                e
            );
        }
    }

    private static FileStream Lock(string folder)
    {
        var path = Path.Combine(folder, ".lock");
        try
        {
            return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(
                ExitCode.BadSettings,
                $"{path}: another certs command works here, or the folder cannot be written: {e.Message}",
                e
            );
        }
    }

    private IEnumerable<X509Certificate2> Issued() =>
        Directory.Exists(At(SecurityFiles.Issued))
            ? Directory.EnumerateFiles(At(SecurityFiles.Issued), "*.crt.pem").Select(ReadIssued)
            : [];

    private static X509Certificate2 ReadIssued(string path)
    {
        try
        {
            var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(path));
            return IssuedCertificate.Of(certificate) is null
                ? throw new UserException(ExitCode.BadSettings, $"{path}: no certificate that ./actorfed certs made.")
                : certificate;
        }
        catch (CryptographicException e)
        {
            throw new UserException(ExitCode.BadSettings, $"{path}: no certificate: {e.Message}", e);
        }
    }

    private RevocationList Revoked()
    {
        try
        {
            return RevocationList.Read(File.ReadAllText(RevokedFile), _authority);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            throw new UserException(ExitCode.BadSettings, $"{RevokedFile}: {e.Message}", e);
        }
    }

    // What every machine needs beside its own identity; nothing here is secret.
    private void Hand(string folder)
    {
        foreach (var file in (string[])[SecurityFiles.Authority, SecurityFiles.Revoked])
        {
            _disk.Write(Path.Combine(folder, file), File.ReadAllBytes(At(file)));
        }
    }

    private void ThrowWhenOver(DateTimeOffset now)
    {
        if (Until <= now)
        {
            throw new UserException(
                ExitCode.BadSettings,
                $"{At(SecurityFiles.Authority)}: the run CA expired on {Day(Until)}; make a new one in another folder "
                    + "(./actorfed certs init --dir ...) and issue to every machine again."
            );
        }
    }

    private static void ThrowUnlessName(string name)
    {
        if (!IssuedCertificate.IsName(name) || name == SecurityFiles.Issued)
        {
            throw new UsageException(
                $"certs: '{name}' is no name for a certificate: {IssuedCertificate.NameRule}; not '{SecurityFiles.Issued}'."
            );
        }
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException(ExitCode.BadSettings, $"{folder}: the folder cannot be made: {e.Message}", e);
        }
    }

    private static bool HasIdentity(string folder) => File.Exists(Path.Combine(folder, SecurityFiles.Identity));

    private static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private string At(params string[] names) => Path.Combine([_folder, .. names]);
}

/// <summary>One line of the list.</summary>
internal sealed record ListedCertificate(IssuedCertificate Certificate, CertificateState State);

/// <summary>Whether a certificate still opens anything.</summary>
internal enum CertificateState
{
    Valid,
    Expired,
    Revoked,
}
