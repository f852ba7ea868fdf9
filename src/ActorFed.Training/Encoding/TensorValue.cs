using System.Collections.Immutable;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace ActorFed.Training.Encoding;

/// <summary>Element types that a <see cref="TensorValue"/> may have; the names are those of safetensors.</summary>
public enum ElementType
{
    /// <summary>32-bit IEEE float.</summary>
    F32 = 1,

    /// <summary>64-bit IEEE float.</summary>
    F64 = 2,

    /// <summary>16-bit IEEE float.</summary>
    F16 = 3,

    /// <summary>The upper half of a 32-bit float.</summary>
    BF16 = 4,

    /// <summary>Unsigned byte: quantised values.</summary>
    U8 = 5,

    /// <summary>Signed byte.</summary>
    I8 = 6,

    /// <summary>32-bit integer: indices.</summary>
    I32 = 7,

    /// <summary>64-bit integer.</summary>
    I64 = 8,
}

/// <summary>Shape, element type and the row-major, little-endian bytes of one tensor. Immutable: nobody writes into its bytes.</summary>
/// <remarks>A plain value of managed memory: it knows no device and no autograd. Torch tensors are made from it and give it back.</remarks>
public sealed class TensorValue
{
    /// <exception cref="ArgumentException">A negative dimension, or a length of bytes that the shape does not have.</exception>
    public TensorValue(ElementType type, ImmutableArray<long> shape, ReadOnlyMemory<byte> bytes)
    {
        (Type, Shape, Bytes) = (type, shape, bytes);
        Count = BytesOf(type, shape) / SizeOf(type);
        if (bytes.Length != Count * SizeOf(type))
        {
            throw new ArgumentException(
                $"Shape [{string.Join(", ", shape)}] of {type} takes {Count * SizeOf(type)} bytes, {bytes.Length} were given.",
                nameof(bytes)
            );
        }
    }

    /// <summary>Type of each element.</summary>
    public ElementType Type { get; }

    /// <summary>Dimensions, outermost first; empty for a scalar.</summary>
    public ImmutableArray<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>Row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The elements as floats, without a copy.</summary>
    /// <exception cref="InvalidOperationException">The element type is not F32.</exception>
    public ReadOnlySpan<float> Floats =>
        Type == ElementType.F32
            ? MemoryMarshal.Cast<byte, float>(Bytes.Span)
            : throw new InvalidOperationException($"A tensor of {Type} was read as F32.");

    /// <summary>No NaN and no infinity among the values; whole numbers are finite.</summary>
    public bool IsFinite =>
        Type switch
        {
            ElementType.F32 => TensorPrimitives.IsFiniteAll(Floats),
            ElementType.F64 => TensorPrimitives.IsFiniteAll(MemoryMarshal.Cast<byte, double>(Bytes.Span)),
            ElementType.F16 => AreFinite(MemoryMarshal.Cast<byte, Half>(Bytes.Span)),
            ElementType.BF16 => AreFinite(MemoryMarshal.Cast<byte, ushort>(Bytes.Span)),
            _ => true,
        };

    /// <summary>A float32 tensor over a copy of <paramref name="values"/>.</summary>
    public static TensorValue Of(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        // Overwritten at once: clearing megabytes first would cost as much as copying them.
        var bytes = GC.AllocateUninitializedArray<byte>(checked(values.Length * sizeof(float)));
        MemoryMarshal.AsBytes(values).CopyTo(bytes);
        return new(ElementType.F32, [.. shape], bytes);
    }

    /// <summary>An int32 vector: counts, places, numbers of rounds.</summary>
    internal static TensorValue Wholes(params ReadOnlySpan<int> values) =>
        new(ElementType.I32, [values.Length], MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>A float32 tensor of zeros.</summary>
    public static TensorValue Zeros(params ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var d in shape)
        {
            count = checked(count * d);
        }

        return new(ElementType.F32, [.. shape], new byte[count * sizeof(float)]);
    }

    /// <summary>Its name, type and shape.</summary>
    public TensorPlace At(string name) => new(name, Type, Shape);

    /// <summary>Bytes that a tensor of this type and shape takes.</summary>
    /// <exception cref="ArgumentException">A negative dimension.</exception>
    internal static long BytesOf(ElementType type, ImmutableArray<long> shape) =>
        shape.Any(d => d < 0)
            ? throw new ArgumentException($"Shape [{string.Join(", ", shape)}] has a negative dimension.", nameof(shape))
            : shape.Aggregate((long)SizeOf(type), (product, d) => checked(product * d));

    /// <summary>Bytes that one element takes.</summary>
    public static int SizeOf(ElementType type) =>
        type switch
        {
            ElementType.F64 or ElementType.I64 => 8,
            ElementType.F32 or ElementType.I32 => 4,
            ElementType.F16 or ElementType.BF16 => 2,
            ElementType.U8 or ElementType.I8 => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
        };

    /// <inheritdoc />
    public override string ToString() => $"{Type}[{string.Join(", ", Shape)}]";

    private static bool AreFinite(ReadOnlySpan<Half> values)
    {
        foreach (var value in values)
        {
            if (!Half.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

    // bfloat16: 8 bits of exponent behind the sign; all ones is infinity or NaN.
    private static bool AreFinite(ReadOnlySpan<ushort> values)
    {
        foreach (var value in values)
        {
            if ((value & 0x7F80) == 0x7F80)
            {
                return false;
            }
        }

        return true;
    }
}
