using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor argwhere() => Native.Make(Native.argwhere(Held, out var made), made);

        public Tensor broadcast_to(params long[] shape) =>
            Native.Make(Native.broadcast_to(Held, shape, shape.Length, out var made), made);

        public Tensor[] chunk(long chunks, long dim = 0) => Native.MakeList(Native.chunk(Held, chunks, dim, out var made), made);

        public Tensor diag(long diagonal = 0) => Native.Make(Native.diag(Held, diagonal, out var made), made);

        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) =>
            Native.Make(Native.diag_embed(Held, offset, dim1, dim2, out var made), made);

        public Tensor diagflat(long offset = 0) => Native.Make(Native.diagflat(Held, offset, out var made), made);

        public Tensor expand_as(Tensor other) => Native.Make(Native.expand_as(Held, other.Held, out var made), made);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) =>
            Native.Make(Native.flatten(Held, start_dim, end_dim, out var made), made);

        public Tensor flip(params long[] dims) => Native.Make(Native.flip(Held, dims, dims.Length, out var made), made);

        public Tensor gather(long dim, Tensor index) => Native.Make(Native.gather(Held, dim, index.Held, out var made), made);

        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) =>
            Native.Make(Native.index_add(Held, dim, index.Held, source.Held, alpha.Value, out var made), made);

        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            Native.Check(Native.index_add_(Held, dim, index.Held, source.Held, alpha.Value));
            return this;
        }

        public Tensor index_copy(long dim, Tensor index, Tensor source) =>
            Native.Make(Native.index_copy(Held, dim, index.Held, source.Held, out var made), made);

        public Tensor index_copy_(long dim, Tensor index, Tensor source)
        {
            Native.Check(Native.index_copy_(Held, dim, index.Held, source.Held));
            return this;
        }

        public Tensor index_fill(long dim, Tensor index, Scalar value) =>
            Native.Make(Native.index_fill(Held, dim, index.Held, value.Value, out var made), made);

        public Tensor index_fill_(long dim, Tensor index, Scalar value)
        {
            Native.Check(Native.index_fill_(Held, dim, index.Held, value.Value));
            return this;
        }

        public Tensor index_select(long dim, Tensor index) =>
            Native.Make(Native.index_select(Held, dim, index.Held, out var made), made);

        public Tensor narrow(long dim, long start, long length) =>
            Native.Make(Native.narrow(Held, dim, start, length, out var made), made);

        public Tensor nonzero() => Native.Make(Native.nonzero(Held, out var made), made);

        public Tensor permute(params long[] permutation) =>
            Native.Make(Native.permute(Held, permutation, permutation.Length, out var made), made);

        public Tensor repeat(params long[] sizes) => Native.Make(Native.repeat(Held, sizes, sizes.Length, out var made), made);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Native.Make(
                Native.repeat_interleave_tensor(Held, repeats.Held, dim ?? Native.None, output_size ?? Native.None, out var made),
                made
            );

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Native.Make(
                Native.repeat_interleave(Held, repeats, dim ?? Native.None, output_size ?? Native.None, out var made),
                made
            );

        public Tensor reshape(params long[] shape) => Native.Make(Native.reshape(Held, shape, shape.Length, out var made), made);

        public Tensor scatter(long dim, Tensor index, Tensor src) =>
            Native.Make(Native.scatter(Held, dim, index.Held, src.Held, out var made), made);

        public Tensor scatter_(long dim, Tensor index, Tensor src)
        {
            Native.Check(Native.scatter_(Held, dim, index.Held, src.Held));
            return this;
        }

        public Tensor scatter_add(long dim, Tensor index, Tensor src) =>
            Native.Make(Native.scatter_add(Held, dim, index.Held, src.Held, out var made), made);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src)
        {
            Native.Check(Native.scatter_add_(Held, dim, index.Held, src.Held));
            return this;
        }

        public Tensor select(long dim, long index) => Native.Make(Native.select(Held, dim, index, out var made), made);

        public Tensor select_scatter(Tensor src, long dim, long index) =>
            Native.Make(Native.select_scatter(Held, src.Held, dim, index, out var made), made);

        public Tensor slice(long dim, long start, long finish, long step) =>
            Native.Make(Native.slice(Held, dim, start, finish, step, out var made), made);

        public Tensor swapaxes(long dim0, long dim1) => Native.Make(Native.transpose(Held, dim0, dim1, out var made), made);

        public Tensor swapdims(long dim0, long dim1) => Native.Make(Native.transpose(Held, dim0, dim1, out var made), made);

        public Tensor t() => Native.Make(Native.t(Held, out var made), made);

        public Tensor take(Tensor index) => Native.Make(Native.take(Held, index.Held, out var made), made);

        public Tensor[] tensor_split(long size, long dim = 0) =>
            Native.MakeList(Native.tensor_split(Held, size, dim, out var made), made);

        public Tensor[] tensor_split(long[] sizes, long dim = 0) =>
            Native.MakeList(Native.tensor_split_at(Held, sizes, sizes.Length, dim, out var made), made);

        public Tensor tile(params long[] reps) => Native.Make(Native.tile(Held, reps, reps.Length, out var made), made);

        public Tensor transpose(long dim0, long dim1) => Native.Make(Native.transpose(Held, dim0, dim1, out var made), made);

        public Tensor transpose_(long dim0, long dim1)
        {
            Native.Check(Native.transpose_(Held, dim0, dim1));
            return this;
        }

        public Tensor tril(long diagonal = 0) => Native.Make(Native.tril(Held, diagonal, out var made), made);

        public Tensor triu(long diagonal = 0) => Native.Make(Native.triu(Held, diagonal, out var made), made);

        public Tensor[] unbind(long dimension = 0) => Native.MakeList(Native.unbind(Held, dimension, out var made), made);

        public Tensor unflatten(long dim, params long[] sizes) =>
            Native.Make(Native.unflatten(Held, dim, sizes, sizes.Length, out var made), made);

        public Tensor unfold(long dimension, long size, long step) =>
            Native.Make(Native.unfold(Held, dimension, size, step, out var made), made);

        public Tensor unsqueeze(long dim) => Native.Make(Native.unsqueeze(Held, dim, out var made), made);

        public Tensor unsqueeze_(long dim)
        {
            Native.Check(Native.unsqueeze_(Held, dim));
            return this;
        }

        public Tensor view(params long[] shape) => Native.Make(Native.view(Held, shape, shape.Length, out var made), made);

        public Tensor view_as(Tensor other) => Native.Make(Native.view_as(Held, other.Held, out var made), made);
    }
}
