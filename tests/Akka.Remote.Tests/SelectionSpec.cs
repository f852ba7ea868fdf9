using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

/// <summary>Looking up actors of other systems by path.</summary>
public sealed class SelectionSpec : RemoteSpec
{
    private readonly ActorSystem _there;
    private readonly string _root;

    public SelectionSpec()
    {
        _there = NewSystem();
        _root = AddressOf(_there).ToString();
        _there.ActorOf(Props.Create(() => new Parent()), "parent");
    }

    private sealed class Parent : ReceiveActor
    {
        public Parent()
        {
            foreach (var name in (string[])["a1", "a2", "b1"])
                Context.ActorOf(Props.Create(() => new Echo()), name);
            ReceiveAny(m => Sender.Tell(m));
        }
    }

    [Fact]
    public void A_selection_by_path_reaches_the_actor()
    {
        Sys.ActorSelection(_root + "/user/parent/a1").Tell("x", TestActor);

        ExpectMsg("x");
        Assert.Equal(_root + "/user/parent/a1", LastSender.Path.ToString());
    }

    [Fact]
    public void Wildcards_reach_all_that_match()
    {
        Sys.ActorSelection(_root + "/user/parent/a*").Tell("x", TestActor);

        var names = new[] { ExpectMsg("x"), ExpectMsg("x") }.Length;
        Assert.Equal(2, names);
        Sys.ActorSelection(_root + "/user/parent/b?").Tell("y", TestActor);
        ExpectMsg("y"); // nothing of the first came in between
    }

    [Fact]
    public void Identify_gives_the_reference_with_its_incarnation()
    {
        Sys.ActorSelection(_root + "/user/parent").Tell(new Identify(7), TestActor);

        var identity = ExpectMsg<ActorIdentity>();
        Assert.Equal(7, identity.MessageId);
        Assert.True(identity.Subject.Path.Uid != 0);
        identity.Subject.Tell("direct", TestActor);
        ExpectMsg("direct");
    }

    [Fact]
    public void Identify_of_nobody_says_so()
    {
        Sys.ActorSelection(_root + "/user/nobody").Tell(new Identify("who"), TestActor);

        Assert.Null(ExpectMsg<ActorIdentity>().Subject);
    }

    [Fact]
    public async Task A_selection_resolves_to_one_actor_or_fails()
    {
        var found = await Sys.ActorSelection(_root + "/user/parent/b1").ResolveOne(Patience);
        Assert.Equal(_root + "/user/parent/b1", found.Path.ToString());
        await Assert.ThrowsAsync<ActorNotFoundException>(() =>
            Sys.ActorSelection(_root + "/user/parent/c1").ResolveOne(Patience)
        );
    }

    [Fact]
    public void A_selection_starts_from_a_remote_reference_too()
    {
        Sys.ActorSelection(_root + "/user/parent").Tell(new Identify(1), TestActor);
        var parent = ExpectMsg<ActorIdentity>().Subject;

        new ActorSelection(parent, "a2").Tell("down", TestActor);
        ExpectMsg("down");
        new ActorSelection(parent, "../parent/b1").Tell("up", TestActor);
        ExpectMsg("up");
    }

    [Fact]
    public void What_a_selection_does_not_find_is_a_dead_letter_over_there()
    {
        var probe = CreateTestProbe(_there);
        _there.EventStream.Subscribe(probe, typeof(DeadLetter));

        Sys.ActorSelection(_root + "/user/nobody").Tell("lost", TestActor);

        Assert.Equal("lost", probe.ExpectMsg<DeadLetter>().Message);
    }

    [Fact]
    public void A_reference_that_names_an_incarnation_does_not_reach_the_next_one()
    {
        var probe = CreateTestProbe(_there);
        _there.EventStream.Subscribe(probe, typeof(DeadLetter));
        var first = _there.ActorOf(Props.Create(() => new Echo()), "mortal");
        var seen = Seen(Sys, first, _there);
        Assert.True(first.GracefulStop(Patience).Result);
        // Its end and the end of its name are two events.
        AwaitAssert(() => _there.ActorOf(Props.Create(() => new Echo()), "mortal"), Patience);

        seen.Tell("old", TestActor);

        Assert.Equal("old", probe.ExpectMsg<DeadLetter>().Message);
    }
}
