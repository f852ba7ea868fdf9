using Akka.Actor;
using Akka.Event;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Tests;

/// <summary>Bytes that no system of good will sends: each is refused by name, and the system goes on.</summary>
public sealed class HostileInputSpec : RemoteSpec
{
    private readonly TestKit.TestProbe _log;

    public HostileInputSpec()
        : base(
            "akka.remote { handshake-timeout = 400 ms, log-remote-lifecycle-events = on }\n"
                + "actorfed.kernel.remote.max-inbound-connections = 8"
        )
    {
        _log = CreateTestProbe();
        Sys.EventStream.Subscribe(_log, typeof(Warning));
        Sys.EventStream.Subscribe(_log, typeof(Error));
    }

    private Address Here => AddressOf(Sys);

    private string Target => TestActor.Path.ToSerializationFormatWithAddress(Here);

    private void ExpectLog(string part) =>
        _log.FishForMessage<LogEvent>(e => e.Message.ToString()!.Contains(part, StringComparison.Ordinal), Patience);

    private async Task ExpectAlive()
    {
        using var peer = await RawPeer.AssociateAsync(Here);
        await peer.SayAsync(Target, "still alive");
        ExpectMsg("still alive");
    }

    public static TheoryData<string, byte[]> Broken =>
        new()
        {
            { "4294967295", [0xFF, 0xFF, 0xFF, 0xFF, 3, 1, 2, 3] },
            { "128001", [.. BitConverter.GetBytes(128_001), 3, 1, 2, 3] },
            { "0 bytes", [0, 0, 0, 0] },
            { "of kind 0", [1, 0, 0, 0, 0] },
            { "of kind 77", [1, 0, 0, 0, 77] },
            { "Hello in the middle", RawPeer.Frame(FrameKind.Hello, []) },
        };

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Broken_frames_end_their_connection_and_no_other(string named, byte[] bytes)
    {
        using (var peer = await RawPeer.AssociateAsync(Here))
        {
            await peer.SendAsync(bytes);
            await peer.ExpectClosedAsync();
        }
        ExpectLog(named);
        await ExpectAlive();
    }

    [Fact]
    public async Task Bytes_that_are_no_protobuf_end_their_connection()
    {
        using (var peer = await RawPeer.AssociateAsync(Here))
        {
            await peer.SendAsync(RawPeer.Frame(FrameKind.Parcel, [0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F]));
            await peer.ExpectClosedAsync();
        }
        await ExpectAlive();
    }

