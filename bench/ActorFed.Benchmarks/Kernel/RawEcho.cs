using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>A bare socket: what the bytes of a message cost without actors. The first int of a connection says how it is used.</summary>
internal static class RawEcho
{
    /// <summary>Each message of a client is sent back.</summary>
    public const int Echo = 1;

    /// <summary>A stream; each megabyte is answered with one byte.</summary>
    public const int Copy = 2;

    /// <summary>The same, and each megabyte is hashed.</summary>
    public const int CopyAndHash = 3;

    /// <summary>Listens on a port of its own and gives it; <paramref name="size"/> is that of a message.</summary>
    public static int Serve(int size, IPAddress? at = null)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(at ?? IPAddress.Loopback, 0));
        listener.Listen();
        _ = AcceptAsync(listener, size);
        return ((IPEndPoint)listener.LocalEndPoint!).Port;
    }

    private static async Task AcceptAsync(Socket listener, int size)
    {
        while (true)
        {
            var socket = await listener.AcceptAsync();
            socket.NoDelay = true;
            _ = AnswerAsync(socket, size);
        }
    }

    private static async Task AnswerAsync(Socket socket, int size)
    {
        var mode = new byte[4];
        await ReadAsync(socket, mode);
        var use = BinaryPrimitives.ReadInt32LittleEndian(mode);
        var buffer = new byte[use == Echo ? size : 1 << 20];
        while (await ReadAsync(socket, buffer))
        {
            if (use == CopyAndHash)
                _ = SHA256.HashData(buffer);
            await socket.SendAsync(use == Echo ? buffer : buffer.AsMemory(0, 1));
        }
    }

    public static async Task<bool> ReadAsync(Socket socket, byte[] buffer)
    {
        for (var read = 0; read < buffer.Length; )
        {
            var more = await socket.ReceiveAsync(buffer.AsMemory(read));
            if (more == 0)
                return false;
            read += more;
        }
        return true;
    }

    /// <summary>A connection to a port; nothing is said on it.</summary>
    public static async Task<Socket> ConnectAsync(int port, IPAddress? at = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(at ?? IPAddress.Loopback, port);
        return socket;
    }

    /// <summary>A connection to <see cref="Serve"/>, to be used in one of its ways.</summary>
    public static async Task<Socket> ConnectAsync(int port, int use, IPAddress? at = null)
    {
        var socket = await ConnectAsync(port, at);
        await socket.SendAsync(BitConverter.GetBytes(use));
        return socket;
    }
}
