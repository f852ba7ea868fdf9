using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static unsafe partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.cat(many, held.Count, dim, out var made), made);
        }
    }

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concatenate(IList<Tensor> tensors, long axis = 0) => cat(tensors, axis);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.stack(many, held.Count, dim, out var made), made);
        }
    }

    public static Tensor hstack(IEnumerable<Tensor> tensors)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.hstack(many, held.Count, out var made), made);
        }
    }

    public static Tensor hstack(params Tensor[] tensors) => hstack((IEnumerable<Tensor>)tensors);

    public static Tensor vstack(IList<Tensor> tensors)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.vstack(many, held.Count, out var made), made);
        }
    }

    public static Tensor block_diag(params Tensor[] tensors)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.block_diag(many, held.Count, out var made), made);
        }
    }

    public static Tensor[] meshgrid(IEnumerable<Tensor> tensors, string indexing = "ij")
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.MakeList(Native.meshgrid(many, held.Count, indexing, out var list), list);
        }
    }

    public static Tensor einsum(string equation, params Tensor[] tensors)
    {
        using var held = new Handles(tensors);
        fixed (nint* many = held.Pointers)
        {
            return Native.Make(Native.einsum(equation, many, held.Count, out var made), made);
        }
    }

    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) =>
        tensor.split(split_size_or_sections, dim);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    public static Tensor[] where(Tensor condition) => Native.MakeList(Native.where_all(condition.Held, out var list), list);

    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) =>
        input.amax(dims, keepdim, @out);

    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) =>
        input.amin(dims, keepdim, @out);

    public static Tensor norm(Tensor input) => input.norm(2);

    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2) =>
        input.norm(dimension, keepdim, p);

    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        tensor.allclose(target, rtol, atol, equal_nan);
}
