using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
            Native.Make(Native.sum_dims(Held, dim, dim.Length, Native.Int(keepdim), Native.Type(type), out var made), made);

        public Tensor sum(ScalarType? type = null) => Native.Make(Native.sum(Held, Native.Type(type), out var made), made);

        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum(dim.AsSpan(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) =>
            sum((ReadOnlySpan<long>)[dim0, dim1], keepdim, type);

        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Native.Make(
                Native.mean_dims(Held, dimensions, dimensions.Length, Native.Int(keepdim), Native.Type(type), out var made),
                made
            );

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(
                Native.Make(
                    Native.var_dims(Held, dimensions, dimensions.Length, Native.Int(unbiased), Native.Int(keepdim), out var made),
                    made
                ),
                type
            );

        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            As(
                Native.Make(
                    Native.std_dims(Held, dimensions, dimensions.Length, Native.Int(unbiased), Native.Int(keepdim), out var made),
                    made
                ),
                type
            );

        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Native.Make(Native.amax(Held, dims, dims.Length, Native.Int(keepdim), out var made), made));

        public Tensor amax(params long[] dims) => amax(dims, keepdim: false);

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) =>
            Into(@out, Native.Make(Native.amin(Held, dims, dims.Length, Native.Int(keepdim), out var made), made));

        public Tensor amin(params long[] dims) => amin(dims, keepdim: false);

        public Tensor cumsum(long dim, ScalarType? type = null) =>
            Native.Make(Native.cumsum(Held, dim, Native.Type(type), out var made), made);

        public Tensor cumprod(long dim, ScalarType? type = null) =>
            Native.Make(Native.cumprod(Held, dim, Native.Type(type), out var made), made);

        public Tensor norm(float p = 2) => Native.Make(Native.norm(Held, p, out var made), made);

        public Tensor norm(int dim, bool keepdim = false, float p = 2) =>
            Native.Make(Native.norm_dim(Held, dim, Native.Int(keepdim), p, out var made), made);

        public (Tensor, Tensor, Tensor) unique(
            bool sorted = true,
            bool return_inverse = false,
            bool return_counts = false,
            int? dim = null
        ) =>
            dim is { } d
                ? Native.Make(
                    Native.unique_dim(
                        Held,
                        d,
                        Native.Int(sorted),
                        Native.Int(return_inverse),
                        Native.Int(return_counts),
                        out var a,
                        out var b,
                        out var c
                    ),
                    a,
                    b,
                    c
                )
                : Native.Make(
                    Native.unique(
                        Held,
                        Native.Int(sorted),
                        Native.Int(return_inverse),
                        Native.Int(return_counts),
                        out var x,
                        out var y,
                        out var z
                    ),
                    x,
                    y,
                    z
                );

        private static Tensor As(Tensor made, ScalarType? type)
        {
            if (type is not { } asked || asked == made.dtype)
            {
                return made;
            }
            using (made)
            {
                return made.type(asked);
            }
        }

        private static Tensor Into(Tensor? @out, Tensor made)
        {
            if (@out is null)
            {
                return made;
            }
            using (made)
            {
                return @out.copy_(made);
            }
        }
    }
}
