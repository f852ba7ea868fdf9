using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorFed.Actors.Transfer;

/// <summary>A blob in fewer bytes and without a loss: the bytes of its words in four planes, each compressed where that helps; as a change of another blob where both ends have one.</summary>
/// <remarks>
/// Trained float32 numbers have random mantissas, which no compressor makes smaller, and few different exponents. A plane holds the same byte
/// of every 32-bit word, so that exponents stand together. With a base a word is its distance from the base's, counted in representable numbers:
/// a parameter that moved little has small ones. Layout: version, bytes of the blob (int32), its last length % 4 bytes, then for each plane
/// from the lowest 0 and the plane, or 1, length (int32) and its raw deflate stream.
/// </remarks>
internal static class PackedBlob
{
    private const byte Version = 1;
    private const int Head = 1 + sizeof(int);
    private const int Planes = sizeof(uint);
    private const int MostRatio = 1100; // deflate cannot do better: what claims more is no honest form
    private const double Worth = 0.98;

    // Codes of single bytes and of runs are what there is to gain; looking for repetitions would cost time and find none.
    private static readonly ZLibCompressionOptions s_options = new()
    {
        CompressionLevel = 3,
        CompressionStrategy = ZLibCompressionStrategy.RunLengthEncoding,
    };

    /// <summary>The packed form.</summary>
    /// <param name="whole">The blob.</param>
    /// <param name="basis">Another one of the same length, or nothing.</param>
    public static byte[] Pack(ReadOnlySpan<byte> whole, ReadOnlySpan<byte> basis)
    {
        var words = MemoryMarshal.Cast<byte, uint>(whole);
        var bases = MemoryMarshal.Cast<byte, uint>(basis);
        var changes = new uint[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            changes[i] = bases.IsEmpty ? BitOperations.RotateLeft(words[i], 1) : Distance(bases[i], words[i]);
        }

        using var to = new MemoryStream(whole.Length);
        Span<byte> head = stackalloc byte[Head];
        head[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], whole.Length);
        to.Write(head);
        to.Write(whole[(words.Length * sizeof(uint))..]);
        var plane = new byte[words.Length];
        for (var p = 0; p < Planes; p++)
        {
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = (byte)(changes[i] >> (8 * p));
            }

            WritePlane(to, plane);
        }

        return to.ToArray();
    }

    /// <summary>The blob again. Whether it is the right one only its hash can say.</summary>
    /// <param name="packed">What <see cref="Pack"/> gave.</param>
    /// <param name="basis">The base that it was packed with, or nothing.</param>
    /// <param name="largest">Most bytes that a blob may have.</param>
    /// <exception cref="InvalidDataException">It is no packed form, or of another base.</exception>
    public static byte[] Unpack(ReadOnlyMemory<byte> packed, ReadOnlySpan<byte> basis, long largest)
    {
        if (packed.Length < Head || packed.Span[0] != Version)
        {
            throw new InvalidDataException("It is no packed form of version 1.");
        }

        var total = BinaryPrimitives.ReadInt32LittleEndian(packed.Span[1..]);
        if (total < 0 || total > largest || total > (long)packed.Length * MostRatio || (!basis.IsEmpty && basis.Length != total))
        {
            throw new InvalidDataException($"{packed.Length} bytes cannot stand for {total}, with a base of {basis.Length}.");
        }

        var whole = new byte[total];
        var words = MemoryMarshal.Cast<byte, uint>(whole.AsSpan());
        var rest = packed[Head..];
        var tail = Take(ref rest, total % sizeof(uint));
        tail.Span.CopyTo(whole.AsSpan(words.Length * sizeof(uint)));
        var plane = new byte[words.Length];
        for (var p = 0; p < Planes; p++)
        {
            ReadPlane(ref rest, plane);
            for (var i = 0; i < plane.Length; i++)
            {
                words[i] |= (uint)plane[i] << (8 * p);
            }
        }

        var bases = MemoryMarshal.Cast<byte, uint>(basis);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = bases.IsEmpty ? BitOperations.RotateRight(words[i], 1) : Moved(bases[i], words[i]);
        }

        return whole;
    }

    private static void WritePlane(MemoryStream to, byte[] plane)
    {
        var flag = to.Position;
        Span<byte> head = stackalloc byte[Head];
        head[0] = 1;
        to.Write(head);
        using (var deflate = new DeflateStream(to, s_options, leaveOpen: true))
        {
            deflate.Write(plane);
        }

        var length = to.Position - flag - Head;
        to.Position = flag;
        if (length > Worth * plane.Length)
        {
            to.WriteByte(0);
            to.Write(plane);
            to.SetLength(to.Position);
            return;
        }

        BinaryPrimitives.WriteInt32LittleEndian(head[1..], (int)length);
        to.Write(head);
        to.Position = to.Length;
    }

    private static void ReadPlane(ref ReadOnlyMemory<byte> rest, byte[] plane)
    {
        if (Take(ref rest, 1).Span[0] == 0)
        {
            Take(ref rest, plane.Length).Span.CopyTo(plane);
            return;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(ref rest, sizeof(int)).Span);
        using var from = new MemoryStream(Take(ref rest, length).ToArray(), writable: false);
        using var inflate = new DeflateStream(from, CompressionMode.Decompress);
        if (inflate.ReadAtLeast(plane, plane.Length, throwOnEndOfStream: false) < plane.Length || inflate.ReadByte() >= 0)
        {
            throw new InvalidDataException("A plane has another length.");
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        if (length < 0 || length > rest.Length)
        {
            throw new InvalidDataException($"{length} bytes are to follow; {rest.Length} do.");
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    // Numbers in the order of their values: neighbours differ by one, over zero too. Small steps of either sign become small words.
    private static uint Distance(uint from, uint to)
    {
        var steps = (int)(Ordered(to) - Ordered(from));
        return (uint)((steps << 1) ^ (steps >> 31));
    }

    private static uint Moved(uint from, uint distance)
    {
        var steps = (int)(distance >> 1) ^ -(int)(distance & 1);
        var ordered = Ordered(from) + (uint)steps;
        return (ordered & 0x8000_0000) != 0 ? ordered & 0x7FFF_FFFF : ~ordered;
    }

    private static uint Ordered(uint word) => (word & 0x8000_0000) != 0 ? ~word : word | 0x8000_0000;
}