    [Theory]
    [InlineData(new byte[] { 0x47, 0x45, 0x54, 0x20, 0x2F, 0x20, 0x48, 0x54, 0x54, 0x50 })] // GET / HTTP
    [InlineData(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00, 0x01 })] // a TLS client's hello
    [InlineData(new byte[] { 1, 0, 0, 0, 3 })] // a message before any hello
    public async Task Garbage_instead_of_a_hello_is_closed(byte[] bytes)
    {
        using (var peer = await RawPeer.ConnectAsync(Here))
        {
            await peer.SendAsync(bytes);
            await peer.ExpectClosedAsync();
        }
        ExpectLog("is closed");
        await ExpectAlive();
    }

    [Fact]
    public async Task A_handshake_that_never_ends_is_ended()
    {
        using var silent = await RawPeer.ConnectAsync(Here);
        using var slow = await RawPeer.ConnectAsync(Here);
        await slow.SendAsync([20, 0, 0]); // fault: a part of a frame, and nothing more

        await silent.ExpectClosedAsync();
        await slow.ExpectClosedAsync();

        ExpectLog("no handshake within");
        await ExpectAlive();
    }

    [Fact]
    public async Task Connections_beyond_the_limit_are_closed_and_those_within_go_on()
    {
        var peers = new List<RawPeer>();
        for (var i = 0; i < 8; i++)
            peers.Add(await RawPeer.AssociateAsync(Here));
        using (var ninth = await RawPeer.ConnectAsync(Here))
            await ninth.ExpectClosedAsync();
        ExpectLog("max-inbound-connections");
        await peers[^1].SayAsync(Target, "within");
        ExpectMsg("within");

        peers.ForEach(p => p.Dispose());

        AwaitAssert(() => ExpectAlive().Wait(Patience), Patience); // their places are free again
    }

    [Theory]
    [InlineData("version 99", 99, null, null)]
    [InlineData("no address of another system", 1, "not an address", null)]
    [InlineData("no address of another system", 1, "akka.tcp://x", null)]
    [InlineData("no address of another system", 1, "self", null)]
    [InlineData("was looked for", 1, null, "akka.tcp://other@127.0.0.1:1")]
    public async Task A_hello_of_the_wrong_kind_is_refused_with_the_reason(string reason, int version, string? from, string? to)
    {
        using var peer = await RawPeer.ConnectAsync(Here);

        var reply = await peer.HelloAsync(
            Here,
            hello =>
            {
                hello.Version = (uint)version;
                hello.From = from is "self" ? Here.ToString() : from ?? hello.From;
                hello.To = to ?? hello.To;
            }
        );

        Assert.NotEqual(Refusal.None, reply.Refusal);
        Assert.Contains(reason, reply.Reason, StringComparison.Ordinal);
        await peer.ExpectClosedAsync();
        ExpectLog(reason);
    }

    [Theory]
    [InlineData(9999, "x", "[9999]")]
    [InlineData(17, "no such manifest", "no such manifest")]
    [InlineData(16, "??", "??")]
    [InlineData(2, "System.IO.File, System.Private.CoreLib", "System.IO.File")]
    [InlineData(2, "No.Such.Type, Nowhere", "No.Such.Type")]
    [InlineData(1, "", "Serializer [1]")]
    [InlineData(6, "", "Serializer [6]")]
    public async Task What_no_serializer_reads_is_logged_and_lost_alone(int serializer, string manifest, string named)
    {
        using var peer = await RawPeer.AssociateAsync(Here);
        var parcel = RawPeer.Text(Target, "bytes that are nothing");
        (parcel.Serializer, parcel.Manifest) = (serializer, manifest);

        await peer.SendAsync(FrameKind.Parcel, parcel);
        await peer.SayAsync(Target, "next");

        ExpectLog(named);
        ExpectMsg("next");
    }

    [Theory]
    [InlineData("akka.tcp://other@127.0.0.1:1/user/x")]
    [InlineData("nonsense")]
    [InlineData("")]
    public async Task A_recipient_of_another_system_is_refused(string recipient)
    {
        using var peer = await RawPeer.AssociateAsync(Here);

        await peer.SayAsync(recipient, "not ours");
        await peer.SayAsync(Target, "next");

        ExpectLog("the recipient is not of this system");
        ExpectMsg("next");
    }

    [Fact]
    public async Task Guardians_and_actors_of_the_system_cannot_be_stopped_from_elsewhere()
    {
        using var peer = await RawPeer.AssociateAsync(Here, Channel.Control);
        var number = 0ul;
        foreach (var path in (string[])["/", "/user", "/system", "/system/remote-watcher"])
        {
            await peer.SendAsync(FrameKind.Parcel, SystemMessage(Here + path, "TM", [], ++number));
            ExpectLog("is not its to send");
        }
        await ExpectAlive();
    }

    [Fact]
    public async Task A_system_speaks_only_for_its_own_actors()
    {
        using var peer = await RawPeer.AssociateAsync(Here, Channel.Control);
        var watch = new Serialization.Proto.WatchPair { Watchee = Target, Watcher = "akka.tcp://victim@127.0.0.1:7/user/x#1" };
        var died = new Serialization.Proto.Died { Actor = "akka.tcp://victim@127.0.0.1:7/user/x#1", ExistenceConfirmed = true };

        await peer.SendAsync(FrameKind.Parcel, SystemMessage(Target, "W", watch.ToByteArray(), 1));
        ExpectLog("is not its to send");
        await peer.SendAsync(FrameKind.Parcel, SystemMessage(Target, "DN", died.ToByteArray(), 2));
        ExpectLog("is not its to send");
    }

    [Fact]
    public async Task System_messages_come_numbered_and_on_the_control_connection_only()
    {
        using (var peer = await RawPeer.AssociateAsync(Here))
        {
            var unnumbered = SystemMessage(Target, "TM", [], 0);
            await peer.SendAsync(FrameKind.Parcel, unnumbered);
            ExpectLog("without a number");
            await peer.SendAsync(FrameKind.Parcel, SystemMessage(Target, "TM", [], 1));
            await peer.ExpectClosedAsync();
        }
        ExpectLog("on the data connection");
        await ExpectAlive();
    }

    [Fact]
    public async Task Remote_deployment_is_not_there_to_be_abused()
    {
        using var peer = await RawPeer.AssociateAsync(Here);
        var create = RawPeer.Text(Here + "/remote", "create an actor");
        (create.Serializer, create.Manifest) = (3, "");

        await peer.SendAsync(FrameKind.Parcel, create);

        ExpectLog("[3]");
        await ExpectAlive();
    }

    [Fact]
    public async Task A_pattern_made_to_explode_does_not()
    {
        using var peer = await RawPeer.AssociateAsync(Here);
        Sys.ActorOf(Props.Create(() => new Echo()), new string('a', 200));
        var bomb = new Serialization.Proto.Selection { Message = Content("boom") };
        bomb.Steps.Add(new Serialization.Proto.Step { Kind = Serialization.Proto.Step.Types.Kind.Name, Text = "user" });
        bomb.Steps.Add(
            new Serialization.Proto.Step
            {
                Kind = Serialization.Proto.Step.Types.Kind.Pattern,
                Text = string.Concat(Enumerable.Repeat("*a", 120)) + "b",
            }
        );
        var parcel = RawPeer.Text(Here + "/", "");
        (parcel.Serializer, parcel.Manifest, parcel.Payload) = (6, "", bomb.ToByteString());

        await peer.SendAsync(FrameKind.Parcel, parcel);
        await peer.SayAsync(Target, "next");

        ExpectMsg("next");
    }

    [Fact]
    public async Task What_others_write_into_the_log_is_short()
    {
        using var peer = await RawPeer.AssociateAsync(Here);

        await peer.SayAsync("akka.tcp://other@127.0.0.1:1/user/" + new string('x', 100_000), "");

        var line = _log.FishForMessage<LogEvent>(e => e.Message.ToString()!.Contains("not of this system"), Patience);
        Assert.True(line.Message.ToString()!.Length < 2000);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_no_flood_of_the_log()
    {
        using var peer = await RawPeer.AssociateAsync(Here);
        for (var i = 0; i < 1100; i++)
            await peer.SayAsync("nonsense", "");
        await peer.SayAsync(Target, "last");
        ExpectMsg("last");

        ExpectLog("Refused message 1024 "); // the first hundred, then 128, 256, 512
        Assert.Empty(_log.ReceiveWhile<object>(TimeSpan.Zero, m => m));
    }

    [Fact]
    public async Task Systems_that_only_called_are_forgotten()
    {
        var remoting = (Remote.Transport.TcpRemoting)((RemoteActorRefProvider)((ExtendedActorSystem)Sys).Provider).Transport;
        for (var i = 1; i <= 20; i++)
        {
            using var peer = await RawPeer.ConnectAsync(Here);
            await peer.HelloAsync(Here, hello => hello.From = $"akka.tcp://x{i}@127.0.0.1:9");
        }

        AwaitCondition(() => remoting.Associations == 0);
        await ExpectAlive();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task No_random_bytes_bring_it_down(int seed)
    {
        var dice = new Random(seed);
        for (var round = 0; round < 60; round++)
        {
            using var peer = await RawPeer.AssociateAsync(Here, dice.Next(2) == 0 ? Channel.Data : Channel.Control);
            var good = RawPeer.Text(Target, "never whole").ToByteArray();
            var bytes = RawPeer.Frame((FrameKind)dice.Next(1, 7), good);
            for (var i = dice.Next(1, 12); i > 0; i--)
                bytes[dice.Next(4, bytes.Length)] = (byte)dice.Next(256);
            await peer.SendAsync(bytes);
        }
        AwaitAssert(
            () =>
            {
                using var peer = RawPeer.AssociateAsync(Here).Result;
                peer.SayAsync(Target, "last").Wait(Patience);
                FishForMessage(m => m is "last", TimeSpan.FromSeconds(3));
            },
            Patience
        );
    }

    private static Serialization.Proto.Content Content(string text) =>
        new()
        {
            Serializer = 17,
            Manifest = "S",
            Data = ByteString.CopyFromUtf8(text),
        };

    private static Parcel SystemMessage(string recipient, string manifest, byte[] payload, ulong number) =>
        new()
        {
            Recipient = recipient,
            Serializer = 22,
            Manifest = manifest,
            Payload = ByteString.CopyFrom(payload),
            Sequence = number,
        };
}
