// What a tensor is, where its numbers are, and how they move.
#include "abi.h"

#include <cstring>
#include <sstream>

extern "C" __attribute__((visibility("default"))) int64_t af_dim(H a) { return a->dim(); }
extern "C" __attribute__((visibility("default"))) int64_t af_numel(H a) { return a->numel(); }
extern "C" __attribute__((visibility("default"))) int af_dtype(H a) { return static_cast<int>(a->scalar_type()); }
extern "C" __attribute__((visibility("default"))) int64_t af_element_size(H a) { return (int64_t)a->element_size(); }
extern "C" __attribute__((visibility("default"))) int af_device_type(H a) { return static_cast<int>(a->device().type()); }
extern "C" __attribute__((visibility("default"))) int af_device_index(H a) { return a->device().index(); }
extern "C" __attribute__((visibility("default"))) int af_is_contiguous(H a) { return a->is_contiguous(); }
extern "C" __attribute__((visibility("default"))) int af_requires_grad(H a) { return a->requires_grad(); }
extern "C" __attribute__((visibility("default"))) int af_is_leaf(H a) { return a->is_leaf(); }
extern "C" __attribute__((visibility("default"))) int64_t af_storage_offset(H a) { return a->storage_offset(); }
extern "C" __attribute__((visibility("default"))) int af_is_same(H a, H b) { return a->is_same(*b); }

DO(sizes, (H a, int64_t* to), (a), auto s = a->sizes(); std::copy(s.begin(), s.end(), to))
DO(strides, (H a, int64_t* to), (a), auto s = a->strides(); std::copy(s.begin(), s.end(), to))
DO(data_ptr, (H a, void** to), (a), TORCH_CHECK(a->is_cpu(), "the numbers of a tensor on ", a->device(), " cannot be read in place: call cpu() first");
   *to = a->data_ptr())
DO(item, (H a, ScalarArg* to), (a), auto s = a->item();
   *to = s.isBoolean() ? ScalarArg{2, s.toBool(), 0} : s.isIntegral(false) ? ScalarArg{0, s.toLong(), 0} : ScalarArg{1, 0, s.toDouble()})

OP(from_bytes, (const void* data, const int64_t* sizes, int n, Opts o, H* out), (), [&] {
    auto host = at::empty(af::list(sizes, n), at::TensorOptions().dtype(static_cast<at::ScalarType>(o.dtype)));
    if (host.numel() > 0) std::memcpy(host.data_ptr(), data, host.nbytes());
    if (o.device > 0) host = host.to(af::device(o.device, o.index));
    return af::fresh(host, o);
}())
// The memory stays the caller's: release(context) is called when the last tensor that sees it is gone.
OP(from_memory, (void* data, const int64_t* sizes, int n, int dtype, void (*release)(void*), void* context, H* out), (),
   at::from_blob(data, af::list(sizes, n), [release, context](void*) { release(context); },
                 at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype))))
OP(to_dtype, (H a, int dtype, int copy, H* out), (a), a->to(static_cast<at::ScalarType>(dtype), false, copy != 0))
OP(to_device, (H a, int type, int index, int non_blocking, int copy, H* out), (a),
   a->to(af::device(type, index), a->scalar_type(), non_blocking != 0, copy != 0))
OP(alias, (H a, H* out), (a), *a)
OP(clone, (H a, H* out), (a), a->clone())
OP(contiguous, (H a, H* out), (a), a->contiguous())
OP(detach, (H a, H* out), (a), a->detach())
OP(pin_memory, (H a, H* out), (a), a->pin_memory())
DO(detach_, (H a), (a), a->detach_())
DO(copy_, (H a, H source, int nonBlocking), (a, source), a->copy_(*source, nonBlocking != 0))
DO(set_, (H a, H source), (a, source), a->set_data(*source))
DO(set_requires_grad, (H a, int on), (a), a->set_requires_grad(on != 0))
DO(text, (H a, char* to, int room, int* length), (a), std::ostringstream s; s << *a; auto text = s.str();
   *length = (int)text.size(); std::memcpy(to, text.data(), std::min((size_t)room, text.size())))
OP(type_as, (H a, H tensor, H* out), (a, tensor), a->type_as(*tensor))
DO(equal, (H a, H b, int* to), (a, b), *to = at::equal(*a, *b))
DO(allclose, (H a, H b, double rtol, double atol, int equal_nan, int* to), (a, b), *to = at::allclose(*a, *b, rtol, atol, equal_nan != 0))
