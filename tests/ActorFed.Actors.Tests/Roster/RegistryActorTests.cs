using ActorFed.Actors.Roster;
using ActorFed.Actors.Tests.Kit;
using ActorFed.Training.Federation;
using Akka.Actor;
using Akka.TestKit;
using static ActorFed.Actors.Roster.RosterProtocol;

namespace ActorFed.Actors.Tests.Roster;

public sealed class RegistryActorTests : FaultKit
{
    private static readonly ClientId Ann = new("ann");
    private static readonly ClientId Bob = new("bob");
    private static readonly ClientId Cid = new("cid");

    private readonly IActorRef _registry;
    private readonly TestProbe _run;
    private readonly TestProbe _one;
    private readonly TestProbe _two;

    public RegistryActorTests()
    {
        (_registry, _run) = Raise(RegistryActor.Props(), "registry");
        (_one, _two) = (CreateTestProbe("one"), CreateTestProbe("two"));
    }

    [Fact]
    public void Of_two_nodes_that_claim_a_client_the_second_is_refused_and_both_are_named()
    {
        Registers(_one, "one", Ann, Bob);
        _run.Next<RosterChanged>();
        Says(_two, new("two", [Cid, Bob], 1)); // fault: bob lives on one
        Assert.Equal(new NodeRefused("two", Bob, "one"), _two.Next<NodeRefused>());
        _run.HearsNothing(); // and cid does not live there by half
        Registers(_two, "two", Cid);
        var roster = _run.Next<RosterChanged>();
        Assert.Equal(_one.Ref, roster.Nodes[Bob]);
        Assert.Equal(_two.Ref, roster.Nodes[Cid]);
    }

    [Fact]
    public void A_lost_node_takes_its_clients_with_it_and_another_may_bring_them_back()
    {
        Registers(_one, "one", Ann, Bob);
        Registers(_two, "two", Cid);
        _run.Rest();
        Sys.Stop(_one.Ref); // fault
        Clock.Settle();
        var without = _run.Next<RosterChanged>();
        Assert.Equal([Ann, Bob], without.Lost.ToList());
        Assert.Equal([Cid], without.Nodes.Keys);

        var back = CreateTestProbe("one-again");
        Registers(back, "one", Ann, Bob); // the same name, another process
        Assert.Equal(back.Ref, _run.Next<RosterChanged>().Nodes[Ann]);
    }

    [Fact]
    public void A_node_that_was_started_again_before_its_end_was_noticed_takes_its_own_place()
    {
        // The same path in another process of the same name, as a node has at the address where it was started again.
        using var again = ActorSystem.Create(Sys.Name);
        var (before, after) = (CreateTestProbe("twin"), CreateTestProbe(again, "twin"));
        Assert.Equal(before.Ref.Path, after.Ref.Path);
        Assert.NotEqual(before.Ref, after.Ref);
        Registers(before, "twin", Ann, Bob);
        _run.Rest();

        Registers(after, "twin", Ann); // fault: nobody has noticed yet that the first is gone
        var changes = _run.Rest().Cast<RosterChanged>().ToList();
        Assert.Equal([Ann, Bob], changes[0].Lost.ToList()); // what they trained is in vain
        Assert.Equal(after.Ref, changes[1].Nodes[Ann]);
        Assert.Equal([Ann], changes[1].Nodes.Keys);
        Sys.Stop(before.Ref); // now it is noticed, and is no news
        Clock.Settle();
        _run.HearsNothing();
    }

    [Fact]
    public void A_registration_that_comes_twice_is_answered_twice_and_is_no_news()
    {
        Registers(_one, "one", Ann, Bob);
        _run.Next<RosterChanged>();
        Registers(_one, "one", Ann, Bob); // fault: the answer was lost
        _run.HearsNothing();
    }

    [Fact]
    public void A_node_that_names_other_clients_than_before_loses_those_that_it_left_out()
    {
        Registers(_one, "one", Ann, Bob);
        _run.Next<RosterChanged>();
        Registers(_one, "one", Bob, Cid);
        var changed = _run.Next<RosterChanged>();
        Assert.Equal([Ann], changed.Lost.ToList());
        Assert.Equal([Bob, Cid], changed.Nodes.Keys.Order());
        Registers(_two, "two", Ann); // free again
    }

    private void Registers(TestProbe node, string name, params ClientId[] clients)
    {
        Says(node, new(name, [.. clients], 1));
        Assert.Equal(new NodeRegistered(name), node.Next<NodeRegistered>());
    }

    private void Says(TestProbe node, RegisterNode message)
    {
        node.Send(_registry, message);
        Clock.Settle();
    }
}
