using Akka.Actor;

namespace Akka.Remote.Tests;

/// <summary>Location transparency: what is sent to a reference arrives, wherever its actor lives.</summary>
public sealed class TellAndAskSpec : RemoteSpec
{
    [Fact]
    public void A_message_reaches_an_actor_of_another_system_with_its_sender()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);

        seen.Tell("hello", TestActor);

        probe.ExpectMsg("hello");
        Assert.Equal(AddressOf(Sys), probe.LastSender.Path.Address);
        probe.Reply("welcome");
        ExpectMsg("welcome");
        Assert.Equal(seen, LastSender);
    }

    [Fact]
    public void Messages_of_one_sender_to_one_receiver_keep_their_order()
    {
        var (probe, seen) = ProbeOn(NewSystem());

        for (var i = 0; i < 2000; i++)
            seen.Tell(i, TestActor);

        for (var i = 0; i < 2000; i++)
            probe.ExpectMsg(i);
    }

    [Fact]
    public async Task An_ask_is_answered_across_systems()
    {
        var there = NewSystem();
        var echo = Seen(Sys, there.ActorOf(Props.Create(() => new Echo()), "echo"), there);

        Assert.Equal("ping", await echo.Ask<string>("ping", Patience));
        Assert.Equal(42, await echo.Ask<int>(42, Patience));
    }

    [Fact]
    public void A_system_has_the_address_that_it_listens_on()
    {
        var address = AddressOf(Sys);

        Assert.Equal(("akka.tcp", "here", "127.0.0.1"), (address.Protocol, address.System, address.Host));
        Assert.True(address.Port > 0);
    }

    [Fact]
    public void A_message_to_a_system_that_is_not_there_is_a_dead_letter()
    {
        var free = AddressOf(Sys).WithSystem("nobody").WithPort(1);
        var seen = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(new RootActorPath(free) / "user" / "x");
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));

        seen.Tell("lost", TestActor);

        var letter = ExpectMsg<Event.DeadLetter>();
        Assert.Equal(("lost", seen), (letter.Message, letter.Recipient));
    }
}
