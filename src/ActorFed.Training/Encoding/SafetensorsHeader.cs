using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;

namespace ActorFed.Training.Encoding;

/// <summary>One tensor's place in a safetensors file: offsets are bytes from the start of the data.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, ImmutableArray<long> Shape, long Begin, long End);

/// <summary>Reads and writes the header of a safetensors file; hostile bytes get an <see cref="InvalidDataException"/>, never anything else.</summary>
internal static class SafetensorsHeader
{
    /// <summary>The entries in the order of their data, and where the data start.</summary>
    public static (ImmutableArray<SafetensorsEntry> Entries, int Start) Read(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(bytes);
        if (length < 2 || length > Math.Min(bytes.Length - 8, Safetensors.LargestHeader))
        {
            throw new InvalidDataException(
                $"Safetensors: the header says it has {length} bytes, in a file of {bytes.Length}: truncated, or another format."
            );
        }

        return (Parse(bytes.Slice(8, (int)length)), 8 + (int)length);
    }

    /// <summary>Data must fill the file without a gap, an overlap or a rest.</summary>
    public static void ThrowUnlessContiguous(ImmutableArray<SafetensorsEntry> entries, long dataLength)
    {
        var at = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
            {
                throw new InvalidDataException(
                    $"Safetensors: tensor '{entry.Name}' begins at byte {entry.Begin}, {at} was expected."
                );
            }

            at = entry.End;
        }

        if (at != dataLength)
        {
            throw new InvalidDataException($"Safetensors: the header describes {at} bytes of data, the file has {dataLength}.");
        }
    }

    /// <summary>Canonical places: names in ordinal order, data in the same order without gaps.</summary>
    /// <exception cref="ArgumentException">A name twice, or a negative dimension.</exception>
    public static ImmutableArray<SafetensorsEntry> Layout(IEnumerable<TensorPlace> places)
    {
        var sorted = places.OrderBy(p => p.Name, StringComparer.Ordinal).ToArray();
        var entries = ImmutableArray.CreateBuilder<SafetensorsEntry>(sorted.Length);
        var at = 0L;
        foreach (var (name, type, shape) in sorted)
        {
            if (entries.Count > 0 && entries[^1].Name == name)
            {
                throw new ArgumentException($"Two tensors have the name '{name}'.");
            }

            var end = checked(at + TensorValue.BytesOf(type, shape));
            entries.Add(new(name, type, shape, at, end));
            at = end;
        }

        return entries.MoveToImmutable();
    }

    /// <summary>The header with its length before it, padded to a multiple of 8.</summary>
    public static byte[] Write(ImmutableArray<SafetensorsEntry> entries)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[sizeof(long)]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            WriteEntries(json, entries);
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        var header = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - sizeof(long));
        return header;
    }

    private static void WriteEntries(Utf8JsonWriter json, ImmutableArray<SafetensorsEntry> entries)
    {
        json.WriteStartObject();
        foreach (var entry in entries)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", entry.Type.ToString());
            json.WriteStartArray("shape");
            foreach (var d in entry.Shape)
            {
                json.WriteNumberValue(d);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(entry.Begin);
            json.WriteNumberValue(entry.End);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static ImmutableArray<SafetensorsEntry> Parse(ReadOnlySpan<byte> header)
    {
        try
        {
            using var document = JsonDocument.Parse(header.ToArray());
            return
            [
                .. document
                    .RootElement.EnumerateObject()
                    .Where(p => p.Name != "__metadata__")
                    .Select(Entry)
                    .OrderBy(e => e.Begin)
                    .ThenBy(e => e.End),
            ];
        }
        catch (Exception e)
            when (e
                    is JsonException
                        or InvalidOperationException
                        or KeyNotFoundException
                        or FormatException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            throw new InvalidDataException($"Safetensors: the header cannot be read: {e.Message}", e);
        }
    }

    private static SafetensorsEntry Entry(JsonProperty property)
    {
        var dtype = property.Value.GetProperty("dtype").GetString();
        if (!Enum.TryParse<ElementType>(dtype, out var type) || !Enum.GetNames<ElementType>().Contains(dtype))
        {
            throw new InvalidDataException(
                $"Safetensors: tensor '{property.Name}' has the dtype '{dtype}', which is not supported."
            );
        }

        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToImmutableArray();
        var offsets = property.Value.GetProperty("data_offsets");
        var (begin, end) = (offsets[0].GetInt64(), offsets[1].GetInt64());
        var expected = shape.Aggregate((long)TensorValue.SizeOf(type), (product, d) => checked(product * d));
        if (shape.Any(d => d < 0) || begin < 0 || end < begin || end - begin != expected)
        {
            throw new InvalidDataException(
                $"Safetensors: tensor '{property.Name}' of {type}[{string.Join(", ", shape)}] takes {expected} bytes, its offsets are {begin} to {end}."
            );
        }

        return new(property.Name, type, shape, begin, end);
    }
}
