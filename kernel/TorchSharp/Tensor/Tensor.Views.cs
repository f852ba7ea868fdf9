using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The matrix, turned: t().</summary>
        public Tensor T => t();

        public Tensor mT => Native.Make(Native.mT(Held, out var made), made);

        public Tensor squeeze(long? dim = null) =>
            dim is { } d
                ? Native.Make(Native.squeeze_dim(Held, d, out var made), made)
                : Native.Make(Native.squeeze(Held, out var all), all);

        public Tensor squeeze_(long? dim = null)
        {
            Native.Check(dim is { } d ? Native.squeeze_dim_(Held, d) : Native.squeeze_(Held));
            return this;
        }

        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Native.Make(Native.expand(Held, sizes, sizes.Length, Native.Int(isImplicit), out var made), made);

        public Tensor expand(long[] sizes, bool isImplicit = false) => expand(sizes.AsSpan(), isImplicit);

        public Tensor expand(params long[] sizes) => expand(sizes.AsSpan());

        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) =>
            Native.Make(Native.as_strided(Held, size, size.Length, strides, strides.Length, storageOffset, out var made), made);

        public Tensor movedim(long[] source, long[] destination) =>
            Native.Make(Native.movedim(Held, source, source.Length, destination, destination.Length, out var made), made);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor roll(long[] shifts, long[] dims) =>
            Native.Make(Native.roll(Held, shifts, shifts.Length, dims, dims.Length, out var made), made);

        public Tensor roll(long shifts, long? dims = null) => roll([shifts], dims is { } d ? [d] : []);

        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Native.Make(Native.diff(Held, n, dim, Native.H(prepend), Native.H(append), out var made), made);

        public Tensor take_along_dim(Tensor indices) =>
            Native.Make(Native.take_along_dim(Held, indices.Held, Native.None, out var made), made);

        public Tensor take_along_dim(Tensor indices, long dim) =>
            Native.Make(Native.take_along_dim(Held, indices.Held, dim, out var made), made);

        public Tensor[] split(long size, int dim = 0) => Native.MakeList(Native.split(Held, size, dim, out var list), list);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) =>
            Native.MakeList(Native.split_sizes(Held, sizes, sizes.Length, dim, out var list), list);

        public Tensor[] split(long[] sizes, long dim = 0) => split(sizes.AsSpan(), dim);
    }
}
