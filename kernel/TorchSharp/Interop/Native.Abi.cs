// Written by native/imports.py from native/abi.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_last_error")]
    internal static partial nint last_error();

    [LibraryImport(Library, EntryPoint = "af_abi_version")]
    internal static partial int abi_version();

    [LibraryImport(Library, EntryPoint = "af_torch_version")]
    internal static partial nint torch_version();

    [LibraryImport(Library, EntryPoint = "af_live_handles")]
    internal static partial long live_handles();

    [LibraryImport(Library, EntryPoint = "af_free")]
    internal static partial void free(nint a);

    [LibraryImport(Library, EntryPoint = "af_list_size")]
    internal static partial int list_size(nint list);

    [LibraryImport(Library, EntryPoint = "af_list_free")]
    internal static partial void list_free(nint list);

    [LibraryImport(Library, EntryPoint = "af_list_take")]
    internal static partial int list_take(nint list, int i, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_set_num_threads")]
    internal static partial int set_num_threads(int n);

    [LibraryImport(Library, EntryPoint = "af_get_num_threads")]
    internal static partial int get_num_threads();

    [LibraryImport(Library, EntryPoint = "af_set_num_interop_threads")]
    internal static partial int set_num_interop_threads(int n);

    [LibraryImport(Library, EntryPoint = "af_get_num_interop_threads")]
    internal static partial int get_num_interop_threads();

    [LibraryImport(Library, EntryPoint = "af_grad_enabled")]
    internal static partial int grad_enabled();

    [LibraryImport(Library, EntryPoint = "af_set_grad_enabled")]
    internal static partial void set_grad_enabled(int on);

    [LibraryImport(Library, EntryPoint = "af_inference_enabled")]
    internal static partial int inference_enabled();

    [LibraryImport(Library, EntryPoint = "af_inference_enter")]
    internal static partial nint inference_enter(int on);

    [LibraryImport(Library, EntryPoint = "af_inference_leave")]
    internal static partial void inference_leave(nint guard);

    [LibraryImport(Library, EntryPoint = "af_set_default_dtype")]
    internal static partial int set_default_dtype(int dtype);

    [LibraryImport(Library, EntryPoint = "af_default_dtype")]
    internal static partial int default_dtype();

    [LibraryImport(Library, EntryPoint = "af_cuda_available")]
    internal static partial int cuda_available();

    [LibraryImport(Library, EntryPoint = "af_cuda_count")]
    internal static partial int cuda_count();

    [LibraryImport(Library, EntryPoint = "af_set_deterministic")]
    internal static partial int set_deterministic(int on);

    [LibraryImport(Library, EntryPoint = "af_deterministic")]
    internal static partial int deterministic();
}
