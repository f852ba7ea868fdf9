using System.Buffers.Binary;
using Google.Protobuf;

namespace Akka.Remote.Wire;

/// <summary>Writes frames into one buffer, that of a connection; a large payload stays where it is and goes out by itself.</summary>
internal sealed class FrameWriter(bool bigEndian)
{
    /// <summary>Payloads from here on are not copied.</summary>
    public const int Large = 16 * 1024;

    private byte[] _buffer = new byte[64 * 1024];
    private int _count;

    public ArraySegment<byte> Written => new(_buffer, 0, _count);

    public void Clear() => _count = 0;

    public void Write(FrameKind kind, IMessage message)
    {
        var size = message.CalculateSize();
        Prefix(kind, size);
        message.WriteTo(_buffer.AsSpan(_count, size));
        _count += size;
    }

    /// <summary>The bytes of an parcel's frame after the length.</summary>
    public static int ParcelSize(Parcel head, int payload) => 1 + head.CalculateSize() + PayloadPrefix(payload) + payload;

    /// <summary>Writes an parcel; true if the payload is large and has to follow.</summary>
    public bool Write(Parcel head, byte[] payload)
    {
        var headSize = head.CalculateSize();
        var prefix = PayloadPrefix(payload.Length);
        Prefix(
            FrameKind.Parcel,
            headSize + prefix + payload.Length,
            reserve: headSize + prefix + Math.Min(payload.Length, Large)
        );
        head.WriteTo(_buffer.AsSpan(_count, headSize));
        _count += headSize;
        if (payload.Length == 0)
            return false;
        _buffer[_count++] = (Parcel.PayloadFieldNumber << 3) | 2; // field of bytes
        for (var rest = (uint)payload.Length; ; rest >>= 7)
        {
            _buffer[_count++] = rest < 0x80 ? (byte)rest : (byte)(rest | 0x80);
            if (rest < 0x80)
                break;
        }
        if (payload.Length >= Large)
            return true;
        payload.CopyTo(_buffer, _count);
        _count += payload.Length;
        return false;
    }

    private static int PayloadPrefix(int payload) => payload == 0 ? 0 : 1 + CodedOutputStream.ComputeLengthSize(payload);

    private void Prefix(FrameKind kind, int size, int? reserve = null)
    {
        Reserve(FrameReader.LengthBytes + 1 + (reserve ?? size));
        var length = _buffer.AsSpan(_count, FrameReader.LengthBytes);
        if (bigEndian)
            BinaryPrimitives.WriteInt32BigEndian(length, size + 1);
        else
            BinaryPrimitives.WriteInt32LittleEndian(length, size + 1);
        _buffer[_count + FrameReader.LengthBytes] = (byte)kind;
        _count += FrameReader.LengthBytes + 1;
    }

    private void Reserve(int more)
    {
        if (_buffer.Length - _count >= more)
            return;
        var larger = new byte[Math.Max(2 * _buffer.Length, _count + more)];
        _buffer.AsSpan(0, _count).CopyTo(larger);
        _buffer = larger;
    }
}
