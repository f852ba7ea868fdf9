using System.Buffers;
using System.Buffers.Binary;

namespace Akka.Remote.Wire;

/// <summary>Cuts frames out of the bytes of a connection.</summary>
/// <param name="limit">The most bytes of a frame: kind and message, without the length itself.</param>
internal sealed class FrameReader(int limit, bool bigEndian)
{
    public const int LengthBytes = 4;

    /// <summary>Takes the first frame off the buffer; false if it is not complete.</summary>
    /// <exception cref="FrameException">The length is beyond the limit, or the kind is unknown.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out FrameKind kind, out ReadOnlySequence<byte> body)
    {
        (kind, body) = (default, default);
        if (buffer.Length < LengthBytes)
            return false;
        Span<byte> prefix = stackalloc byte[LengthBytes];
        buffer.Slice(0, LengthBytes).CopyTo(prefix);
        var length = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(prefix) : BinaryPrimitives.ReadUInt32LittleEndian(prefix);
        if (length == 0 || length > limit)
            throw new FrameException($"A frame says it has {length} bytes; the least is 1 and the most {limit}.");
        if (buffer.Length < LengthBytes + length)
            return false;
        var frame = buffer.Slice(LengthBytes, length);
        kind = (FrameKind)frame.FirstSpan[0];
        if (kind is < FrameKind.Hello or > FrameKind.Goodbye)
            throw new FrameException($"A frame is of kind {(byte)kind}, which does not exist.");
        body = frame.Slice(1);
        buffer = buffer.Slice(LengthBytes + length);
        return true;
    }
}
