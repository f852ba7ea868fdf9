using Akka.Actor;
using Akka.Event;

namespace Akka.Remote.Tests;

/// <summary>What remoting publishes on the event stream.</summary>
public sealed class LifecycleEventSpec : RemoteSpec
{
    [Fact]
    public void Both_sides_hear_of_a_connection_and_of_its_end()
    {
        var there = NewSystem();
        var other = CreateTestProbe(there);
        there.EventStream.Subscribe(other, typeof(AssociationEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationEvent));
        var (probe, seen) = ProbeOn(there);

        seen.Tell("x", TestActor);
        probe.ExpectMsg("x");

        var here = ExpectMsg<AssociatedEvent>();
        Assert.Equal((AddressOf(Sys), AddressOf(there), false), (here.LocalAddress, here.RemoteAddress, here.IsInbound));
        var theirs = other.ExpectMsg<AssociatedEvent>();
        Assert.Equal((AddressOf(there), AddressOf(Sys), true), (theirs.LocalAddress, theirs.RemoteAddress, theirs.IsInbound));

        Assert.True(there.Terminate().Wait(Patience));
        Assert.Equal(AddressOf(there), ExpectMsg<DisassociatedEvent>().RemoteAddress);
    }

    [Fact]
    public void A_system_that_cannot_be_reached_is_an_error_and_gated()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationErrorEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var nowhere = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.tcp://nowhere@127.0.0.1:1/user/x");

        nowhere.Tell("first", TestActor);

        var error = ExpectMsg<AssociationErrorEvent>();
        Assert.Contains("akka.tcp://nowhere@127.0.0.1:1", error.Cause.Message, StringComparison.Ordinal);
        Assert.Contains("gated", error.Cause.Message, StringComparison.Ordinal);
        Assert.Equal("first", ExpectMsg<DeadLetter>().Message);
        nowhere.Tell("while gated", TestActor);
        Assert.Equal("while gated", ExpectMsg<DeadLetter>().Message); // no attempt, no second error
    }

    [Fact]
    public async Task A_gate_opens_again_after_its_time()
    {
        using var server = new RawServer();
        var address = server.Address;
        var seen = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(address + "/user/x");
        Sys.EventStream.Subscribe(TestActor, typeof(AssociationErrorEvent));

        seen.Tell("refused", TestActor);
        using (await server.AcceptRawAsync()) { } // fault: closes without a word
        ExpectMsg<AssociationErrorEvent>();
        AwaitAssert(
            () =>
            {
                seen.Tell("again", TestActor);
                Assert.True(server.HasPending);
            },
            Patience
        );

        var (peer, _) = await server.AcceptAsync();
        using (peer)
            Assert.Equal(Remote.Wire.FrameKind.Parcel, (await peer.ReadAsync())!.Value.Kind);
    }

    [Fact]
    public void Start_and_end_are_published()
    {
        var there = NewSystem("there", "akka.remote.log-remote-lifecycle-events = on\nakka.loglevel = INFO");
        var probe = CreateTestProbe();
        there.EventStream.Subscribe(probe.Ref, typeof(RemotingShutdownEvent));

        Assert.True(there.Terminate().Wait(Patience));

        probe.ExpectMsg<RemotingShutdownEvent>();
    }

    [Fact]
    public void A_port_that_is_taken_is_an_error_that_names_it()
    {
        var port = AddressOf(Sys).Port;

        var thrown = Assert.Throws<RemoteTransportException>(() =>
            ActorSystem.Create("second", Settings($"akka.remote.dot-netty.tcp {{ port = {port}, tcp-reuse-addr = off }}"))
        );

        Assert.Contains($"127.0.0.1:{port}", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_waits_is_sent_before_a_system_ends()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);
        var leaving = NewSystem("leaving");
        var fromLeaving = ((ExtendedActorSystem)leaving).Provider.ResolveActorRef(seen.Path);

        for (var i = 0; i < 500; i++)
            fromLeaving.Tell(i, ActorRefs.NoSender);
        Assert.True(leaving.Terminate().Wait(Patience));

        for (var i = 0; i < 500; i++)
            probe.ExpectMsg(i);
    }
}
