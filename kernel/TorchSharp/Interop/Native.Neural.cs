// Written by native/imports.py from native/neural.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_linear")]
    internal static partial int linear(TensorHandle a, TensorHandle weight, TensorHandle bias, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_bilinear")]
    internal static partial int bilinear(
        TensorHandle a,
        TensorHandle b,
        TensorHandle weight,
        TensorHandle bias,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_layer_norm")]
    internal static partial int layer_norm(
        TensorHandle a,
        ReadOnlySpan<long> shape,
        int n,
        TensorHandle weight,
        TensorHandle bias,
        double eps,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_group_norm")]
    internal static partial int group_norm(
        TensorHandle a,
        long groups,
        TensorHandle weight,
        TensorHandle bias,
        double eps,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_batch_norm")]
    internal static partial int batch_norm(
        TensorHandle a,
        TensorHandle weight,
        TensorHandle bias,
        TensorHandle mean,
        TensorHandle var,
        int training,
        double momentum,
        double eps,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_embedding")]
    internal static partial int embedding(
        TensorHandle weight,
        TensorHandle indices,
        long padding_idx,
        int scale_grad_by_freq,
        int sparse,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_dropout")]
    internal static partial int dropout(TensorHandle a, double p, int training, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_dropout_")]
    internal static partial int dropout_(TensorHandle a, double p, int training);

    [LibraryImport(Library, EntryPoint = "af_conv2d")]
    internal static partial int conv2d(
        TensorHandle a,
        TensorHandle weight,
        TensorHandle bias,
        ReadOnlySpan<long> strides,
        int n,
        ReadOnlySpan<long> padding,
        int m,
        ReadOnlySpan<long> dilation,
        int k,
        long groups,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_conv1d")]
    internal static partial int conv1d(
        TensorHandle a,
        TensorHandle weight,
        TensorHandle bias,
        long stride,
        long padding,
        long dilation,
        long groups,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_max_pool2d")]
    internal static partial int max_pool2d(
        TensorHandle a,
        ReadOnlySpan<long> kernel,
        int n,
        ReadOnlySpan<long> stride,
        int m,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_avg_pool2d")]
    internal static partial int avg_pool2d(
        TensorHandle a,
        ReadOnlySpan<long> kernel,
        int n,
        ReadOnlySpan<long> stride,
        int m,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_adaptive_avg_pool2d")]
    internal static partial int adaptive_avg_pool2d(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_constant_pad")]
    internal static partial int constant_pad(TensorHandle a, ReadOnlySpan<long> pad, int n, double value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_one_hot")]
    internal static partial int one_hot(TensorHandle a, long num_classes, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_glu")]
    internal static partial int glu(TensorHandle a, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mish")]
    internal static partial int mish(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cosine_similarity")]
    internal static partial int cosine_similarity(TensorHandle a, TensorHandle b, long dim, double eps, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_cross_entropy")]
    internal static partial int cross_entropy(
        TensorHandle a,
        TensorHandle target,
        TensorHandle weight,
        long ignore_index,
        int reduction,
        double smoothing,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_nll_loss")]
    internal static partial int nll_loss(
        TensorHandle a,
        TensorHandle target,
        TensorHandle weight,
        int reduction,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_mse_loss")]
    internal static partial int mse_loss(TensorHandle a, TensorHandle target, int reduction, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_l1_loss")]
    internal static partial int l1_loss(TensorHandle a, TensorHandle target, int reduction, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_smooth_l1_loss")]
    internal static partial int smooth_l1_loss(
        TensorHandle a,
        TensorHandle target,
        int reduction,
        double beta,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_huber_loss")]
    internal static partial int huber_loss(
        TensorHandle a,
        TensorHandle target,
        int reduction,
        double delta,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_kl_div")]
    internal static partial int kl_div(TensorHandle a, TensorHandle target, int reduction, int log_target, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_binary_cross_entropy")]
    internal static partial int binary_cross_entropy(
        TensorHandle a,
        TensorHandle target,
        TensorHandle weight,
        int reduction,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_binary_cross_entropy_with_logits")]
    internal static partial int binary_cross_entropy_with_logits(
        TensorHandle a,
        TensorHandle target,
        TensorHandle weight,
        TensorHandle pos_weight,
        int reduction,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_attention")]
    internal static partial int attention(
        TensorHandle q,
        TensorHandle k,
        TensorHandle v,
        TensorHandle mask,
        int causal,
        out TensorHandle @out
    );
}
