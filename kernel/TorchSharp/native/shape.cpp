// Views, indexing, joining and splitting.
#include "abi.h"

#include <ATen/TensorIndexing.h>
#include <ATen/WrapDimUtils.h>

using af::list;

// kind: 0 new axis, 1 ellipsis, 2 whole number (a), 3 slice (a:b:c, kNone where absent), 4 truth value (a), 5 tensor.
struct IndexArg {
    int64_t kind;
    int64_t a;
    int64_t b;
    int64_t c;
    H tensor;
};

static std::vector<at::indexing::TensorIndex> indices(const IndexArg* args, int n) {
    using namespace at::indexing;
    std::vector<TensorIndex> made;
    made.reserve(static_cast<size_t>(n));
    for (int i = 0; i < n; i++) {
        const IndexArg& x = args[i];
        switch (x.kind) {
            case 0: made.emplace_back(None); break;
            case 1: made.emplace_back(Ellipsis); break;
            case 2: made.emplace_back(x.a); break;
            case 3: made.emplace_back(Slice(af::maybe(x.a), af::maybe(x.b), af::maybe(x.c))); break;
            case 4: made.emplace_back(x.a != 0); break;
            default: made.emplace_back(*x.tensor);
        }
    }
    return made;
}

OP(index, (H a, const IndexArg* args, int n, H* out), (a), a->index(indices(args, n)))
DO(index_put_, (H a, const IndexArg* args, int n, H value), (a, value), a->index_put_(indices(args, n), *value))
DO(index_put_scalar_, (H a, const IndexArg* args, int n, ScalarArg value), (a), a->index_put_(indices(args, n), af::num(value)))

OP(view, (H a, const int64_t* sizes, int n, H* out), (a), a->view(list(sizes, n)))
OP(reshape, (H a, const int64_t* sizes, int n, H* out), (a), a->reshape(list(sizes, n)))
OP(expand, (H a, const int64_t* sizes, int n, int implicit, H* out), (a), a->expand(list(sizes, n), implicit != 0))
OP(expand_as, (H a, H other, H* out), (a, other), a->expand_as(*other))
OP(view_as, (H a, H other, H* out), (a, other), a->view_as(*other))
OP(broadcast_to, (H a, const int64_t* sizes, int n, H* out), (a), a->broadcast_to(list(sizes, n)))
OP(permute, (H a, const int64_t* dims, int n, H* out), (a), a->permute(list(dims, n)))
OP(transpose, (H a, int64_t dim0, int64_t dim1, H* out), (a), a->transpose(dim0, dim1))
DO(transpose_, (H a, int64_t dim0, int64_t dim1), (a), a->transpose_(dim0, dim1))
OP(t, (H a, H* out), (a), a->t())
OP(mT, (H a, H* out), (a), a->mT())
OP(flatten, (H a, int64_t start_dim, int64_t end_dim, H* out), (a), a->flatten(start_dim, end_dim))
OP(unflatten, (H a, int64_t dim, const int64_t* sizes, int n, H* out), (a), [&] {
    auto whole = a->sizes().vec();
    dim = at::maybe_wrap_dim(dim, a->dim());
    whole.erase(whole.begin() + dim);
    whole.insert(whole.begin() + dim, sizes, sizes + n);
    return a->view(whole);
}())
OP(squeeze, (H a, H* out), (a), a->squeeze())
OP(squeeze_dim, (H a, int64_t dim, H* out), (a), a->squeeze(dim))
DO(squeeze_, (H a), (a), a->squeeze_())
DO(squeeze_dim_, (H a, int64_t dim), (a), a->squeeze_(dim))
OP(unsqueeze, (H a, int64_t dim, H* out), (a), a->unsqueeze(dim))
DO(unsqueeze_, (H a, int64_t dim), (a), a->unsqueeze_(dim))
OP(select, (H a, int64_t dim, int64_t index, H* out), (a), a->select(dim, index))
OP(narrow, (H a, int64_t dim, int64_t start, int64_t length, H* out), (a), a->narrow(dim, start, length))
OP(slice, (H a, int64_t dim, int64_t start, int64_t finish, int64_t step, H* out), (a), a->slice(dim, start, finish, step))
OP(unfold, (H a, int64_t dim, int64_t size, int64_t step, H* out), (a), a->unfold(dim, size, step))
OP(as_strided, (H a, const int64_t* sizes, int n, const int64_t* strides, int m, int64_t offset, H* out), (a),
   a->as_strided(list(sizes, n), list(strides, m), offset))
OP(movedim, (H a, const int64_t* source, int n, const int64_t* destination, int m, H* out), (a),
   a->movedim(list(source, n), list(destination, m)))
OP(flip, (H a, const int64_t* dims, int n, H* out), (a), a->flip(list(dims, n)))
OP(roll, (H a, const int64_t* shifts, int n, const int64_t* dims, int m, H* out), (a), a->roll(list(shifts, n), list(dims, m)))
OP(repeat, (H a, const int64_t* sizes, int n, H* out), (a), a->repeat(list(sizes, n)))
OP(tile, (H a, const int64_t* sizes, int n, H* out), (a), a->tile(list(sizes, n)))
OP(repeat_interleave, (H a, int64_t repeats, int64_t dim, int64_t output_size, H* out), (a),
   a->repeat_interleave(repeats, af::maybe(dim), af::maybe(output_size)))
