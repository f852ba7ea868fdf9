using ActorFed.Kernel.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static unsafe class linalg
    {
        public enum QRMode
        {
            Reduced,
            Complete,
            R,
        }

        public static (Tensor, Tensor) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Native.Make(Native.linalg_qr(input.Held, mode.ToString().ToLowerInvariant(), out var q, out var r), q, r);

        /// <summary>input = U diag(S) Vh. S falls; the third result is Vh, not V.</summary>
        public static (Tensor, Tensor, Tensor) svd(Tensor input, bool fullMatrices = true) =>
            Native.Make(Native.linalg_svd(input.Held, Native.Int(fullMatrices), out var u, out var s, out var vh), u, s, vh);

        public static Tensor svdvals(Tensor input) => Native.Make(Native.linalg_svdvals(input.Held, out var made), made);

        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') =>
            Native.Make(Native.linalg_eigh(input.Held, UPLO.ToString(), out var values, out var vectors), values, vectors);

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') =>
            Native.Make(Native.linalg_eigvalsh(input.Held, UPLO.ToString(), out var made), made);

        public static Tensor cholesky(Tensor input) => Native.Make(Native.linalg_cholesky(input.Held, out var made), made);

        public static Tensor inv(Tensor input) => Native.Make(Native.linalg_inv(input.Held, out var made), made);

        public static Tensor det(Tensor input) => Native.Make(Native.linalg_det(input.Held, out var made), made);

        public static (Tensor, Tensor) slogdet(Tensor input) =>
            Native.Make(Native.linalg_slogdet(input.Held, out var sign, out var log), sign, log);

        public static Tensor matrix_exp(Tensor input) => Native.Make(Native.linalg_matrix_exp(input.Held, out var made), made);

        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) =>
            Native.Make(Native.linalg_diagonal(input.Held, offset, dim1, dim2, out var made), made);

        public static Tensor multi_dot(IList<Tensor> tensors)
        {
            using var held = new Handles(tensors);
            fixed (nint* many = held.Pointers)
            {
                return Native.Make(Native.linalg_multi_dot(many, held.Count, out var made), made);
            }
        }

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false)
        {
            double a = atol ?? 0,
                r = rtol ?? 0;
            return Native.Make(
                Native.linalg_pinv(
                    input.Held,
                    atol is null ? null : &a,
                    rtol is null ? null : &r,
                    Native.Int(hermitian),
                    out var made
                ),
                made
            );
        }

        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false)
        {
            double a = atol ?? 0,
                r = rtol ?? 0;
            return Native.Make(
                Native.linalg_matrix_rank(
                    input.Held,
                    atol is null ? null : &a,
                    rtol is null ? null : &r,
                    Native.Int(hermitian),
                    out var made
                ),
                made
            );
        }

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Native.Make(
                Native.linalg_norm_named(input.Held, ord, dims, dims?.Length ?? 0, Native.Int(keepdim), out var made),
                made
            );

        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Native.Make(Native.linalg_norm(input.Held, &ord, dims, dims?.Length ?? 0, Native.Int(keepdim), out var made), made);

        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            norm(input, (double)ord, dims, keepdim);

        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            Native.Make(Native.linalg_norm(input.Held, null, dims, dims?.Length ?? 0, Native.Int(keepdim), out var made), made);
    }
}
