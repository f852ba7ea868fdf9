using System.Runtime.InteropServices;
using ActorFed.Training.Encoding;
using ActorFed.Training.Lora;
using ActorFed.Training.Models;

namespace ActorFed.Training.Methods;

/// <summary>Rank-1 components on their way to the server: as they are, or their change in blocks of 8 or 4 bits (HAFLQ).</summary>
/// <remarks>
/// What is quantised is the change since the components were sent out: it is small and the server knows the rest. Each row of A and each
/// column of B has blocks of its own, so a component is as exact alone as beside others.
/// </remarks>
/// <param name="bits">32 for no quantisation, else 8 or 4.</param>
/// <param name="block">Numbers that share a scale.</param>
internal sealed class HaflUpload(int bits, int block)
{
    private const string Codes = ".codes";
    private const string Scales = ".scales";

    /// <summary>Bytes of so many components of a map.</summary>
    public long Bytes(LinearMap map, int components) =>
        bits == 32 ? (long)components * (map.In + map.Out) * sizeof(float) : components * (Row(map.In) + Row(map.Out));

    /// <summary>The factors of the chosen components as they are sent.</summary>
    /// <param name="map">The map.</param>
    /// <param name="before">A and B of these components as they were sent out.</param>
    /// <param name="after">A and B as trained.</param>
    public IEnumerable<KeyValuePair<string, TensorValue>> Pack(string map, TensorSet before, TensorSet after)
    {
        var (a, b) = (LoraNames.A(map), LoraNames.B(map));
        return bits == 32
            ? [new(a, after[a]), new(b, after[b])]
            : [.. Encoded(a, Change(before[a], after[a])), .. Encoded(b, Transposed(Change(before[b], after[b])))];
    }

    /// <summary>The factors that were sent, whole.</summary>
    /// <param name="map">The map.</param>
    /// <param name="before">A and B of these components as they were sent out.</param>
    /// <param name="upload">What came.</param>
    /// <exception cref="ArgumentException">Codes or scales that do not fit.</exception>
    public IEnumerable<KeyValuePair<string, TensorValue>> Unpack(LinearMap map, TensorSet before, TensorSet upload)
    {
        var (a, b) = (LoraNames.A(map.Name), LoraNames.B(map.Name));
        var count = (int)before[a].Shape[0];
        return bits == 32
            ? [new(a, upload[a]), new(b, upload[b])]
            :
            [
                new(a, Sum(before[a], Decoded(a, upload, count, map.In))),
                new(b, Sum(before[b], Transposed(Decoded(b, upload, count, map.Out)))),
            ];
    }

    private long Row(int width) => BlockQuantiser.CodeBytes(width, bits) + (sizeof(float) * BlockQuantiser.Blocks(width, block));

    private KeyValuePair<string, TensorValue>[] Encoded(string name, TensorValue rows)
    {
        var (count, width) = ((int)rows.Shape[0], (int)rows.Shape[1]);
        var (bytes, blocks) = (BlockQuantiser.CodeBytes(width, bits), BlockQuantiser.Blocks(width, block));
        var (codes, scales) = (new byte[count * bytes], new float[count * blocks]);
        for (var i = 0; i < count; i++)
        {
            BlockQuantiser.Encode(
                rows.Floats.Slice(i * width, width),
                bits,
                block,
                codes.AsSpan(i * bytes, bytes),
                scales.AsSpan(i * blocks, blocks)
            );
        }

        return
        [
            new(name + Codes, new(ElementType.U8, [count, bytes], codes)),
            new(name + Scales, TensorValue.Of(scales, count, blocks)),
        ];
    }

    private TensorValue Decoded(string name, TensorSet upload, int count, int width)
    {
        var (bytes, blocks) = (BlockQuantiser.CodeBytes(width, bits), BlockQuantiser.Blocks(width, block));
        var (codes, scales) = (upload[name + Codes], upload[name + Scales]);
        if (codes.Type != ElementType.U8 || codes.Count != count * bytes || scales.Count != count * blocks)
        {
            throw new ArgumentException(
                $"{name}: codes {codes} and scales {scales}; {count} components of {width} numbers were asked for."
            );
        }

        var values = new float[count * width];
        for (var i = 0; i < count; i++)
        {
            BlockQuantiser.Decode(
                codes.Bytes.Span.Slice(i * bytes, bytes),
                scales.Floats.Slice(i * blocks, blocks),
                bits,
                block,
                values.AsSpan(i * width, width)
            );
        }

        return TensorValue.Of(values, count, width);
    }

    private static TensorValue Change(TensorValue before, TensorValue after)
    {
        var change = after.Floats.ToArray();
        System.Numerics.Tensors.TensorPrimitives.Subtract(change, before.Floats, change);
        return TensorValue.Of(change, before.Shape.AsSpan());
    }

    private static TensorValue Sum(TensorValue before, TensorValue change)
    {
        var sum = before.Floats.ToArray();
        System.Numerics.Tensors.TensorPrimitives.Add(sum, change.Floats, sum);
        return TensorValue.Of(sum, before.Shape.AsSpan());
    }

    private static TensorValue Transposed(TensorValue value)
    {
        var (rows, columns) = ((int)value.Shape[0], (int)value.Shape[1]);
        var turned = new float[rows * columns];
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                turned[(j * rows) + i] = value.Floats[(i * columns) + j];
            }
        }

        return TensorValue.Of(turned, columns, rows);
    }
}
