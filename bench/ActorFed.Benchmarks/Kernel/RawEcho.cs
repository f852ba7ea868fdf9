using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ActorFed.Benchmarks.Kernel;

/// <summary>A bare socket: what the bytes of a message cost without actors. The first int of a connection says how it is used.</summary>
internal static class RawEcho
{
    private const int Echo = 1;

    /// <summary>Answers each message of a client, or takes a stream and answers each megabyte with one byte.</summary>
    public static int Serve(int size)
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
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
        var isEcho = BinaryPrimitives.ReadInt32LittleEndian(mode) == Echo;
        var buffer = new byte[isEcho ? size : 1 << 20];
        while (await ReadAsync(socket, buffer))
            await socket.SendAsync(isEcho ? buffer : buffer.AsMemory(0, 1));
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

    public static async Task<Socket> ConnectAsync(int port, bool echo)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(BitConverter.GetBytes(echo ? Echo : 2));
        return socket;
    }
}
