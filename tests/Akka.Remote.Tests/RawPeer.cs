using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Tests;

/// <summary>The other end of a connection as bare bytes: what a hostile, broken or frozen system would send.</summary>
internal sealed class RawPeer(Socket socket) : IDisposable
{
    public const int Uid = 4711;

    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60); // only a broken kernel waits this long

    /// <summary>The address that it gives out as its own; nobody listens there.</summary>
    public static Address Address { get; } = Address.Parse("akka.tcp://raw@127.0.0.1:9");

    public static async Task<RawPeer> ConnectAsync(Address to)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(to.Host, to.Port!.Value);
        return new RawPeer(socket);
    }

    /// <summary>Connected, and through with the handshake.</summary>
    public static async Task<RawPeer> AssociateAsync(Address to, Channel channel = Channel.Data)
    {
        var peer = await ConnectAsync(to);
        var reply = await peer.HelloAsync(to, hello => hello.Channel = channel);
        Assert.Equal((Refusal.None, ""), (reply.Refusal, reply.Reason));
        return peer;
    }

    public async Task<HelloReply> HelloAsync(Address to, Action<Hello>? change = null)
    {
        var hello = new Hello
        {
            Version = 1,
            From = Address.ToString(),
            Uid = Uid,
            To = to.ToString(),
            Channel = Channel.Data,
            MaxFrame = 128_000,
        };
        change?.Invoke(hello);
        await SendAsync(FrameKind.Hello, hello);
        var (kind, body) = await ReadAsync() ?? throw new InvalidOperationException("Closed instead of an answer.");
        Assert.Equal(FrameKind.HelloReply, kind);
        return HelloReply.Parser.ParseFrom(body);
    }

    public Task SendAsync(FrameKind kind, IMessage message) => SendAsync(Frame(kind, message.ToByteArray()));

    public static byte[] Frame(FrameKind kind, byte[] body)
    {
        var frame = new byte[5 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, 1 + body.Length);
        frame[4] = (byte)kind;
        body.CopyTo(frame, 5);
        return frame;
    }

    public async Task SendAsync(byte[] bytes) => await socket.SendAsync(bytes).WaitAsync(s_guard);

    /// <summary>A text to an actor, as its own serializer writes it.</summary>
    public Task SayAsync(string recipient, string text) => SendAsync(FrameKind.Parcel, Text(recipient, text));

    public static Parcel Text(string recipient, string text) =>
        new()
        {
            Recipient = recipient,
            Serializer = 17,
            Manifest = "S",
            Payload = ByteString.CopyFromUtf8(text),
        };

    /// <summary>The next frame; null when the other side has closed.</summary>
    public async Task<(FrameKind Kind, byte[] Body)?> ReadAsync()
    {
        if (await ReadAsync(4) is not { } prefix)
            return null;
        var frame = await ReadAsync(BinaryPrimitives.ReadInt32LittleEndian(prefix));
        return frame is null ? null : ((FrameKind)frame[0], frame[1..]);
    }

    private async Task<byte[]?> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var read = 0; read < count; )
        {
            int more;
            try
            {
                more = await socket.ReceiveAsync(bytes.AsMemory(read)).AsTask().WaitAsync(s_guard);
            }
            catch (SocketException)
            {
                return null; // reset: closed with something of ours unread
            }
            if (more == 0)
                return null;
            read += more;
        }
        return bytes;
    }

    public async Task ExpectClosedAsync()
    {
        while (await ReadAsync() is not null) { }
    }

    public void Dispose() => socket.Dispose();
}

/// <summary>Listens as a system would, and gives each connection to the test.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public RawServer(int receiveBuffer = 0)
    {
        if (receiveBuffer > 0)
            _socket.ReceiveBufferSize = receiveBuffer;
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Listen();
        Address = new Address("akka.tcp", "raw", "127.0.0.1", ((IPEndPoint)_socket.LocalEndPoint!).Port);
    }

    public Address Address { get; }

    /// <summary>Whether somebody waits to be accepted.</summary>
    public bool HasPending => _socket.Poll(0, SelectMode.SelectRead);

    /// <summary>A connection after its handshake.</summary>
    public async Task<(RawPeer Peer, Hello Hello)> AcceptAsync(uint maxFrame = 128_000, int uid = RawPeer.Uid)
    {
        var peer = await AcceptRawAsync();
        var (kind, body) = (await peer.ReadAsync())!.Value;
        Assert.Equal(FrameKind.Hello, kind);
        var reply = new HelloReply
        {
            Version = 1,
            From = Address.ToString(),
            Uid = uid,
            MaxFrame = maxFrame,
        };
        await peer.SendAsync(FrameKind.HelloReply, reply);
        return (peer, Hello.Parser.ParseFrom(body));
    }

    public async Task<RawPeer> AcceptRawAsync() => new(await _socket.AcceptAsync().WaitAsync(TimeSpan.FromSeconds(60)));

    public void Dispose() => _socket.Dispose();
}
