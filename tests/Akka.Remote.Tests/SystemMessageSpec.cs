using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Remote.Wire;

namespace Akka.Remote.Tests;

/// <summary>System messages arrive once and in order, whatever happens to connections.</summary>
public sealed class SystemMessageSpec : RemoteSpec
{
    public SystemMessageSpec()
        : base("akka.remote { resend-interval = 100 ms, retry-gate-closed-for = 100 ms, system-message-buffer-size = 50 }") { }

    private IActorRef Resolve(RawServer server, int i) =>
        ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{server.Address}/user/x{i}#{i}");

    private static async Task<Parcel> NextSystemMessage(RawPeer peer)
    {
        while (true)
        {
            var (kind, body) = (await peer.ReadAsync())!.Value;
            if (kind == FrameKind.Parcel && Parcel.Parser.ParseFrom(body) is { Sequence: > 0 } parcel)
                return parcel;
        }
    }

    [Fact]
    public async Task What_is_not_acknowledged_is_sent_again_on_the_next_connection()
    {
        using var server = new RawServer();
        for (var i = 1; i <= 3; i++)
            Sys.Stop(Resolve(server, i));
        var (first, _) = await server.AcceptAsync();
        Assert.Equal(1ul, (await NextSystemMessage(first)).Sequence);
        await first.SendAsync(FrameKind.Ack, new Ack { Sequence = 1 });
        Assert.Equal(2ul, (await NextSystemMessage(first)).Sequence);
        first.Dispose(); // fault: the connection ends before the second and third are acknowledged

        var (second, _) = await server.AcceptAsync();
        using var _ = second;
        for (var number = 2ul; number <= 3; number++)
        {
            var parcel = await NextSystemMessage(second);
            Assert.Equal(number, parcel.Sequence);
            Assert.EndsWith($"x{number}#{number}", parcel.Recipient, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_acknowledged_is_sent_again_after_the_interval_too()
    {
        using var server = new RawServer();
        Sys.Stop(Resolve(server, 1));
        var (peer, _) = await server.AcceptAsync();
        using var _ = peer;

        Assert.Equal(1ul, (await NextSystemMessage(peer)).Sequence);
        Assert.Equal(1ul, (await NextSystemMessage(peer)).Sequence); // and again
        await peer.SendAsync(FrameKind.Ack, new Ack { Sequence = 1 });
        Sys.Stop(Resolve(server, 2));
        Parcel next;
        do // one more of the first may have been on its way
        next = await NextSystemMessage(peer);
        while (next.Sequence == 1);
        Assert.Equal(2ul, next.Sequence);
    }

    [Fact]
    public async Task Repeated_and_early_numbers_are_not_taken()
    {
        using var peer = await RawPeer.AssociateAsync(AddressOf(Sys), Channel.Control);
        var victims = Enumerable.Range(0, 3).Select(_ => Sys.ActorOf(Props.Create(() => new Echo()))).ToArray();
        Array.ForEach(victims, v => Watch(v));

        await peer.SendAsync(FrameKind.Parcel, Stop(victims[1], 2)); // fault: too early
        await peer.SendAsync(FrameKind.Parcel, Stop(victims[0], 1));
        Assert.Equal(victims[0], ExpectMsg<Terminated>().ActorRef);
        await peer.SendAsync(FrameKind.Parcel, Stop(victims[2], 1)); // fault: a number for the second time
        await peer.SendAsync(FrameKind.Parcel, Stop(victims[1], 2));

        Assert.Equal(victims[1], ExpectMsg<Terminated>().ActorRef);
        Assert.Equal(victims[2], (await victims[2].Ask<ActorIdentity>(new Identify(1), Patience)).Subject);
        var acknowledged = 0ul;
        while (acknowledged < 2)
        {
            var (kind, body) = (await peer.ReadAsync())!.Value;
            if (kind == FrameKind.Ack)
                acknowledged = Ack.Parser.ParseFrom(body).Sequence;
        }
    }

    private Parcel Stop(IActorRef actor, ulong number) =>
        new()
        {
            Recipient = actor.Path.ToSerializationFormatWithAddress(AddressOf(Sys)),
            Serializer = 22,
            Manifest = "TM",
            Sequence = number,
        };

    [Fact]
    public async Task A_system_that_acknowledges_nothing_is_given_up_when_too_many_wait()
    {
        using var server = new RawServer();
        Sys.EventStream.Subscribe(TestActor, typeof(QuarantinedEvent));
        var errors = CreateTestProbe();
        Sys.EventStream.Subscribe(errors, typeof(Error));
        Sys.Stop(Resolve(server, 0));
        var (peer, _) = await server.AcceptAsync();
        using var _ = peer;
        await NextSystemMessage(peer);

        for (var i = 1; i <= 50; i++)
            Sys.Stop(Resolve(server, i));

        Assert.Equal((server.Address, RawPeer.Uid), ExpectMsg<QuarantinedEvent>() is var e ? (e.Address, e.Uid) : default);
        errors.FishForMessage<Error>(m => m.Message.ToString()!.Contains("Too many system messages"), Patience);
    }

    [Fact]
    public void System_messages_of_supervision_stay_in_their_system()
    {
        var there = NewSystem();
        var (probe, seen) = ProbeOn(there);

        ((IInternalActorRef)seen).SendSystemMessage(new Suspend());
        seen.Tell("not suspended", TestActor);

        probe.ExpectMsg("not suspended");
    }
}
