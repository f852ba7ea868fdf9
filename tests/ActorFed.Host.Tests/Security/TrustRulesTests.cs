using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ActorFed.Host.Security;

namespace ActorFed.Host.Tests.Security;

/// <summary>One test a rule: each is broken on purpose, and named.</summary>
public sealed class TrustRulesTests : IDisposable
{
    private readonly TestCa _ca = new();

    public void Dispose() => _ca.Dispose();

    [Fact]
    public void A_valid_certificate_breaks_no_rule()
    {
        using var server = TestCa.Identity(_ca.Issue("hub", PeerRole.Server));

        Assert.Null(Rules().Broken(server));
        Assert.Null(Rules().Broken(server, PeerRole.Server));
        Assert.Null(Rules("hub other").Broken(server));
    }

    [Fact]
    public void Nothing_is_no_certificate() => Assert.Equal("a certificate must be shown", Rules().Broken(null));

    [Fact]
    public void Another_CA_is_not_this_one_whatever_it_is_called()
    {
        using var other = new TestCa(); // fault: the same names, another key
        using var stranger = TestCa.Identity(other.Issue("site-a"));
        using var selfMade = other.Root();

        Assert.Equal("it must be issued by this run's CA", Rules().Broken(stranger));
        Assert.Equal("it must be issued by this run's CA", Rules().Broken(selfMade));
    }

    [Fact]
    public void The_CA_itself_is_no_peer_and_neither_is_whoever_a_peer_vouches_for()
    {
        using var root = _ca.Root();
        using var site = TestCa.Identity(_ca.Issue("site-a"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(IssuedCertificate.Subject("friend", PeerRole.Node), key, HashAlgorithmName.SHA256);
        using var friend = request.Create(
            site.SubjectName,
            X509SignatureGenerator.CreateForECDsa(site.GetECDsaPrivateKey()!),
            SetClock.Start,
            SetClock.Start.AddDays(1),
            [1]
        ); // fault: a node plays CA

        Assert.NotNull(Rules().Broken(root));
        Assert.Equal("it must be issued by this run's CA", Rules().Broken(friend));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(30)]
    [InlineData(364)]
    [InlineData(365)]
    public void Before_and_after_its_time_it_is_none(int days)
    {
        using var site = TestCa.Identity(_ca.Issue("site-a"));
        _ca.Clock.Now += TimeSpan.FromDays(days); // fault: a clock, or a certificate, that is too old or too new

        Assert.StartsWith(
            "it must be valid now (from 2030-05-01 11:00 UTC to 2030-05-31 12:00 UTC; now is",
            Rules().Broken(site),
            StringComparison.Ordinal
        );
        Assert.NotNull(Rules().BrokenSince(site));
    }

    [Fact]
    public void A_node_is_no_server()
    {
        using var site = TestCa.Identity(_ca.Issue("site-a"));

        Assert.Equal("it must be a server's", Rules().Broken(site, PeerRole.Server));
    }

    [Fact]
    public void A_certificate_without_name_and_role_is_none_of_ours()
    {
        using var authority = X509Certificate2.CreateFromPemFile(
            Path.Combine(_ca.Folder, SecurityFiles.Authority),
            Path.Combine(_ca.Folder, SecurityFiles.AuthorityKey)
        );
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=someone", key, HashAlgorithmName.SHA256);
        using var made = request.Create(authority, SetClock.Start, SetClock.Start.AddDays(1), [1]);

        Assert.Equal("it must name its holder (CN) and the role server or node (OU)", Rules().Broken(made));
    }

    [Fact]
    public void A_revocation_counts_at_once_and_a_list_that_cannot_be_read_lets_nobody_in()
    {
        using var site = TestCa.Identity(_ca.Issue("site-a"));
        using var other = TestCa.Identity(_ca.Issue("site-b"));
        var rules = Rules();
        Assert.Null(rules.Broken(site));
        _ca.Revoke("site-a"); // fault

        Assert.Equal("it must not be revoked", rules.Broken(site));
        Assert.Equal("it must not be revoked", rules.BrokenSince(site));
        Assert.Null(rules.Broken(other));
        File.WriteAllText(Path.Combine(_ca.Folder, SecurityFiles.Revoked), "nonsense"); // fault
        Assert.StartsWith("the revocation list must be readable", rules.Broken(other), StringComparison.Ordinal);
        File.Delete(Path.Combine(_ca.Folder, SecurityFiles.Revoked)); // fault
        Assert.StartsWith("the revocation list must be readable", rules.Broken(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_not_on_the_list_stays_out()
    {
        using var site = TestCa.Identity(_ca.Issue("site-a"));

        Assert.Equal("it must be on the allow-list (actorfed.security.allow)", Rules("site-b=1-3").Broken(site));
    }

    private TrustRules Rules(string allowed = "")
    {
        var root = _ca.Root();
        var revoked = new RevocationFile(Path.Combine(_ca.Folder, SecurityFiles.Revoked), root);
        return new(root, revoked.Now, AllowList.Parse(allowed), _ca.Clock);
    }
}
