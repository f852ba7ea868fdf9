using Akka.Actor;
using Akka.Configuration;

namespace Akka.Remote.Tests;

/// <summary>Watching actors of other systems, and the systems they live on.</summary>
public sealed class DeathWatchSpec : RemoteSpec
{
    private const string Quick = """
        akka.remote {
          watch-failure-detector { heartbeat-interval = 100 ms, acceptable-heartbeat-pause = 500 ms, expected-response-after = 200 ms, unreachable-nodes-reaper-interval = 100 ms }
          resend-interval = 200 ms
          retry-gate-closed-for = 200 ms
          flush-wait-on-shutdown = 500 ms
          handshake-timeout = 1 s
        }
        """;

    public DeathWatchSpec()
        : base(Quick) { }

    private (IActorRef Local, IActorRef Seen) Mortal(ActorSystem system, string? name = null)
    {
        var local = system.ActorOf(Props.Create(() => new Echo()), name);
        return (local, Seen(Sys, local, system));
    }

    [Fact]
    public void The_end_of_a_remote_actor_is_told_to_each_of_its_watchers_once()
    {
        var there = NewSystem();
        var (local, seen) = Mortal(there);
        var other = CreateTestProbe();
        Watch(seen);
        other.Watch(seen);
        seen.Tell("there?", TestActor);
        ExpectMsg("there?");

        there.Stop(local);

        foreach (var terminated in (Terminated[])[ExpectMsg<Terminated>(), other.ExpectMsg<Terminated>()])
            Assert.Equal((seen, true, false), (terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated));
        seen.Tell("gone", TestActor);
        Watch(Sys.ActorOf(Props.Create(() => new Echo())));
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_actor_that_was_never_there_is_terminated_without_existence()
    {
        var there = NewSystem();
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(AddressOf(there) + "/user/nobody#123");

        Watch(nobody);

        var terminated = ExpectMsg<Terminated>();
        Assert.Equal((nobody, false), (terminated.ActorRef, terminated.ExistenceConfirmed));
    }

    [Fact]
    public void Who_has_stopped_watching_is_not_told()
    {
        var there = NewSystem();
        var (local, seen) = Mortal(there);
        var other = CreateTestProbe();
        Watch(seen);
        other.Watch(seen);
        Unwatch(seen);

        there.Stop(local);

        other.ExpectMsg<Terminated>();
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_remote_actor_is_stopped_by_PoisonPill_and_by_Stop()
    {
        var there = NewSystem();
        var ((_, poisoned), (_, stopped)) = (Mortal(there), Mortal(there));
        Watch(poisoned);
        Watch(stopped);

        poisoned.Tell(PoisonPill.Instance, TestActor);
        Assert.Equal(poisoned, ExpectMsg<Terminated>().ActorRef);
        Sys.Stop(stopped);
        Assert.Equal(stopped, ExpectMsg<Terminated>().ActorRef);
    }

    [Fact]
    public void The_end_of_a_system_ends_its_actors()
    {
        var there = NewSystem();
        var (_, seen) = Mortal(there);
        Watch(seen);
        seen.Tell("there?", TestActor);
        ExpectMsg("there?");

        Assert.True(there.Terminate().Wait(Patience));

        Assert.Equal(seen, ExpectMsg<Terminated>().ActorRef);
    }

    [Fact]
    public void A_watched_system_that_never_answers_is_terminated()
    {
        var nowhere = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.tcp://nowhere@127.0.0.1:1/user/x#1");

        Watch(nowhere);

        var terminated = ExpectMsg<Terminated>();
        Assert.Equal((nowhere, false, true), (terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated));
    }

    [Fact]
    public void A_frozen_system_is_found_out_by_its_heartbeats_and_quarantined()
    {
        using var relay = new Relay();
        var there = Behind(relay);
        var (_, seen) = Mortal(there);
        Watch(seen);
        seen.Tell("there?", TestActor);
        ExpectMsg("there?");
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));

        relay.Freeze(); // fault: nothing moves any more, and no connection is closed

        var both = new[] { ReceiveOne(Patience), ReceiveOne(Patience) };
        var terminated = Assert.Single(both.OfType<Terminated>());
        Assert.Equal((seen, true), (terminated.ActorRef, terminated.AddressTerminated));
        Assert.Equal(
            (AddressOf(there), AddressUidExtension.Uid(there)),
            (both.OfType<QuarantinedEvent>().Single().Address, both.OfType<QuarantinedEvent>().Single().Uid)
        );
        relay.Thaw();
    }

    [Fact]
    public void A_watch_outlives_a_cut_connection()
    {
        using var relay = new Relay();
        var there = Behind(relay);
        var (local, seen) = Mortal(there);
        Watch(seen);
        seen.Tell("there?", TestActor);
        ExpectMsg("there?");

        relay.Cut(); // fault: connections end, and may be made again
        there.Stop(local);

        var terminated = ExpectMsg<Terminated>();
        Assert.Equal((seen, false), (terminated.ActorRef, terminated.AddressTerminated));
    }

    [Fact]
    public void Another_system_at_the_same_address_answers_for_the_actors_of_the_one_before()
    {
        using var relay = new Relay();
        var first = Behind(relay);
        var (_, seen) = Mortal(first, "same");
        Watch(seen);
        seen.Tell("there?", TestActor);
        ExpectMsg("there?");
        var second = Behind(relay);
        Mortal(second, "same");
        relay.Cut(); // fault: it has crashed, and another one stands in its place

        var terminated = ExpectMsg<Terminated>();
        Assert.Equal(seen, terminated.ActorRef);
    }

    [Fact]
    public void The_watches_of_a_system_that_is_gone_end()
    {
        using var relay = new Relay();
        var there = Behind(relay);
        var watched = Sys.ActorOf(Props.Create(() => new Echo()));
        var probe = CreateTestProbe(there);
        Watch(Seen(Sys, probe.Ref, there)); // so there are connections by the relay, and the other side uses them too
        AwaitCondition(() => WatchersOf(((LocalActorRef)probe.Ref).Cell) == 1);
        probe.Watch(Seen(there, watched, Sys));
        var cell = ((LocalActorRef)watched).Cell;
        AwaitCondition(() => WatchersOf(cell) == 1);
        relay.Freeze();

        ExpectMsg<Terminated>();

        AwaitCondition(() => WatchersOf(cell) == 0);
        relay.Thaw();
    }

    private static int WatchersOf(ActorCell cell) => cell.WatchersForTests;

    private ActorSystem Behind(Relay relay)
    {
        var hocon = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.public-port = {relay.Port}");
        // Each connects through the relay only; passive connections of the other would be a second way.
        var system = NewSystem("there", hocon.WithFallback(Settings(Quick)));
        relay.Forward(
            ((Remote.Transport.TcpRemoting)((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport).BoundPort
        );
        return system;
    }
}
