// The C ABI over libtorch: what every file here shares.
// Every export returns 0 (done), 1 (error) or 2 (out of memory); the text of the last error of this thread is af_last_error().
// A tensor handle owns one at::Tensor on the heap; a null handle is an absent optional argument.
#pragma once
#include <ATen/ATen.h>
#include <torch/csrc/api/include/torch/version.h>

#include <atomic>
#include <limits>
#include <memory>
#include <string>
#include <vector>

using H = at::Tensor*;
using V = std::vector<at::Tensor>*;
using G = at::Generator*;

// kind: 0 whole, 1 real, 2 truth value.
struct ScalarArg {
    int64_t kind;
    int64_t whole;
    double real;
};

// dtype -1: torch's default (or that of the input); device -1: the CPU (or that of the input).
struct Opts {
    int32_t dtype;
    int32_t device;
    int32_t index;
    int32_t requires_grad;
};

#define API extern "C" __attribute__((visibility("default"))) int

namespace af {

constexpr int64_t kNone = std::numeric_limits<int64_t>::min();
constexpr int kAbiVersion = 1;

extern std::atomic<int64_t> live;

H own(at::Tensor t);
V own_list(std::vector<at::Tensor> list);

// The tensor arguments of a call, kept to name their shapes should it fail.
struct Args {
    H handles[8];
    int count;
    template <class... T>
    Args(T... t) : handles{t...}, count(sizeof...(T)) {}
};

// Turns the exception in flight into a code and a message that names the op and its arguments' shapes.
int fail(const char* op, const Args& args) noexcept;

template <class F>
int guard(const char* op, const Args& args, F&& body) noexcept {
    try {
        body();
        return 0;
    } catch (...) {
        return fail(op, args);
    }
}

inline at::IntArrayRef list(const int64_t* p, int n) { return at::IntArrayRef(p, static_cast<size_t>(n)); }
inline at::Scalar num(ScalarArg s) {
    if (s.kind == 1) return at::Scalar(s.real);
    if (s.kind == 2) return at::Scalar(s.whole != 0);
    return at::Scalar(s.whole);
}
inline c10::optional<at::Scalar> maybe_num(const ScalarArg* s) {
    if (s == nullptr) return c10::nullopt;
    return num(*s);
}
inline c10::optional<at::Tensor> maybe(H h) {
    if (h == nullptr) return c10::nullopt;
    return *h;
}
inline c10::optional<int64_t> maybe(int64_t v) {
    if (v == kNone) return c10::nullopt;
    return v;
}
inline c10::optional<at::ScalarType> maybe_type(int dtype) {
    if (dtype < 0) return c10::nullopt;
    return static_cast<at::ScalarType>(dtype);
}
inline c10::optional<at::Generator> maybe(G g) {
    if (g == nullptr) return c10::nullopt;
    return *g;
}
inline at::Device device(int type, int index) {
    return at::Device(static_cast<at::DeviceType>(type), static_cast<at::DeviceIndex>(index));
}
inline at::TensorOptions options(Opts o) {
    at::TensorOptions made;
    if (o.dtype >= 0) made = made.dtype(static_cast<at::ScalarType>(o.dtype));
    if (o.device >= 0) made = made.device(device(o.device, o.index));
    return made;
}
inline std::vector<at::Tensor> tensors(const H* many, int n) {
    std::vector<at::Tensor> made;
    made.reserve(static_cast<size_t>(n));
    for (int i = 0; i < n; i++) made.push_back(*many[i]);
    return made;
}
inline at::Tensor fresh(at::Tensor t, Opts o) { return o.requires_grad ? t.set_requires_grad(true) : t; }

}  // namespace af

// One tensor out.
#define OP(name, sig, in, ...) \
    API af_##name sig { return af::guard(#name, af::Args in, [&] { *out = af::own(__VA_ARGS__); }); }
// A pair or a triple out; nothing leaks when the second cannot be made.
#define OP2(name, sig, in, ...)                           \
    API af_##name sig {                                   \
        return af::guard(#name, af::Args in, [&] {        \
            auto pair = __VA_ARGS__;                      \
            std::unique_ptr<at::Tensor> first(af::own(std::get<0>(pair))); \
            *out2 = af::own(std::get<1>(pair));           \
            *out = first.release();                       \
        });                                               \
    }
#define OP3(name, sig, in, ...)                           \
    API af_##name sig {                                   \
        return af::guard(#name, af::Args in, [&] {        \
            auto all = __VA_ARGS__;                       \
            std::unique_ptr<at::Tensor> first(af::own(std::get<0>(all)));  \
            std::unique_ptr<at::Tensor> second(af::own(std::get<1>(all))); \
            *out3 = af::own(std::get<2>(all));            \
            *out2 = second.release();                     \
            *out = first.release();                       \
        });                                               \
    }
// A list of tensors out.
#define LIST(name, sig, in, ...) \
    API af_##name sig { return af::guard(#name, af::Args in, [&] { *out = af::own_list(__VA_ARGS__); }); }
// In place, or a value out.
#define DO(name, sig, in, ...) \
    API af_##name sig { return af::guard(#name, af::Args in, [&] { __VA_ARGS__; }); }
