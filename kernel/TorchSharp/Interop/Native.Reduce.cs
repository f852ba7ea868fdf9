// Written by native/imports.py from native/reduce.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_sum")]
    internal static partial int sum(TensorHandle a, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sum_dims")]
    internal static partial int sum_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int keepdim,
        int dtype,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_nansum")]
    internal static partial int nansum(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mean")]
    internal static partial int mean(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mean_dims")]
    internal static partial int mean_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int keepdim,
        int dtype,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_prod")]
    internal static partial int prod(TensorHandle a, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_var")]
    internal static partial int var(TensorHandle a, int unbiased, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_std")]
    internal static partial int std(TensorHandle a, int unbiased, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_var_dims")]
    internal static partial int var_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int unbiased,
        int keepdim,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_std_dims")]
    internal static partial int std_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int unbiased,
        int keepdim,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_var_mean")]
    internal static partial int var_mean(TensorHandle a, int unbiased, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_std_mean")]
    internal static partial int std_mean(TensorHandle a, int unbiased, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_var_mean_dims")]
    internal static partial int var_mean_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int unbiased,
        int keepdim,
        out TensorHandle @out,
        out TensorHandle out2
    );

    [LibraryImport(Library, EntryPoint = "af_std_mean_dims")]
    internal static partial int std_mean_dims(
        TensorHandle a,
        ReadOnlySpan<long> dims,
        int n,
        int unbiased,
        int keepdim,
        out TensorHandle @out,
        out TensorHandle out2
    );

    [LibraryImport(Library, EntryPoint = "af_all")]
    internal static partial int all(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_any")]
    internal static partial int any(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_all_dim")]
    internal static partial int all_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_any_dim")]
    internal static partial int any_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_max")]
    internal static partial int max(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_min")]
    internal static partial int min(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_max_dim")]
    internal static partial int max_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_min_dim")]
    internal static partial int min_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_amax")]
    internal static partial int amax(TensorHandle a, ReadOnlySpan<long> dims, int n, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_amin")]
    internal static partial int amin(TensorHandle a, ReadOnlySpan<long> dims, int n, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argmax")]
    internal static partial int argmax(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argmin")]
    internal static partial int argmin(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argmax_dim")]
    internal static partial int argmax_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argmin_dim")]
    internal static partial int argmin_dim(TensorHandle a, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argsort")]
    internal static partial int argsort(TensorHandle a, long dim, int descending, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_sort")]
    internal static partial int sort(
        TensorHandle a,
        long dim,
        int descending,
        int stable,
        out TensorHandle @out,
        out TensorHandle out2
    );

    [LibraryImport(Library, EntryPoint = "af_topk")]
    internal static partial int topk(
        TensorHandle a,
        long k,
        long dim,
        int largest,
        int sorted,
        out TensorHandle @out,
        out TensorHandle out2
    );

    [LibraryImport(Library, EntryPoint = "af_kthvalue")]
    internal static partial int kthvalue(
        TensorHandle a,
        long k,
        long dim,
        int keepdim,
        out TensorHandle @out,
        out TensorHandle out2
    );

    [LibraryImport(Library, EntryPoint = "af_median")]
    internal static partial int median(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mode")]
    internal static partial int mode(TensorHandle a, long dim, int keepdim, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_quantile")]
    internal static partial int quantile(TensorHandle a, TensorHandle q, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cumsum")]
    internal static partial int cumsum(TensorHandle a, long dim, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cumprod")]
    internal static partial int cumprod(TensorHandle a, long dim, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cummax")]
    internal static partial int cummax(TensorHandle a, long dim, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_cummin")]
    internal static partial int cummin(TensorHandle a, long dim, out TensorHandle @out, out TensorHandle out2);

    [LibraryImport(Library, EntryPoint = "af_logsumexp")]
    internal static partial int logsumexp(TensorHandle a, long dim, int keepdim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_logcumsumexp")]
    internal static partial int logcumsumexp(TensorHandle a, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_softmax")]
    internal static partial int softmax(TensorHandle a, long dim, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_log_softmax")]
    internal static partial int log_softmax(TensorHandle a, long dim, int dtype, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_norm")]
    internal static partial int norm(TensorHandle a, double p, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_norm_dim")]
    internal static partial int norm_dim(TensorHandle a, long dim, int keepdim, double p, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_dist")]
    internal static partial int dist(TensorHandle a, TensorHandle b, double p, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_renorm")]
    internal static partial int renorm(TensorHandle a, double p, long dim, double maxnorm, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cdist")]
    internal static partial int cdist(TensorHandle a, TensorHandle b, double p, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_count_nonzero")]
    internal static partial int count_nonzero(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bincount")]
    internal static partial int bincount(TensorHandle a, TensorHandle weights, long minlength, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_histc")]
    internal static partial int histc(TensorHandle a, long bins, long min, long max, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_trace")]
    internal static partial int trace(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_unique")]
    internal static partial int unique(
        TensorHandle a,
        int sorted,
        int inverse,
        int counts,
        out TensorHandle @out,
        out TensorHandle out2,
        out TensorHandle out3
    );

    [LibraryImport(Library, EntryPoint = "af_unique_dim")]
    internal static partial int unique_dim(
        TensorHandle a,
        long dim,
        int sorted,
        int inverse,
        int counts,
        out TensorHandle @out,
        out TensorHandle out2,
        out TensorHandle out3
    );

    [LibraryImport(Library, EntryPoint = "af_bucketize")]
    internal static partial int bucketize(
        TensorHandle a,
        TensorHandle boundaries,
        int out_int32,
        int right,
        out TensorHandle @out
    );
}
