using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ActorFed.Training.Encoding;

/// <summary>A vector of float32 in 16, 8 or 4 bits a number, as tensors beside the name it belongs to.</summary>
/// <param name="bits">16: IEEE half; 8 and 4: <see cref="BlockQuantiser"/>.</param>
/// <param name="block">Numbers that share a scale.</param>
internal sealed class ChangeCode(int bits, int block)
{
    private const string Halves = ".halves";
    private const string Codes = ".codes";
    private const string Scales = ".scales";

    /// <summary>The code of this name; null for float32.</summary>
    public static ChangeCode? Of(string name, int block) =>
        name switch
        {
            "float16" => new(16, block),
            "int8" => new(8, block),
            "int4" => new(4, block),
            _ => null,
        };

    /// <summary>Whether a tensor's name is one that <see cref="Encode"/> gives.</summary>
    public static bool IsCode(string name) =>
        new[] { Halves, Codes, Scales }.Any(s => name.EndsWith(s, StringComparison.Ordinal));

    /// <summary>The name that it was given for.</summary>
    public static string Trained(string code) => code[..code.LastIndexOf('.')];

    /// <summary>Bytes of so many numbers.</summary>
    public long Bytes(int count) =>
        bits == 16
            ? (long)count * sizeof(ushort)
            : BlockQuantiser.CodeBytes(count, bits) + ((long)sizeof(float) * BlockQuantiser.Blocks(count, block));

    /// <summary>The tensors that stand for these values.</summary>
    public IReadOnlyList<KeyValuePair<string, TensorValue>> Encode(string name, ReadOnlySpan<float> values)
    {
        if (bits == 16)
        {
            var halves = new Half[values.Length];
            TensorPrimitives.ConvertToHalf(values, halves);
            return [new(name + Halves, new(ElementType.F16, [values.Length], MemoryMarshal.AsBytes(halves.AsSpan()).ToArray()))];
        }

        var codes = new byte[BlockQuantiser.CodeBytes(values.Length, bits)];
        var scales = new float[BlockQuantiser.Blocks(values.Length, block)];
        BlockQuantiser.Encode(values, bits, block, codes, scales);
        return
        [
            new(name + Codes, new(ElementType.U8, [codes.Length], codes)),
            new(name + Scales, TensorValue.Of(scales, scales.Length)),
        ];
    }

    /// <summary>The values again.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="sent">Holds its codes.</param>
    /// <param name="count">How many there are.</param>
    /// <exception cref="ArgumentException">No codes of so many numbers are there.</exception>
    public float[] Decode(string name, TensorSet sent, long count)
    {
        var values = new float[count];
        if (bits == 16)
        {
            var halves = Part(sent, name + Halves, ElementType.F16, count);
            TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(halves.Bytes.Span), values);
            return values;
        }

        var codes = Part(sent, name + Codes, ElementType.U8, BlockQuantiser.CodeBytes(values.Length, bits));
        var scales = Part(sent, name + Scales, ElementType.F32, BlockQuantiser.Blocks(values.Length, block));
        BlockQuantiser.Decode(codes.Bytes.Span, scales.Floats, bits, block, values);
        return values;
    }

    private static TensorValue Part(TensorSet sent, string name, ElementType type, long count) =>
        sent.TryGetValue(name, out var part) && part.Type == type && part.Count == count
            ? part
            : throw new ArgumentException(
                $"{name}: {count} numbers of {type} are expected, {part?.ToString() ?? "nothing"} came."
            );
}
