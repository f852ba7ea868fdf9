using Akka.Actor;
using Akka.Event;
using Akka.Remote.Transport;
using Akka.Remote.Wire;

namespace Akka.Remote.Tests;

/// <summary>A receiver that does not keep up costs its senders time, not memory, and others nothing.</summary>
public sealed class BackPressureSpec : RemoteSpec
{
    private const int Mark = 1024 * 1024;
    private const int Big = 100_000;

    public BackPressureSpec()
        : base(
            $"akka.remote.dot-netty.tcp {{ write-buffer-high-water-mark = {Mark}b, send-buffer-size = 65536b }}\n"
                + "actorfed.kernel.remote.outbound-wait = 60 s"
        ) { }

    private IActorRef Resolve(RawServer server, string name) => Resolve(Sys, server, name);

    private static IActorRef Resolve(ActorSystem system, RawServer server, string name) =>
        ((ExtendedActorSystem)system).Provider.ResolveActorRef($"{server.Address}/user/{name}");

    private Association AssociationWith(Address address) => AssociationWith(Sys, address);

    private static Association AssociationWith(ActorSystem system, Address address) =>
        ((TcpRemoting)((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport).AssociationWith(address);

    [Fact]
    public async Task What_waits_is_bounded_and_what_cannot_wait_is_a_dead_letter()
    {
        using var server = new RawServer(receiveBuffer: 65536);
        var impatient = NewSystem(
            "impatient",
            $"akka.remote.dot-netty.tcp {{ write-buffer-high-water-mark = {Mark}b, send-buffer-size = 65536b }}\n"
                + "actorfed.kernel.remote.outbound-wait = 500 ms"
        );
        var flooded = Resolve(impatient, server, "flooded");
        var letters = CreateTestProbe(impatient);
        var warnings = CreateTestProbe(impatient);
        impatient.EventStream.Subscribe(letters, typeof(DeadLetter));
        impatient.EventStream.Subscribe(warnings, typeof(Warning));
        flooded.Tell("first", ActorRefs.NoSender);
        var (peer, _) = await server.AcceptAsync(); // fault: takes the connection and reads nothing
        using var _ = peer;
        var association = AssociationWith(impatient, server.Address);

        var most = 0L;
        for (var i = 0; i < 60; i++)
        {
            flooded.Tell(new byte[Big], ActorRefs.NoSender);
            most = Math.Max(most, association.WaitingBytes);
        }

        Assert.InRange(most, Mark / 2, Mark + Big);
        Assert.IsType<byte[]>(letters.ExpectMsg<DeadLetter>().Message);
        Assert.Contains("wait to be sent", warnings.ExpectMsg<Warning>().Message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_that_waits_goes_on_when_the_receiver_does_and_nothing_is_lost()
    {
        using var server = new RawServer(receiveBuffer: 65536);
        var flooded = Resolve(server, "flooded");
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        flooded.Tell(0, ActorRefs.NoSender);
        var (peer, _) = await server.AcceptAsync();
        using var _ = peer;
        const int Messages = 200; // 20 MB through a bound of 1 MB

        var sending = Task.Run(() =>
        {
            for (var i = 0; i < Messages; i++)
                flooded.Tell(new byte[Big], ActorRefs.NoSender);
        });
        for (var read = -1; read < Messages; read++)
            Assert.Equal(FrameKind.Parcel, (await peer.ReadAsync())!.Value.Kind);

        await sending;
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task A_message_to_one_actor_does_not_wait_behind_a_flood_to_another()
    {
        using var server = new RawServer(receiveBuffer: 65536);
        var (flooded, quiet) = (Resolve(server, "flooded"), Resolve(server, "quiet"));
        flooded.Tell("first", ActorRefs.NoSender);
        var (peer, _) = await server.AcceptAsync();
        using var _ = peer;
        var association = AssociationWith(server.Address);
        for (var i = 0; i < 40 && association.WaitingBytes + Big < Mark; i++)
            flooded.Tell(new byte[Big], ActorRefs.NoSender);
        var waiting = association.WaitingBytes;

        quiet.Tell("ping", ActorRefs.NoSender);

        var before = 0L;
        while (true)
        {
            var (_, body) = (await peer.ReadAsync())!.Value;
            if (Parcel.Parser.ParseFrom(body).Recipient.EndsWith("quiet", StringComparison.Ordinal))
                break;
            before += body.Length;
        }
        Assert.True(waiting > Mark / 2, $"Only {waiting} bytes were waiting: the flood was none.");
        Assert.True(before < Mark, $"{before} bytes went first.");
    }

    [Fact]
    public async Task System_messages_and_heartbeats_have_a_connection_of_their_own()
    {
        using var server = new RawServer(receiveBuffer: 65536);
        var flooded = Resolve(server, "flooded");
        flooded.Tell("first", ActorRefs.NoSender);
        var (data, first) = await server.AcceptAsync();
        using var _ = data;
        Assert.Equal(Channel.Data, first.Channel);
        for (var i = 0; i < 11; i++) // past what sockets hold: more would wait
            flooded.Tell(new byte[Big / 2], ActorRefs.NoSender);

        Watch(flooded);

        var (control, second) = await server.AcceptAsync();
        using var __ = control;
        Assert.Equal(Channel.Control, second.Channel);
        var seen = new List<string>();
        while (seen.Distinct().Count() < 2)
        {
            var (kind, body) = (await control.ReadAsync())!.Value;
            if (kind == FrameKind.Parcel)
                seen.Add(Parcel.Parser.ParseFrom(body).Manifest);
        }
        Assert.Equal(["RWHB", "W"], seen.Distinct().Order(StringComparer.Ordinal));
    }
}
