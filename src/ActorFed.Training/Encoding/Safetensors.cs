using System.Collections.Immutable;

namespace ActorFed.Training.Encoding;

/// <summary>
/// The one encoding of adapters: safetensors with names in ordinal order, data in the same order without gaps, little-endian, no metadata.
/// Blob id, checkpoint, wire and adapterSha256 are the hash of these bytes.
/// </summary>
/// <remarks>Layout: 8-byte length of the header, JSON header padded with spaces to a multiple of 8, data. https://github.com/huggingface/safetensors</remarks>
public static class Safetensors
{
    /// <summary>A header above this is refused before it is read; the format's own limit.</summary>
    public const int LargestHeader = 100_000_000;

    /// <summary>The canonical bytes of <paramref name="tensors"/>: equal sets give equal bytes.</summary>
    public static byte[] Encode(TensorSet tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        return Write(
            SafetensorsHeader.Layout(tensors.Select(t => t.Value.At(t.Key))),
            (e, to) => tensors[e.Name].Bytes.Span.CopyTo(to)
        );
    }

    /// <summary>A set whose numbers are written once, straight into the canonical encoding: nothing is copied when it is sent or saved.</summary>
    /// <param name="places">Names, types and shapes, in any order.</param>
    /// <param name="fill">Writes every byte of the tensor of this name; what it gets is not cleared.</param>
    /// <exception cref="ArgumentException">A name twice, or a negative dimension.</exception>
    public static TensorSet Fill(IEnumerable<TensorPlace> places, Action<TensorPlace, Span<byte>> fill)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(fill);
        var entries = SafetensorsHeader.Layout(places);
        var bytes = Write(entries, (e, to) => fill(new(e.Name, e.Type, e.Shape), to));
        return Slices(entries, bytes, bytes.Length - (int)PayloadOf(entries)).EncodedAs(bytes);
    }

    /// <summary>
    /// The tensors in these bytes; their data are slices of <paramref name="bytes"/>, not copies. Canonical bytes are kept as the set's
    /// encoding, so that what was received is not encoded again.
    /// </summary>
    /// <exception cref="InvalidDataException">Names what is wrong: length, header, dtype, shape, offsets, gaps.</exception>
    public static TensorSet Decode(ReadOnlyMemory<byte> bytes)
    {
        var (entries, start) = SafetensorsHeader.Read(bytes.Span);
        SafetensorsHeader.ThrowUnlessContiguous(entries, bytes.Length - start);
        var set = Slices(entries, bytes, start);
        // Data without gaps behind the canonical header are the canonical data.
        var canonical = SafetensorsHeader.Write(SafetensorsHeader.Layout(set.Select(t => t.Value.At(t.Key))));
        return bytes.Span[..start].SequenceEqual(canonical) ? set.EncodedAs(bytes) : set;
    }

    private static TensorSet Slices(ImmutableArray<SafetensorsEntry> entries, ReadOnlyMemory<byte> bytes, int start) =>
        TensorSet.Of(
            entries.Select(e => new KeyValuePair<string, TensorValue>(
                e.Name,
                new(e.Type, e.Shape, bytes.Slice(start + checked((int)e.Begin), checked((int)(e.End - e.Begin))))
            ))
        );

    private static long PayloadOf(ImmutableArray<SafetensorsEntry> entries) => entries.IsEmpty ? 0 : entries[^1].End;

    private static byte[] Write(ImmutableArray<SafetensorsEntry> entries, Action<SafetensorsEntry, Span<byte>> fill)
    {
        var header = SafetensorsHeader.Write(entries);
        // Every byte is written below: clearing megabytes first would cost as much as copying them.
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)(header.Length + PayloadOf(entries))));
        header.CopyTo(bytes.AsSpan());
        foreach (var entry in entries)
        {
            fill(entry, bytes.AsSpan(header.Length + (int)entry.Begin, (int)(entry.End - entry.Begin)));
        }

        return bytes;
    }
}
