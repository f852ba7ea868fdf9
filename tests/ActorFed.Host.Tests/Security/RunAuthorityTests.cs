using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorFed.Host.Security;

namespace ActorFed.Host.Tests.Security;

public sealed class RunAuthorityTests : IDisposable
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private readonly TemporaryFolder _folder = new();
    private readonly SetClock _clock = new(SetClock.Start);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_certificate_is_of_its_CA_names_its_holder_and_comes_with_all_that_a_machine_needs()
    {
        using var authority = Create();
        var (folder, made) = authority.Issue("site-a", PeerRole.Node, Month);

        using var root = X509CertificateLoader.LoadCertificateFromFile(Path.Combine(folder, SecurityFiles.Authority));
        using var identity = Identity(folder);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.VerificationTime = SetClock.Start.UtcDateTime;
        Assert.True(chain.Build(identity), string.Join(", ", chain.ChainStatus.Select(s => s.StatusInformation)));
        Assert.True(identity.HasPrivateKey);
        Assert.Equal(made, IssuedCertificate.Of(identity));
        Assert.Equal(("site-a", PeerRole.Node, SetClock.Start + Month), (made.Name, made.Role, made.Until));
        Assert.False(RevocationList.Read(File.ReadAllText(Path.Combine(folder, SecurityFiles.Revoked)), root).Contains(identity));
    }

    [Fact, UnsupportedOSPlatform("windows")]
    public void Private_keys_are_for_their_owner_alone_whatever_was_left_behind()
    {
        _folder.Write("site-a/identity.pfx.tmp", "left behind, for all to read"); // fault: a crash in the middle of a write
        using var authority = Create();
        var (folder, _) = authority.Issue("site-a", PeerRole.Node, Month);

        foreach (var file in (string[])[_folder.At(SecurityFiles.AuthorityKey), Path.Combine(folder, SecurityFiles.Identity)])
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.False(SecretFile.IsOpenToOthers(file));
        }

        Assert.True(SecretFile.IsOpenToOthers(_folder.At(SecurityFiles.Authority)));
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_certificate_ends_with_its_CA_at_the_latest()
    {
        using var authority = Create();

        Assert.Equal(SetClock.Start + Year, authority.Issue("long", PeerRole.Server, Year * 10).Certificate.Until);
    }

    [Fact]
    public void Revoking_reaches_the_list_and_the_folders_that_are_here()
    {
        using var authority = Create();
        var (bad, _) = authority.Issue("bad", PeerRole.Node, Month);
        var (good, _) = authority.Issue("good", PeerRole.Server, Month);

        var revoked = Assert.Single(authority.Revoke("bad"));

        using var root = X509CertificateLoader.LoadCertificateFromFile(_folder.At(SecurityFiles.Authority));
        var list = RevocationList.Read(File.ReadAllText(Path.Combine(good, SecurityFiles.Revoked)), root);
        using var withdrawn = Identity(bad);
        using var valid = Identity(good);
        Assert.Equal(withdrawn.SerialNumber, revoked.Serial);
        Assert.True(list.Contains(withdrawn));
        Assert.False(list.Contains(valid));
        Assert.Equal(
            [("bad", CertificateState.Revoked), ("good", CertificateState.Valid)],
            authority.List().Select(c => (c.Certificate.Name, c.State))
        );
    }

    [Fact]
    public void A_name_has_one_valid_certificate_and_gets_another_after_its_end_or_its_revocation()
    {
        using var authority = Create();
        authority.Issue("a", PeerRole.Node, Month);
        Assert.Contains(
            "valid until 2030-05-31",
            Assert.Throws<UsageException>(() => authority.Issue("a", PeerRole.Node, Month)).Message,
            StringComparison.Ordinal
        );
        authority.Revoke("a");
        authority.Issue("a", PeerRole.Node, Month);
        _clock.Now += Month + TimeSpan.FromSeconds(1);
        authority.Issue("a", PeerRole.Node, Month);

        Assert.Equal(
            [CertificateState.Revoked, CertificateState.Expired, CertificateState.Valid],
            authority.List().OrderBy(c => c.State == CertificateState.Revoked ? 0 : 1).Select(c => c.State)
        );
    }

    [Fact]
    public void A_second_CA_in_a_folder_is_refused_and_the_first_one_stays()
    {
        Create().Dispose();
        var key = File.ReadAllText(_folder.At(SecurityFiles.AuthorityKey));

        var refused = Assert.Throws<UsageException>(() => RunAuthority.Create(_folder.Path, "other", Year, _clock));

        Assert.Contains("holds a run CA already", refused.Message, StringComparison.Ordinal);
        Assert.Equal(key, File.ReadAllText(_folder.At(SecurityFiles.AuthorityKey)));
    }

    [Fact]
    public void An_expired_CA_issues_nothing_and_says_since_when()
    {
        using var authority = Create();
        _clock.Now += Year;

        var refused = Assert.Throws<UserException>(() => authority.Issue("a", PeerRole.Node, Month));

        Assert.Contains("expired on 2031-05-01", refused.Message, StringComparison.Ordinal);
        Assert.Empty(authority.List());
    }

    [Theory]
    [InlineData("nobody", "no certificate of that name was issued here")]
    [InlineData("../nobody", "is no name")]
    [InlineData("issued", "is no name")]
    [InlineData("", "is no name")]
    public void Revoking_nobody_is_an_error_that_says_so(string name, string says)
    {
        using var authority = Create();

        Assert.Contains(says, Assert.Throws<UsageException>(() => authority.Revoke(name)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Revoking_twice_is_an_error()
    {
        using var authority = Create();
        authority.Issue("a", PeerRole.Node, Month);
        authority.Revoke("a");

        Assert.Contains(
            "revoked already",
            Assert.Throws<UsageException>(() => authority.Revoke("a")).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_commands_at_a_time_are_one_too_many()
    {
        using var authority = Create();

        var refused = Assert.Throws<UserException>(() => RunAuthority.Open(_folder.Path, _clock));

        Assert.Contains("another certs command", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_revocation_list_that_another_CA_signed_or_somebody_changed_is_refused()
    {
        using var authority = Create();
        authority.Issue("a", PeerRole.Node, Month);
        authority.Revoke("a");
        using var root = X509CertificateLoader.LoadCertificateFromFile(_folder.At(SecurityFiles.Authority));
        using var other = CertificateMaker.Authority("actorfed", SetClock.Start, Year);
        var good = File.ReadAllText(authority.RevokedFile);
        Assert.Single(RevocationList.Read(good, root).Serials);

        var forged = RevocationList.Empty(other, SetClock.Start); // fault: nobody is revoked, says somebody else
        Assert.Contains("not signed by this run's CA", Refused(forged, root), StringComparison.Ordinal);
        var bytes = Convert.FromBase64String(string.Concat(good.Split('\n').Where(l => !l.StartsWith('-'))));
        for (var i = 0; i < bytes.Length; i++)
        {
            var changed = bytes.ToArray();
            changed[i] ^= 1; // fault: one bit, anywhere
            var text = PemEncoding.WriteString("X509 CRL", changed);
            Assert.True(Record.Exception(() => RevocationList.Read(text, root)) is FormatException, $"bit 0 of byte {i}");
        }

        Assert.Contains("not a revocation list", Refused(root.ExportCertificatePem(), root), StringComparison.Ordinal);
        Assert.Contains("no revocation list", Refused("nothing", root), StringComparison.Ordinal);
    }

    private static string Refused(string pem, X509Certificate2 authority) =>
        Assert.Throws<FormatException>(() => RevocationList.Read(pem, authority)).Message;

    private RunAuthority Create() => RunAuthority.Create(_folder.Path, "actorfed", Year, _clock);

    private static X509Certificate2 Identity(string folder) =>
        X509CertificateLoader.LoadPkcs12FromFile(Path.Combine(folder, SecurityFiles.Identity), "");
}