OP(repeat_interleave_tensor, (H a, H repeats, int64_t dim, int64_t output_size, H* out), (a, repeats),
   a->repeat_interleave(*repeats, af::maybe(dim), af::maybe(output_size)))
OP(tril, (H a, int64_t diagonal, H* out), (a), a->tril(diagonal))
OP(triu, (H a, int64_t diagonal, H* out), (a), a->triu(diagonal))
OP(diag, (H a, int64_t diagonal, H* out), (a), a->diag(diagonal))
OP(diagflat, (H a, int64_t offset, H* out), (a), a->diagflat(offset))
OP(diag_embed, (H a, int64_t offset, int64_t dim1, int64_t dim2, H* out), (a), at::diag_embed(*a, offset, dim1, dim2))
OP(diff, (H a, int64_t order, int64_t dim, H prepend, H append, H* out), (a), at::diff(*a, order, dim, af::maybe(prepend), af::maybe(append)))

OP(cat, (const H* many, int n, int64_t dim, H* out), (), at::cat(af::tensors(many, n), dim))
OP(stack, (const H* many, int n, int64_t dim, H* out), (), at::stack(af::tensors(many, n), dim))
OP(hstack, (const H* many, int n, H* out), (), at::hstack(af::tensors(many, n)))
OP(vstack, (const H* many, int n, H* out), (), at::vstack(af::tensors(many, n)))
OP(block_diag, (const H* many, int n, H* out), (), at::block_diag(af::tensors(many, n)))
LIST(meshgrid, (const H* many, int n, const char* indexing, V* out), (), at::meshgrid(af::tensors(many, n), indexing))
LIST(broadcast_tensors, (const H* many, int n, V* out), (), at::broadcast_tensors(af::tensors(many, n)))
LIST(split, (H a, int64_t size, int64_t dim, V* out), (a), a->split(size, dim))
LIST(split_sizes, (H a, const int64_t* sizes, int n, int64_t dim, V* out), (a), at::split_with_sizes(*a, list(sizes, n), dim))
LIST(tensor_split, (H a, int64_t size, int64_t dim, V* out), (a), at::tensor_split(*a, size, dim))
LIST(tensor_split_at, (H a, const int64_t* indices, int n, int64_t dim, V* out), (a), at::tensor_split(*a, list(indices, n), dim))
LIST(chunk, (H a, int64_t chunks, int64_t dim, V* out), (a), a->chunk(chunks, dim))
LIST(unbind, (H a, int64_t dim, V* out), (a), a->unbind(dim))

OP(gather, (H a, int64_t dim, H index, H* out), (a, index), at::gather(*a, dim, *index))
OP(scatter, (H a, int64_t dim, H index, H src, H* out), (a, index, src), at::scatter(*a, dim, *index, *src))
DO(scatter_, (H a, int64_t dim, H index, H src), (a, index, src), a->scatter_(dim, *index, *src))
OP(scatter_add, (H a, int64_t dim, H index, H src, H* out), (a, index, src), at::scatter_add(*a, dim, *index, *src))
DO(scatter_add_, (H a, int64_t dim, H index, H src), (a, index, src), a->scatter_add_(dim, *index, *src))
OP(index_select, (H a, int64_t dim, H index, H* out), (a, index), at::index_select(*a, dim, *index))
OP(index_add, (H a, int64_t dim, H index, H source, ScalarArg alpha, H* out), (a, index, source), at::index_add(*a, dim, *index, *source, af::num(alpha)))
DO(index_add_, (H a, int64_t dim, H index, H source, ScalarArg alpha), (a, index, source), a->index_add_(dim, *index, *source, af::num(alpha)))
OP(index_copy, (H a, int64_t dim, H index, H source, H* out), (a, index, source), at::index_copy(*a, dim, *index, *source))
DO(index_copy_, (H a, int64_t dim, H index, H source), (a, index, source), a->index_copy_(dim, *index, *source))
OP(index_fill, (H a, int64_t dim, H index, ScalarArg value, H* out), (a, index), at::index_fill(*a, dim, *index, af::num(value)))
DO(index_fill_, (H a, int64_t dim, H index, ScalarArg value), (a, index), a->index_fill_(dim, *index, af::num(value)))
OP(take, (H a, H index, H* out), (a, index), at::take(*a, *index))
OP(take_along_dim, (H a, H index, int64_t dim, H* out), (a, index), at::take_along_dim(*a, *index, af::maybe(dim)))
OP(nonzero, (H a, H* out), (a), at::nonzero(*a))
OP(argwhere, (H a, H* out), (a), at::argwhere(*a))
OP(select_scatter, (H a, H src, int64_t dim, int64_t index, H* out), (a, src), at::select_scatter(*a, *src, dim, index))
