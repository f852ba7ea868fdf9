// Written by native/imports.py from native/shape.cpp.
using System.Runtime.InteropServices;

namespace ActorFed.Kernel.Torch;

internal static unsafe partial class Native
{
    [LibraryImport(Library, EntryPoint = "af_index")]
    internal static partial int index(TensorHandle a, IndexArg* args, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_index_put_")]
    internal static partial int index_put_(TensorHandle a, IndexArg* args, int n, TensorHandle value);

    [LibraryImport(Library, EntryPoint = "af_index_put_scalar_")]
    internal static partial int index_put_scalar_(TensorHandle a, IndexArg* args, int n, ScalarArg value);

    [LibraryImport(Library, EntryPoint = "af_view")]
    internal static partial int view(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_reshape")]
    internal static partial int reshape(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_expand")]
    internal static partial int expand(TensorHandle a, ReadOnlySpan<long> sizes, int n, int @implicit, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_expand_as")]
    internal static partial int expand_as(TensorHandle a, TensorHandle other, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_view_as")]
    internal static partial int view_as(TensorHandle a, TensorHandle other, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_broadcast_to")]
    internal static partial int broadcast_to(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_permute")]
    internal static partial int permute(TensorHandle a, ReadOnlySpan<long> dims, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_transpose")]
    internal static partial int transpose(TensorHandle a, long dim0, long dim1, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_transpose_")]
    internal static partial int transpose_(TensorHandle a, long dim0, long dim1);

    [LibraryImport(Library, EntryPoint = "af_t")]
    internal static partial int t(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_mT")]
    internal static partial int mT(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_flatten")]
    internal static partial int flatten(TensorHandle a, long start_dim, long end_dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_unflatten")]
    internal static partial int unflatten(TensorHandle a, long dim, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_squeeze")]
    internal static partial int squeeze(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_squeeze_dim")]
    internal static partial int squeeze_dim(TensorHandle a, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_squeeze_")]
    internal static partial int squeeze_(TensorHandle a);

    [LibraryImport(Library, EntryPoint = "af_squeeze_dim_")]
    internal static partial int squeeze_dim_(TensorHandle a, long dim);

    [LibraryImport(Library, EntryPoint = "af_unsqueeze")]
    internal static partial int unsqueeze(TensorHandle a, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_unsqueeze_")]
    internal static partial int unsqueeze_(TensorHandle a, long dim);

    [LibraryImport(Library, EntryPoint = "af_select")]
    internal static partial int select(TensorHandle a, long dim, long index, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_narrow")]
    internal static partial int narrow(TensorHandle a, long dim, long start, long length, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_slice")]
    internal static partial int slice(TensorHandle a, long dim, long start, long finish, long step, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_unfold")]
    internal static partial int unfold(TensorHandle a, long dim, long size, long step, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_as_strided")]
    internal static partial int as_strided(
        TensorHandle a,
        ReadOnlySpan<long> sizes,
        int n,
        ReadOnlySpan<long> strides,
        int m,
        long offset,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_movedim")]
    internal static partial int movedim(
        TensorHandle a,
        ReadOnlySpan<long> source,
        int n,
        ReadOnlySpan<long> destination,
        int m,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_flip")]
    internal static partial int flip(TensorHandle a, ReadOnlySpan<long> dims, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_roll")]
    internal static partial int roll(
        TensorHandle a,
        ReadOnlySpan<long> shifts,
        int n,
        ReadOnlySpan<long> dims,
        int m,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_repeat")]
    internal static partial int repeat(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_tile")]
    internal static partial int tile(TensorHandle a, ReadOnlySpan<long> sizes, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_repeat_interleave")]
    internal static partial int repeat_interleave(
        TensorHandle a,
        long repeats,
        long dim,
        long output_size,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_repeat_interleave_tensor")]
    internal static partial int repeat_interleave_tensor(
        TensorHandle a,
        TensorHandle repeats,
        long dim,
        long output_size,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_tril")]
    internal static partial int tril(TensorHandle a, long diagonal, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_triu")]
    internal static partial int triu(TensorHandle a, long diagonal, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_diag")]
    internal static partial int diag(TensorHandle a, long diagonal, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_diagflat")]
    internal static partial int diagflat(TensorHandle a, long offset, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_diag_embed")]
    internal static partial int diag_embed(TensorHandle a, long offset, long dim1, long dim2, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_diff")]
    internal static partial int diff(
        TensorHandle a,
        long order,
        long dim,
        TensorHandle prepend,
        TensorHandle append,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_cat")]
    internal static partial int cat(nint* many, int n, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_stack")]
    internal static partial int stack(nint* many, int n, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_hstack")]
    internal static partial int hstack(nint* many, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_vstack")]
    internal static partial int vstack(nint* many, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_block_diag")]
    internal static partial int block_diag(nint* many, int n, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_meshgrid", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int meshgrid(nint* many, int n, string indexing, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_broadcast_tensors")]
    internal static partial int broadcast_tensors(nint* many, int n, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_split")]
    internal static partial int split(TensorHandle a, long size, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_split_sizes")]
    internal static partial int split_sizes(TensorHandle a, ReadOnlySpan<long> sizes, int n, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_tensor_split")]
    internal static partial int tensor_split(TensorHandle a, long size, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_tensor_split_at")]
    internal static partial int tensor_split_at(TensorHandle a, ReadOnlySpan<long> indices, int n, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_chunk")]
    internal static partial int chunk(TensorHandle a, long chunks, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_unbind")]
    internal static partial int unbind(TensorHandle a, long dim, out nint @out);

    [LibraryImport(Library, EntryPoint = "af_gather")]
    internal static partial int gather(TensorHandle a, long dim, TensorHandle index, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_scatter")]
    internal static partial int scatter(TensorHandle a, long dim, TensorHandle index, TensorHandle src, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_scatter_")]
    internal static partial int scatter_(TensorHandle a, long dim, TensorHandle index, TensorHandle src);

    [LibraryImport(Library, EntryPoint = "af_scatter_add")]
    internal static partial int scatter_add(
        TensorHandle a,
        long dim,
        TensorHandle index,
        TensorHandle src,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_scatter_add_")]
    internal static partial int scatter_add_(TensorHandle a, long dim, TensorHandle index, TensorHandle src);

    [LibraryImport(Library, EntryPoint = "af_index_select")]
    internal static partial int index_select(TensorHandle a, long dim, TensorHandle index, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_index_add")]
    internal static partial int index_add(
        TensorHandle a,
        long dim,
        TensorHandle index,
        TensorHandle source,
        ScalarArg alpha,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_index_add_")]
    internal static partial int index_add_(TensorHandle a, long dim, TensorHandle index, TensorHandle source, ScalarArg alpha);

    [LibraryImport(Library, EntryPoint = "af_index_copy")]
    internal static partial int index_copy(
        TensorHandle a,
        long dim,
        TensorHandle index,
        TensorHandle source,
        out TensorHandle @out
    );

    [LibraryImport(Library, EntryPoint = "af_index_copy_")]
    internal static partial int index_copy_(TensorHandle a, long dim, TensorHandle index, TensorHandle source);

    [LibraryImport(Library, EntryPoint = "af_index_fill")]
    internal static partial int index_fill(TensorHandle a, long dim, TensorHandle index, ScalarArg value, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_index_fill_")]
    internal static partial int index_fill_(TensorHandle a, long dim, TensorHandle index, ScalarArg value);

    [LibraryImport(Library, EntryPoint = "af_take")]
    internal static partial int take(TensorHandle a, TensorHandle index, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_take_along_dim")]
    internal static partial int take_along_dim(TensorHandle a, TensorHandle index, long dim, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_nonzero")]
    internal static partial int nonzero(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_argwhere")]
    internal static partial int argwhere(TensorHandle a, out TensorHandle @out);

    [LibraryImport(Library, EntryPoint = "af_select_scatter")]
    internal static partial int select_scatter(TensorHandle a, TensorHandle src, long dim, long index, out TensorHandle @out);
}
