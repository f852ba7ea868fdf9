using System.IO.Pipelines;
using System.Net.Sockets;
using Akka.Remote.Wire;

namespace Akka.Remote.Transport;

/// <summary>One connection whose two ends know each other: written by a lane, read by a loop of its own.</summary>
internal sealed class Link(Socket socket, Stream stream, PipeReader reader, FrameWriter writer, LinkPeer peer)
{
    private readonly ArraySegment<byte>[] _both = new ArraySegment<byte>[2];
    private int _closed;
    private Exception? _cause;

    public LinkPeer Peer => peer;

    public Channel Channel => peer.Channel;

    public bool IsInbound => peer.IsInbound;

    /// <summary>The largest frame that the other side reads.</summary>
    public int PeerLimit => peer.Limit;

    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Its other end has begun to write on another connection: what is still in this one comes too late.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>Hears of every read.</summary>
    public required FailureDetector Detector { get; init; }

    /// <summary>Writes into the buffer of the connection, and out of it where it is large. One caller at a time.</summary>
    public ValueTask WriteAsync(Outgoing frame)
    {
        if (frame.Head is not { } head)
        {
            writer.Write(frame.Kind, frame.Frame!);
            return ValueTask.CompletedTask;
        }
        return writer.Write(head, frame.Payload) ? WriteLargeAsync(frame.Payload) : ValueTask.CompletedTask;
    }

    private async ValueTask WriteLargeAsync(byte[] payload)
    {
        if (stream is NetworkStream) // else it is TLS, which makes records of its own
        {
            await WriteBothAsync(payload).ConfigureAwait(false);
            return;
        }
        await FlushAsync().ConfigureAwait(false);
        await stream.WriteAsync(payload).ConfigureAwait(false);
    }

    /// <summary>One call for what is in the buffer and the payload: a head that went first would wake the reader for nothing.</summary>
    private async ValueTask WriteBothAsync(byte[] payload)
    {
        (_both[0], _both[1]) = (writer.Written, payload);
        var size = writer.Written.Count + payload.Length;
        if (await socket.SendAsync(_both).ConfigureAwait(false) != size)
            throw new IOException($"The connection took less than the {size} bytes of a frame.");
        (_both[0], _both[1]) = (default, default);
        writer.Clear();
    }

    public async ValueTask FlushAsync()
    {
        if (writer.Written.Count == 0)
            return;
        await stream.WriteAsync(writer.Written.AsMemory()).ConfigureAwait(false);
        writer.Clear();
    }

    /// <summary>Reads until the connection ends; gives why, or null if the other side closed it.</summary>
    public async Task<Exception?> ReadAsync(FrameReader frames, ILinkReader to)
    {
        try
        {
            Detector.HeartBeat();
            while (true)
            {
                var result = await reader.ReadAsync().ConfigureAwait(false);
                Detector.HeartBeat();
                var buffer = result.Buffer;
                while (frames.TryRead(ref buffer, out var kind, out var body))
                    to.Read(this, kind, body);
                to.Pause(this);
                reader.AdvanceTo(buffer.Start, buffer.End);
                if (result.IsCompleted)
                    return _cause;
            }
        }
        catch (Exception e)
        {
            return _cause ?? (IsClosed ? null : e);
        }
        finally
        {
            Close(null);
            await reader.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends the connection; the read loop sees it and reports it.</summary>
    public void Close(Exception? cause)
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        _cause = cause;
        socket.Dispose();
    }
}

/// <summary>What the first frames said about a connection.</summary>
/// <param name="Uid">The incarnation of the other system.</param>
/// <param name="Limit">The largest frame that it reads.</param>
internal sealed record LinkPeer(Actor.Address Address, int Uid, Channel Channel, int Limit, bool IsInbound);

/// <summary>Takes the frames of a connection, one at a time.</summary>
internal interface ILinkReader
{
    void Read(Link link, FrameKind kind, System.Buffers.ReadOnlySequence<byte> body);

    /// <summary>Everything that has arrived so far has been read.</summary>
    void Pause(Link link);
}
