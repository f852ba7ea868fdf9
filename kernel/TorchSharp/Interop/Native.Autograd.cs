// Written by native/imports.py from native/autograd.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_backward")]
    internal static partial int backward(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_backward_all")]
    internal static partial int backward_all(
        nint* many,
        int n,
        nint* grads,
        int m,
        int keep,
        int create_graph,
        nint* inputs,
        int k
    );

    [LibraryImport(Library, EntryPoint = "af_grad")]
    internal static partial int grad(
        nint* many,
        int n,
        nint* inputs,
        int m,
        nint* grads,
        int k,
        int retain_graph,
        int create_graph,
        int allow_unused,
        out nint @out
    );

    [LibraryImport(Library, EntryPoint = "af_get_grad")]
    internal static partial int get_grad(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_set_grad")]
    internal static partial int set_grad(TensorHandle a, TensorHandle value);

    [LibraryImport(Library, EntryPoint = "af_retain_grad")]
    internal static partial int retain_grad(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_zero_grads")]
    internal static partial int zero_grads(nint* many, int n, int to_none);
}
