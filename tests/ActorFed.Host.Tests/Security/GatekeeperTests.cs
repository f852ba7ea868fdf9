using System.Collections.Immutable;
using ActorFed.Actors.Rounds;
using ActorFed.Actors.Trust;
using ActorFed.Host.Security;
using ActorFed.Training.Federation;

namespace ActorFed.Host.Tests.Security;

/// <summary>Registrations and updates with real certificates and keys.</summary>
public sealed class GatekeeperTests : IDisposable
{
    private static readonly byte[] Statement = [1, 2, 3];
    private static readonly ImmutableArray<ClientProfile> All =
    [
        .. Enumerable.Range(0, 4).Select(i => new ClientProfile(ClientId.Of(i), 1, 1, 1, 1, 1)),
    ];

    private readonly TestCa _ca = new();
    private readonly Credentials _hub;
    private readonly Credentials _site;

    public GatekeeperTests()
    {
        _hub = Load(_ca, _ca.Issue("hub", PeerRole.Server));
        _site = Load(_ca, _ca.Issue("site-a"));
    }

    public void Dispose()
    {
        _hub.Dispose();
        _site.Dispose();
        _ca.Dispose();
    }

    [Fact]
    public void A_node_with_a_certificate_is_let_in_and_its_updates_are_held_against_its_key()
    {
        var key = Assert.IsType<Admission.Granted>(Admit("site-a", _site)).Key;
        var signer = new NodeSigner(_site);

        Assert.Null(key.Judge(Statement, signer.Sign(Statement)));
        Assert.Equal(Refusal.Unsigned, key.Judge(Statement, null));
        Assert.Equal(Refusal.Forged, key.Judge(Statement, signer.Sign([1, 2])));
        Assert.Equal(Refusal.Forged, key.Judge(Statement, new NodeSigner(_hub).Sign(Statement)));
        Assert.Equal(Refusal.Forged, key.Judge(Statement, Signature.Of([1])));
        Assert.StartsWith("site-a (node), ", key.Holder, StringComparison.Ordinal);
        _ca.Revoke("site-a"); // fault, in mid-run
        Assert.Equal(Refusal.Untrusted, key.Judge(Statement, signer.Sign(Statement)));
        Assert.Equal("it must not be revoked", Denied(Admit("site-a", _site)));
    }

    [Fact]
    public void An_expired_certificate_delivers_no_more()
    {
        var key = Assert.IsType<Admission.Granted>(Admit("site-a", _site)).Key;
        _ca.Clock.Now += TimeSpan.FromDays(30); // fault: the run is longer than the certificate
        Assert.Equal(Refusal.Untrusted, key.Judge(Statement, new NodeSigner(_site).Sign(Statement)));
    }

    [Fact]
    public void Every_rule_that_a_registration_breaks_is_named()
    {
        using var otherCa = new TestCa();
        using var stranger = Load(otherCa, otherCa.Issue("site-a"));
        var honest = new NodeSigner(_site).Prove(Statement);

        Assert.Equal("a registration must be signed", Denied(Gate().Admit("site-a", [], null, Statement)));
        Assert.Equal("it must be issued by this run's CA", Denied(Admit("site-a", stranger)));
        Assert.Equal("it must be a node's", Denied(Admit("hub", _hub)));
        Assert.Equal("its certificate must be made out to its name, site-b", Denied(Admit("site-b", _site)));
        Assert.Equal(
            "a registration must be signed with its certificate's key",
            Denied(Gate().Admit("site-a", [], honest, [1, 2, 4])) // fault: another statement below the signature
        );
        Assert.Equal(
            "its certificate must be readable",
            Denied(Gate().Admit("site-a", [], NodeProof.Of([1, 2, 3], honest.Signature), Statement))
        );
    }

    [Fact]
    public void A_name_speaks_for_its_own_clients_only()
    {
        ImmutableArray<ClientId> mine = [ClientId.Of(0), ClientId.Of(1)];

        Assert.IsType<Admission.Granted>(Admit("site-a", _site, "site-a=1-2", mine));
        Assert.IsType<Admission.Granted>(Admit("site-a", _site, "site-a", [.. mine, ClientId.Of(2)]));
        Assert.Equal(
            "it may not speak for client-00002 (actorfed.security.allow)",
            Denied(Admit("site-a", _site, "site-a=1-2", [.. mine, ClientId.Of(2)]))
        );
        Assert.Equal("it must be on the allow-list (actorfed.security.allow)", Denied(Admit("site-a", _site, "site-b", mine)));
    }

    private static Credentials Load(TestCa ca, string folder) => Credentials.Load(folder, null, AllowList.Everybody, ca.Clock);

    private Gatekeeper Gate(string allowed = "")
    {
        var list = AllowList.Parse(allowed);
        var revoked = new RevocationFile(Path.Combine(_ca.Folder, SecurityFiles.Revoked), _hub.Authority);
        return new(new(_hub.Authority, revoked.Now, list, _ca.Clock), list, All);
    }

    private Admission Admit(
        string node,
        Credentials credentials,
        string allowed = "",
        ImmutableArray<ClientId> clients = default
    ) => Gate(allowed).Admit(node, clients.IsDefault ? [] : clients, new NodeSigner(credentials).Prove(Statement), Statement);

    private static string Denied(Admission admission) => Assert.IsType<Admission.Denied>(admission).Rule;
}
