// Written by native/imports.py from native/access.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_dim")]
    internal static partial long dim(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_numel")]
    internal static partial long numel(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_dtype")]
    internal static partial int dtype(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_element_size")]
    internal static partial long element_size(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_device_type")]
    internal static partial int device_type(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_device_index")]
    internal static partial int device_index(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_is_contiguous")]
    internal static partial int is_contiguous(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_requires_grad")]
    internal static partial int requires_grad(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_is_leaf")]
    internal static partial int is_leaf(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_storage_offset")]
    internal static partial long storage_offset(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_is_same")]
    internal static partial int is_same(TensorHandle a, TensorHandle b);

    [LibraryImport(Library, EntryPoint = "af_sizes")]
    internal static partial int sizes(TensorHandle a, long* to);

    [LibraryImport(Library, EntryPoint = "af_strides")]
    internal static partial int strides(TensorHandle a, long* to);

    [LibraryImport(Library, EntryPoint = "af_data_ptr")]
    internal static partial int data_ptr(TensorHandle a, out nint to);

    [LibraryImport(Library, EntryPoint = "af_item")]
    internal static partial int item(TensorHandle a, out ScalarArg to);

    [LibraryImport(Library, EntryPoint = "af_from_bytes")]
    internal static partial int from_bytes(void* data, ReadOnlySpan<long> sizes, int n, Opts o, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_from_memory")]
    internal static partial int from_memory(
        nint data,
        ReadOnlySpan<long> sizes,
        int n,
        int dtype,
        delegate* unmanaged<nint, void> release,
        nint context,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_to_dtype")]
    internal static partial int to_dtype(TensorHandle a, int dtype, int copy, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_to_device")]
    internal static partial int to_device(TensorHandle a, int type, int index, int non_blocking, int copy, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_alias")]
    internal static partial int alias(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_clone")]
    internal static partial int clone(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_contiguous")]
    internal static partial int contiguous(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_detach")]
    internal static partial int detach(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_pin_memory")]
    internal static partial int pin_memory(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_detach_")]
    internal static partial int detach_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_copy_")]
    internal static partial int copy_(TensorHandle a, TensorHandle source, int nonBlocking);

    [LibraryImport(Library, EntryPoint = "af_set_")]
    internal static partial int set_(TensorHandle a, TensorHandle source);

    [LibraryImport(Library, EntryPoint = "af_set_requires_grad")]
    internal static partial int set_requires_grad(TensorHandle a, int on);

    [LibraryImport(Library, EntryPoint = "af_text")]
    internal static partial int text(TensorHandle a, byte* to, int room, out int length);

    [LibraryImport(Library, EntryPoint = "af_type_as")]
    internal static partial int type_as(TensorHandle a, TensorHandle tensor, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_equal")]
    internal static partial int equal(TensorHandle a, TensorHandle b, out int to);

    [LibraryImport(Library, EntryPoint = "af_allclose")]
    internal static partial int allclose(TensorHandle a, TensorHandle b, double rtol, double atol, int equal_nan, out int to);
}
