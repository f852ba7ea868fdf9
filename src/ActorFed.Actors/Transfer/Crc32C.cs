using System.Numerics;
using System.Runtime.InteropServices;

namespace ActorFed.Actors.Transfer;

/// <summary>CRC-32C (Castagnoli): of a chunk, so that a damaged one is asked for again before the whole blob is hashed.</summary>
/// <remarks>
/// The processor's instruction can begin one word a cycle and needs three for each, so long spans go in three lanes side by side. What a
/// lane's register becomes while the lanes after it go by is linear in its bits: a table of what zeros make of each of its four bytes.
/// </remarks>
internal static class Crc32C
{
    private const int LaneWords = 512;
    private const int Lanes = 3;
    private static readonly uint[] s_afterLane =
    [
        .. Enumerable.Range(0, 4 * 256).Select(i => AfterZeros((uint)(i % 256) << (8 * (i / 256)))),
    ];

    /// <summary>Of these bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var tail = bytes[(words.Length * sizeof(ulong))..];
        var crc = uint.MaxValue;
        for (; words.Length >= Lanes * LaneWords; words = words[(Lanes * LaneWords)..])
        {
            crc = InLanes(crc, words[..(Lanes * LaneWords)]);
        }

        foreach (var word in words)
        {
            crc = BitOperations.Crc32C(crc, word);
        }

        foreach (var rest in tail)
        {
            crc = BitOperations.Crc32C(crc, rest);
        }

        return ~crc;
    }

    private static uint InLanes(uint crc, ReadOnlySpan<ulong> words)
    {
        var first = words[..LaneWords];
        var second = words.Slice(LaneWords, LaneWords);
        var third = words.Slice(2 * LaneWords, LaneWords);
        var (a, b, c) = (crc, 0u, 0u);
        for (var i = 0; i < LaneWords; i++)
        {
            a = BitOperations.Crc32C(a, first[i]);
            b = BitOperations.Crc32C(b, second[i]);
            c = BitOperations.Crc32C(c, third[i]);
        }

        return AfterLane(AfterLane(a) ^ b) ^ c;
    }

    private static uint AfterLane(uint crc) =>
        s_afterLane[(byte)crc]
        ^ s_afterLane[256 + (byte)(crc >> 8)]
        ^ s_afterLane[512 + (byte)(crc >> 16)]
        ^ s_afterLane[768 + (crc >> 24)];

    private static uint AfterZeros(uint crc)
    {
        for (var i = 0; i < LaneWords; i++)
        {
            crc = BitOperations.Crc32C(crc, 0UL);
        }

        return crc;
    }
}
