using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Tests;

/// <summary>Giving up one incarnation of a system.</summary>
public sealed class QuarantineSpec : RemoteSpec
{
    public QuarantineSpec()
        : base("akka.remote.retry-gate-closed-for = 200 ms") { }

    private static IRemoteActorRefProvider ProviderOf(ActorSystem system) =>
        (IRemoteActorRefProvider)((ExtendedActorSystem)system).Provider;

    [Fact]
    public void Nothing_goes_to_it_or_comes_from_it_any_more()
    {
        var there = NewSystem("there", "akka.remote.retry-gate-closed-for = 200 ms");
        var (probe, seen) = ProbeOn(there);
        var other = CreateTestProbe(there);
        there.EventStream.Subscribe(other, typeof(ThisActorSystemQuarantinedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        seen.Tell("before", TestActor);
        probe.ExpectMsg("before");

        var uid = AddressUidExtension.Uid(there);
        ProviderOf(Sys).Quarantine(AddressOf(there), uid);

        var quarantined = ExpectMsg<QuarantinedEvent>();
        Assert.Equal((AddressOf(there), uid), (quarantined.Address, quarantined.Uid));
        var heard = other.ExpectMsg<ThisActorSystemQuarantinedEvent>();
        Assert.Equal((AddressOf(there), AddressOf(Sys)), (heard.LocalAddress, heard.RemoteAddress));
        seen.Tell("after", TestActor);
        Assert.Equal("after", ExpectMsg<DeadLetter>().Message);
        there.EventStream.Subscribe(other, typeof(DeadLetter));
        AwaitAssert(
            () =>
            {
                probe.Reply("back"); // the way back is refused, whenever it is tried
                Assert.Equal("back", other.FishForMessage<DeadLetter>(_ => true).Message);
            },
            Patience
        );
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task What_it_sends_on_the_connection_that_is_still_open_is_not_taken()
    {
        using var data = await RawPeer.AssociateAsync(AddressOf(Sys));
        var target = TestActor.Path.ToSerializationFormatWithAddress(AddressOf(Sys));
        await data.SayAsync(target, "before");
        ExpectMsg("before");

        ProviderOf(Sys).Quarantine(RawPeer.Address, RawPeer.Uid);
        try
        {
            await data.SayAsync(target, "after");
        }
        catch (System.Net.Sockets.SocketException)
        {
            // closed already
        }

        await data.ExpectClosedAsync();
        using var again = await RawPeer.ConnectAsync(AddressOf(Sys));
        Assert.Equal(Refusal.Quarantined, (await again.HelloAsync(AddressOf(Sys))).Refusal);
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Another_incarnation_at_the_same_address_is_welcome()
    {
        using var relay = new Relay();
        var public_ = ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.public-port = {relay.Port}");
        var first = NewSystem("there", public_.WithFallback(Settings("")));
        relay.Forward(PortOf(first));
        var (probe, seen) = ProbeOn(first, "same");
        seen.Tell("before", TestActor);
        probe.ExpectMsg("before");
        ProviderOf(Sys).Quarantine(AddressOf(first), AddressUidExtension.Uid(first));
        Assert.True(first.Terminate().Wait(Patience));

        var second = NewSystem("there", public_.WithFallback(Settings("")));
        relay.Forward(PortOf(second));
        var (again, seenAgain) = ProbeOn(second, "same");

        AwaitAssert(
            () =>
            {
                seenAgain.Tell("after", TestActor);
                again.ExpectMsg("after", TimeSpan.FromMilliseconds(300));
            },
            Patience
        );
    }

    [Fact]
    public void To_give_up_an_incarnation_that_is_not_there_does_nothing()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);
        seen.Tell("before", TestActor);
        probe.ExpectMsg("before");

        ProviderOf(Sys).Quarantine(AddressOf(there), AddressUidExtension.Uid(there) + 1);

        seen.Tell("after", TestActor);
        probe.ExpectMsg("after");
    }

    private static int PortOf(ActorSystem system) => ((Remote.Transport.TcpRemoting)ProviderOf(system).Transport).BoundPort;
}
