using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>Typed sight of a tensor's numbers in row-major order.</summary>
public sealed class TensorAccessor<T> : IEnumerable<T>
    where T : unmanaged
{
    private readonly Tensor _tensor;
    private readonly long[] _shape;
    private readonly long[] _stride;

    internal TensorAccessor(Tensor tensor) => (_tensor, _shape, _stride) = (tensor, tensor.shape, tensor.stride());

    public long Count => _tensor.NumberOfElements;

    public T[] ToArray() => _tensor.Copy<T>();

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var all = ToArray();
        all.AsSpan((int)tensorIndex).CopyTo(array.AsSpan(arrayIndex));
    }

    /// <summary>One number of a CPU tensor; a single index counts in row-major order.</summary>
    public T this[params long[] indices]
    {
        get => At(indices);
        set => At(indices) = value;
    }

    private unsafe ref T At(long[] indices)
    {
        ThrowUnlessOnCpu();
        ActorFed.Kernel.Torch.Native.Check(ActorFed.Kernel.Torch.Native.data_ptr(_tensor.Held, out var start));
        return ref ((T*)start)[Offset(indices.Length == 1 && _shape.Length != 1 ? Unravel(indices[0]) : indices)];
    }

    private void ThrowUnlessOnCpu()
    {
        if (!_tensor.is_cpu())
        {
            throw new InvalidOperationException($"Numbers on {_tensor.device} cannot be read one by one: call cpu() first.");
        }
    }

    private long[] Unravel(long flat)
    {
        ThrowUnless(flat >= 0 && flat < Count, flat, Count);
        var made = new long[_shape.Length];
        for (var d = _shape.Length - 1; d >= 0; d--)
        {
            (flat, made[d]) = Math.DivRem(flat, _shape[d]);
        }
        return made;
    }

    private long Offset(long[] indices)
    {
        if (indices.Length != _shape.Length)
        {
            throw new ArgumentException($"{indices.Length} indices given for a tensor of shape [{string.Join(", ", _shape)}].");
        }
        var offset = 0L;
        for (var d = 0; d < indices.Length; d++)
        {
            ThrowUnless(indices[d] >= 0 && indices[d] < _shape[d], indices[d], _shape[d]);
            offset += indices[d] * _stride[d];
        }
        return offset;
    }

    private static void ThrowUnless(bool inside, long index, long size)
    {
        if (!inside)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"The dimension has {size} elements.");
        }
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
