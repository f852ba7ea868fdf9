using System.Buffers;
using System.IO.Pipelines;
using Akka.Actor;
using Akka.Remote.Wire;
using Google.Protobuf;

namespace Akka.Remote.Transport;

/// <summary>The first frames of a connection: who is who, and whether they may talk.</summary>
internal static class Handshake
{
    public const uint Version = 1;
    private const int MostBytes = 8 * 1024;

    /// <summary>Says hello and reads the answer.</summary>
    /// <exception cref="HandshakeRefused">The other side does not want to talk.</exception>
    public static async Task<HelloReply> ConnectAsync(
        Hello hello,
        Stream stream,
        PipeReader reader,
        FrameWriter writer,
        bool bigEndian,
        CancellationToken cancel
    )
    {
        await WriteAsync(FrameKind.Hello, hello, stream, writer, cancel).ConfigureAwait(false);
        var reply = await ReadAsync(FrameKind.HelloReply, HelloReply.Parser, reader, bigEndian, cancel).ConfigureAwait(false);
        if (reply.Refusal != Refusal.None)
            throw new HandshakeRefused(reply.Refusal, reply.Reason);
        if (reply.Version != Version)
            throw new HandshakeRefused(Refusal.Version, $"{reply.From} speaks version {reply.Version}, this system {Version}");
        return reply;
    }

    public static Task<Hello> ReadHelloAsync(PipeReader reader, bool bigEndian, CancellationToken cancel) =>
        ReadAsync(FrameKind.Hello, Hello.Parser, reader, bigEndian, cancel);

    public static Task ReplyAsync(HelloReply reply, Stream stream, FrameWriter writer, CancellationToken cancel) =>
        WriteAsync(FrameKind.HelloReply, reply, stream, writer, cancel);

    private static async Task WriteAsync(
        FrameKind kind,
        IMessage frame,
        Stream stream,
        FrameWriter writer,
        CancellationToken cancel
    )
    {
        writer.Write(kind, frame);
        await stream.WriteAsync(writer.Written.AsMemory(), cancel).ConfigureAwait(false);
        writer.Clear();
    }

    private static async Task<T> ReadAsync<T>(
        FrameKind expected,
        MessageParser<T> parser,
        PipeReader reader,
        bool bigEndian,
        CancellationToken cancel
    )
        where T : IMessage<T>
    {
        var frames = new FrameReader(MostBytes, bigEndian);
        while (true)
        {
            var result = await reader.ReadAsync(cancel).ConfigureAwait(false);
            var buffer = result.Buffer;
            if (frames.TryRead(ref buffer, out var kind, out var body))
            {
                if (kind != expected)
                    throw new FrameException($"The first frame is a {kind}, not a {expected}.");
                var message = parser.ParseFrom(body);
                reader.AdvanceTo(buffer.Start);
                return message;
            }
            reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                throw new FrameException("The connection ended before the handshake did.");
        }
    }

    /// <summary>An address that another system can be at.</summary>
    public static bool IsUsable(string text, out Address address) =>
        Address.TryParse(text, out address) && address is { Port: > 0 and <= 65535, HasGlobalScope: true };
}

/// <summary>The other side's reason not to talk.</summary>
internal sealed class HandshakeRefused(Refusal refusal, string reason) : IOException(reason)
{
    public Refusal Refusal { get; } = refusal;
}
