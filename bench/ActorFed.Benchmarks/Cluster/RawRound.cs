using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ActorFed.Benchmarks.Kernel;

namespace ActorFed.Benchmarks.Cluster;

/// <summary>What a round's bytes cost without actors: copied over plain sockets, hashed by whoever receives them, and the uploads summed.</summary>
internal sealed class RawRound : IDisposable
{
    public const string Verb = "raw";

    private readonly Socket[] _sockets;
    private readonly byte[][] _uploads;
    private readonly byte[] _down;
    private readonly float[] _sum;

    /// <summary>Connects to every peer.</summary>
    /// <param name="peers">Clients.</param>
    /// <param name="numbers">float32 that each gets and sends.</param>
    public RawRound(IReadOnlyList<Peer> peers, int numbers)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        (_sockets, _sum, _down) = (new Socket[peers.Count], new float[numbers], new byte[numbers * sizeof(float)]);
        _uploads = [.. peers.Select(_ => new byte[_down.Length])];
        for (var i = 0; i < peers.Count; i++)
        {
            peers[i].Tell(FormattableString.Invariant($"{Verb} {port} {numbers}"));
            _sockets[i] = listener.Accept();
            _sockets[i].NoDelay = true;
        }
    }

    /// <summary>Every client at the same time: gets the sum of the round before, or nothing, and sends its own; then they are added up.</summary>
    public void Hold(bool down)
    {
        Task.WhenAll(_sockets.Select((s, i) => Task.Run(() => ExchangeAsync(s, down ? _down : [], _uploads[i])))).Wait();
        Array.Clear(_sum);
        foreach (var upload in _uploads)
        {
            TensorPrimitives.Add(_sum, MemoryMarshal.Cast<byte, float>(upload), _sum);
        }
    }

    private static async Task ExchangeAsync(Socket socket, byte[] down, byte[] upload)
    {
        await SendAsync(socket, BitConverter.GetBytes(down.Length));
        await SendAsync(socket, down);
        await ReceiveAndHashAsync(socket, upload);
    }

    /// <summary>The other side, until the connection ends.</summary>
    public static void Answer(string line) => AnswerAsync(line.Split(' ')).Wait();

    private static async Task AnswerAsync(string[] words)
    {
        var numbers = words.Skip(1).Select(w => int.Parse(w, CultureInfo.InvariantCulture)).ToArray();
        using var socket = await RawEcho.ConnectAsync(numbers[0]);
        var (length, buffer) = (new byte[sizeof(int)], new byte[numbers[1] * sizeof(float)]);
        while (await RawEcho.ReadAsync(socket, length))
        {
            await ReceiveAndHashAsync(socket, buffer.AsMemory(0, BinaryPrimitives.ReadInt32LittleEndian(length)));
            await SendAsync(socket, buffer);
        }
    }

    private static async Task ReceiveAndHashAsync(Socket socket, Memory<byte> to)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (to.Length > 0)
        {
            var more = await socket.ReceiveAsync(to);
            hash.AppendData(to.Span[..more]);
            to = more > 0 ? to[more..] : throw new IOException("The other side has closed the connection.");
        }

        _ = hash.GetHashAndReset();
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes)..];
        }
    }

    public void Dispose() => Array.ForEach(_sockets, s => s.Dispose());
}
