using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

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
        var header = Header(tensors);
        var bytes = new byte[checked((int)(8 + header.Length + tensors.PayloadBytes))];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, header.Length);
        header.CopyTo(bytes.AsSpan(8));
        var at = 8 + header.Length;
        foreach (var tensor in tensors.Values)
        {
            tensor.Bytes.Span.CopyTo(bytes.AsSpan(at));
            at += tensor.Bytes.Length;
        }

        return bytes;
    }

    /// <summary>The tensors in these bytes; their data are slices of <paramref name="bytes"/>, not copies.</summary>
    /// <exception cref="InvalidDataException">Names what is wrong: length, header, dtype, shape, offsets, gaps.</exception>
    public static TensorSet Decode(ReadOnlyMemory<byte> bytes)
    {
        var (entries, start) = SafetensorsHeader.Read(bytes.Span);
        SafetensorsHeader.ThrowUnlessContiguous(entries, bytes.Length - start);
        return TensorSet.Of(
            entries.Select(e => new KeyValuePair<string, TensorValue>(
                e.Name,
                new(e.Type, e.Shape, bytes.Slice(start + checked((int)e.Begin), checked((int)(e.End - e.Begin))))
            ))
        );
    }

    private static byte[] Header(TensorSet tensors)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteEntries(json, tensors);
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteEntries(Utf8JsonWriter json, TensorSet tensors)
    {
        var at = 0L;
        json.WriteStartObject();
        foreach (var (name, tensor) in tensors)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", tensor.Type.ToString());
            json.WriteStartArray("shape");
            foreach (var d in tensor.Shape)
            {
                json.WriteNumberValue(d);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(at);
            json.WriteNumberValue(at += tensor.Bytes.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
