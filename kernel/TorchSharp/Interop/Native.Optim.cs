// Written by native/imports.py from native/optim.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_adam_step")]
    internal static partial int adam_step(
        nint* many,
        int n,
        nint* exp_avgs,
        nint* exp_avg_sqs,
        nint* max_sqs,
        ReadOnlySpan<long> steps,
        in AdamArgs o
    );

    [LibraryImport(Library, EntryPoint = "af_sgd_step")]
    internal static partial int sgd_step(
        nint* many,
        int n,
        nint* buffers,
        int* first,
        double lr,
        double momentum,
        double dampening,
        double weight_decay,
        int nesterov,
        int maximize
    );

    [LibraryImport(Library, EntryPoint = "af_clip_grad_norm")]
    internal static partial int clip_grad_norm(nint* many, int n, double max_norm, double norm_type, out double total);

    [LibraryImport(Library, EntryPoint = "af_clip_grad_value")]
    internal static partial int clip_grad_value(nint* many, int n, double limit);

    [LibraryImport(Library, EntryPoint = "af_has_grad")]
    internal static partial int has_grad(TensorHandle a, out int to);
}
