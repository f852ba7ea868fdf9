// Written by native/imports.py from native/linear.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_matmul")]
    internal static partial int matmul(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mm")]
    internal static partial int mm(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bmm")]
    internal static partial int bmm(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mv")]
    internal static partial int mv(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_dot")]
    internal static partial int dot(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_vdot")]
    internal static partial int vdot(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_inner")]
    internal static partial int inner(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_outer")]
    internal static partial int outer(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_kron")]
    internal static partial int kron(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_addmm")]
    internal static partial int addmm(
        TensorHandle a,
        TensorHandle b,
        TensorHandle c,
        double beta,
        double alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_addmm_")]
    internal static partial int addmm_(TensorHandle a, TensorHandle b, TensorHandle c, double beta, double alpha);

    [LibraryImport(Library, EntryPoint = "af_addmv")]
    internal static partial int addmv(
        TensorHandle a,
        TensorHandle b,
        TensorHandle c,
        double beta,
        double alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_addmv_")]
    internal static partial int addmv_(TensorHandle a, TensorHandle b, TensorHandle c, double beta, double alpha);

    [LibraryImport(Library, EntryPoint = "af_addr")]
    internal static partial int addr(
        TensorHandle a,
        TensorHandle b,
        TensorHandle c,
        double beta,
        double alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_addr_")]
    internal static partial int addr_(TensorHandle a, TensorHandle b, TensorHandle c, double beta, double alpha);

    [LibraryImport(Library, EntryPoint = "af_addbmm")]
    internal static partial int addbmm(
        TensorHandle a,
        TensorHandle b,
        TensorHandle c,
        double beta,
        double alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_addbmm_")]
    internal static partial int addbmm_(TensorHandle a, TensorHandle b, TensorHandle c, double beta, double alpha);

    [LibraryImport(Library, EntryPoint = "af_baddbmm")]
    internal static partial int baddbmm(
        TensorHandle a,
        TensorHandle b,
        TensorHandle c,
        double beta,
        double alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_einsum", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int einsum(string equation, nint* many, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_tensordot")]
    internal static partial int tensordot(
        TensorHandle a,
        TensorHandle b,
        ReadOnlySpan<long> dims1,
        int n,
        ReadOnlySpan<long> dims2,
        int m,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_matrix_power")]
    internal static partial int matrix_power(TensorHandle a, long power, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_qr", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int linalg_qr(TensorHandle a, string mode, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_linalg_svd")]
    internal static partial int linalg_svd(
        TensorHandle a,
        int full_matrices,
        out TensorHandle @out,
        out TensorHandle out2,
        out TensorHandle out3
    );

    [LibraryImport(Library, EntryPoint = "af_linalg_svdvals")]
    internal static partial int linalg_svdvals(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_eigh", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int linalg_eigh(TensorHandle a, string uplo, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_linalg_eigvalsh", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int linalg_eigvalsh(TensorHandle a, string uplo, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_cholesky")]
    internal static partial int linalg_cholesky(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_inv")]
    internal static partial int linalg_inv(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_det")]
    internal static partial int linalg_det(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_slogdet")]
    internal static partial int linalg_slogdet(TensorHandle a, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_linalg_solve")]
    internal static partial int linalg_solve(TensorHandle a, TensorHandle b, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_lstsq")]
    internal static partial int linalg_lstsq(TensorHandle a, TensorHandle b, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_linalg_pinv")]
    internal static partial int linalg_pinv(TensorHandle a, double* atol, double* rtol, int hermitian, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_matrix_rank")]
    internal static partial int linalg_matrix_rank(
        TensorHandle a,
        double* atol,
        double* rtol,
        int hermitian,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_linalg_norm")]
    internal static partial int linalg_norm(
        TensorHandle a,
        double* ord,
        ReadOnlySpan<long> dims,
        int n,
        int keepdim,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_linalg_norm_named", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int linalg_norm_named(
        TensorHandle a,
        string ord,
        ReadOnlySpan<long> dims,
        int n,
        int keepdim,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_linalg_matrix_exp")]
    internal static partial int linalg_matrix_exp(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_multi_dot")]
    internal static partial int linalg_multi_dot(nint* many, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_linalg_diagonal")]
    internal static partial int linalg_diagonal(TensorHandle a, long offset, long dim1, long dim2, out TensorHandle @out);
}
