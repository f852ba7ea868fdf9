using System.Buffers.Binary;
using ActorFed.Training.Encoding;
using static ActorFed.Actors.Transfer.TransferProtocol;

namespace ActorFed.Actors.Transfer.Wire;

/// <summary>Reads ChunkWire (transfer.proto) without copying what the chunk carries: the generated parser copies every tensor once more.</summary>
/// <remarks>It takes what the generated parser takes, and nothing else: later fields win, unknown ones are skipped.</remarks>
internal ref struct ChunkReader
{
    private readonly byte[] _bytes;
    private int _at;

    private ChunkReader(byte[] bytes) => _bytes = bytes;

    /// <summary>The chunk; its bytes are a part of <paramref name="bytes"/>, which nobody may change any more.</summary>
    /// <exception cref="ArgumentException">Malformed, or values that a chunk cannot have.</exception>
    public static Chunk Read(byte[] bytes) => new ChunkReader(bytes).Read();

    private Chunk Read()
    {
        var (blob, content) = (default(ReadOnlyMemory<byte>), default(ReadOnlyMemory<byte>));
        var (from, total, checksum) = (0L, 0L, 0u);
        while (_at < _bytes.Length)
        {
            switch ((uint)Varint())
            {
                case (ChunkWire.BlobFieldNumber << 3) | WireType.Slice:
                    blob = Slice();
                    break;
                case (ChunkWire.FromFieldNumber << 3) | WireType.Varint:
                    from = (long)Varint();
                    break;
                case (ChunkWire.TotalFieldNumber << 3) | WireType.Varint:
                    total = (long)Varint();
                    break;
                case (ChunkWire.BytesFieldNumber << 3) | WireType.Slice:
                    content = Slice();
                    break;
                case (ChunkWire.ChecksumFieldNumber << 3) | WireType.Fixed32:
                    checksum = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span);
                    break;
                case var tag:
                    Skip(tag);
                    break;
            }
        }

        return TransferCodecs.Checked(new(new(Convert.ToHexStringLower(blob.Span)), from, total, content, checksum));
    }

    private void Skip(uint tag)
    {
        switch (tag & 7)
        {
            case var _ when tag >> 3 == 0:
                throw new ArgumentException($"A field at {_at} has no number.");
            case WireType.Varint:
                Varint();
                break;
            case WireType.Fixed64:
                Take(sizeof(ulong));
                break;
            case WireType.Slice:
                Slice();
                break;
            case WireType.Fixed32:
                Take(sizeof(uint));
                break;
            default:
                throw new ArgumentException($"A field at {_at} is of no kind that is known.");
        }
    }

    private ReadOnlyMemory<byte> Slice() =>
        Varint() is <= int.MaxValue and var length ? Take((int)length) : throw new ArgumentException("A field is too long.");

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
        {
            throw new ArgumentException($"The bytes end in a field of {count} bytes at {_at}.");
        }

        _at += count;
        return _bytes.AsMemory(_at - count, count);
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Take(1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new ArgumentException($"A number before {_at} has no end.");
    }

    private static class WireType
    {
        public const uint Varint = 0;
        public const uint Fixed64 = 1;
        public const uint Slice = 2;
        public const uint Fixed32 = 5;
    }
}
