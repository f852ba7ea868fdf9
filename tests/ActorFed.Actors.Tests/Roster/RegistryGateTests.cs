using System.Collections.Immutable;
using ActorFed.Actors.Roster;
using ActorFed.Actors.Runs;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Actors.Trust;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Tests.Roster;

/// <summary>A registry with a gate: who does not prove who it is does not take part, and who loses its trust is put out.</summary>
public sealed class RegistryGateTests : FaultKit
{
    private static readonly Identity Identity = new(Software.Of("test"), Some.Run, "settings", "base", "data");
    private static readonly ImmutableArray<ClientId> Clients = [new("ann"), new("bob")];

    private readonly TestKey _key = new("site-a");
    private readonly TestProbe _events;
    private readonly TestProbe _node;
    private readonly TestProbe _run;
    private readonly IActorRef _registry;

    public RegistryGateTests()
    {
        (_registry, _run) = Raise(RegistryActor.Props(Identity, new TestGate(_key)), "registry");
        (_node, _events) = (CreateTestProbe("node"), CreateTestProbe("events"));
        foreach (var kind in (Type[])[typeof(NodeCame), typeof(NodeGone), typeof(NodeDenied)])
        {
            Sys.EventStream.Subscribe(_events, kind);
        }
    }

    [Fact]
    public void A_signed_registration_brings_the_key_that_its_clients_updates_are_held_against()
    {
        Says(_node, Signed(_node));
        Assert.Equal("site-a", _node.Next<NodeRegistered>().Node);
        var entry = Assert.Single(_run.Next<RosterChanged>().Entries);
        Assert.Equal((_node.Ref, _key), (entry.Actor, entry.Key));
        Assert.Equal(entry, _events.Next<NodeCame>().Node);
    }

    [Fact]
    public void Unsigned_forged_and_copied_registrations_are_turned_away_by_name()
    {
        using var other = new TestKey("site-a"); // the same name on another key
        var copy = Signed(_node);
        var thief = CreateTestProbe("thief");
        (TestProbe Node, RegisterNode Message)[] faults =
        [
            (_node, Plain), // fault: no signature
            (_node, Signed(_node, other)), // fault: another key
            (thief, copy), // fault: what another node signed
            (_node, copy with { Clients = [new("cid")] }), // fault: other clients below the same signature
        ];
        foreach (var (node, message) in faults)
        {
            Says(node, message);
            var denied = node.Next<NodeMismatched>();
            Assert.Equal("certificate", denied.What);
            Assert.StartsWith("a rule: ", denied.OfServer, StringComparison.Ordinal);
            Assert.Equal("site-a", _events.Next<NodeDenied>().Node);
        }

        _run.HearsNothing();
    }

    [Fact]
    public void A_node_that_lost_its_trust_is_put_out_when_it_registers_the_next_time()
    {
        Says(_node, Signed(_node));
        _run.Next<RosterChanged>();
        _events.Next<NodeCame>();
        _key.IsWithdrawn = true; // fault: revoked
        Says(_node, Signed(_node));
        _node.Next<NodeRegistered>();
        Assert.Equal("a rule: it must not be Untrusted", _node.Next<NodeMismatched>().OfServer);
        var changed = _run.Next<RosterChanged>();
        Assert.Equal(Clients, changed.Lost.ToList());
        Assert.Empty(changed.Entries);
        _events.Next<NodeDenied>();
        Assert.Equal("site-a", _events.Next<NodeGone>().Node.Node.Node);
    }

    private static RegisterNode Plain => new("site-a", Clients, 1, Identity);

    private RegisterNode Signed(TestProbe node, TestKey? key = null) =>
        Plain with
        {
            Proof = (key ?? _key).Prove(Statements.Of(Plain, node.Ref.Path.ToSerializationFormat())),
        };

    private void Says(TestProbe node, RegisterNode message)
    {
        node.Send(_registry, message);
        Clock.Settle();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _key.Dispose();
    }
}
