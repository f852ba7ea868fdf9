using System.Runtime.InteropServices;
using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    private static unsafe Tensor FromNumbers<T>(
        ReadOnlySpan<T> numbers,
        ReadOnlySpan<long> shape,
        ScalarType natural,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        string[]? names = null
    )
        where T : unmanaged
    {
        NoNames(names);
        var count = 1L;
        foreach (var length in shape)
        {
            count = checked(count * length);
        }
        if (count != numbers.Length)
        {
            throw new ArgumentException(
                $"{numbers.Length} numbers do not fill the shape [{string.Join(", ", shape.ToArray())}]."
            );
        }
        var convert = dtype is { } asked && asked != natural;
        var options = Opts.Of(natural, device, requires_grad && !convert);
        fixed (T* data = numbers)
        {
            var made = Native.Make(Native.from_bytes(data, shape, shape.Length, options, out var handle), handle);
            if (!convert)
            {
                return made;
            }
            using (made)
            {
                return made.type(dtype!.Value).requires_grad_(requires_grad);
            }
        }
    }

    private static Tensor FromArray<T>(
        Array array,
        ScalarType natural,
        ScalarType? dtype,
        Device? device,
        bool requires_grad,
        string[]? names
    )
        where T : unmanaged
    {
        var shape = Enumerable.Range(0, array.Rank).Select(array.GetLongLength).ToArray();
        var numbers =
            array.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref MemoryMarshal.AsRef<T>(Bytes<T>(array)), array.Length);
        return FromNumbers(numbers, shape, natural, dtype, device, requires_grad, names);
    }

    private static Span<byte> Bytes<T>(Array array)
        where T : unmanaged =>
        MemoryMarshal.CreateSpan(
            ref MemoryMarshal.GetArrayDataReference(array),
            array.Length * System.Runtime.CompilerServices.Unsafe.SizeOf<T>()
        );

    /// <summary>A tensor from an array of any rank.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, null, device);

    public static Tensor from_array(
        Array rawArray,
        ScalarType? dtype,
        Device? device = null,
        bool requires_grad = false,
        string[]? names = null
    ) =>
        rawArray switch
        {
            _ when rawArray.GetType().GetElementType() == typeof(float) => FromArray<float>(
                rawArray,
                float32,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(double) => FromArray<double>(
                rawArray,
                float64,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(long) => FromArray<long>(
                rawArray,
                int64,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(int) => FromArray<int>(
                rawArray,
                int32,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(short) => FromArray<short>(
                rawArray,
                int16,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(sbyte) => FromArray<sbyte>(
                rawArray,
                int8,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(byte) => FromArray<byte>(
                rawArray,
                uint8,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ when rawArray.GetType().GetElementType() == typeof(bool) => FromArray<bool>(
                rawArray,
                @bool,
                dtype,
                device,
                requires_grad,
                names
            ),
            _ => throw new ArgumentException($"No tensor can be made of {rawArray.GetType().Name}.", nameof(rawArray)),
        };

    private static void NoNames(string[]? names)
    {
        if (names is not null)
        {
            throw new NotSupportedException("Named dimensions are not covered: pass names as null.");
        }
    }
}
