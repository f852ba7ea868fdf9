// Version, errors, handles, threads, grad mode, devices.
#include "abi.h"

#include <ATen/Parallel.h>
#include <c10/core/InferenceMode.h>
#include <c10/util/Backtrace.h>

#include <cstdlib>
#include <cstring>
#include <sstream>

namespace af {

std::atomic<int64_t> live{0};
static thread_local std::string message;

H own(at::Tensor t) {
    H made = new at::Tensor(std::move(t));
    live.fetch_add(1, std::memory_order_relaxed);
    return made;
}

V own_list(std::vector<at::Tensor> list) { return new std::vector<at::Tensor>(std::move(list)); }

static void describe(std::ostream& to, H h) {
    if (h == nullptr) {
        to << "none";
    } else if (!h->defined()) {
        to << "undefined";
    } else {
        to << h->scalar_type() << h->sizes();
    }
}

static bool is_memory(const char* text) {
    return std::strstr(text, "can't allocate memory") || std::strstr(text, "not enough memory") ||
           std::strstr(text, "out of memory");
}

static int say(const char* op, const Args& args, const char* why, bool memory) {
    std::ostringstream to;
    to << op << "(";
    for (int i = 0; i < args.count; i++) {
        if (i > 0) to << ", ";
        describe(to, args.handles[i]);
    }
    to << "): " << why;
    message = to.str();
    return memory ? 2 : 1;
}

int fail(const char* op, const Args& args) noexcept {
    try {
        try {
            throw;
        } catch (const c10::Error& e) {
            const char* why = e.what_without_backtrace();
            return say(op, args, why, is_memory(why));
        } catch (const std::bad_alloc& e) {
            return say(op, args, "out of memory", true);
        } catch (const std::exception& e) {
            return say(op, args, e.what(), is_memory(e.what()));
        } catch (...) {
            return say(op, args, "an exception of unknown kind", false);
        }
    } catch (...) {
        return 2;  // Not even the message could be made.
    }
}

// A backtrace per c10::Error costs 4 ms to symbolize; errors are ordinary here (a refused batch), so it is off unless asked for.
struct QuietErrors {
    QuietErrors() {
        if (std::getenv("ACTORFED_NATIVE_BACKTRACE") != nullptr) return;
#if TORCH_VERSION_MAJOR < 2
        c10::SetStackTraceFetcher([] { return std::string(); });
#else
        c10::SetStackTraceFetcher([]() -> std::string { return {}; });
#endif
    }
};
static QuietErrors quiet;

}  // namespace af

extern "C" __attribute__((visibility("default"))) const char* af_last_error() { return af::message.c_str(); }
extern "C" __attribute__((visibility("default"))) int af_abi_version() { return af::kAbiVersion; }
extern "C" __attribute__((visibility("default"))) const char* af_torch_version() { return TORCH_VERSION; }
extern "C" __attribute__((visibility("default"))) int64_t af_live_handles() { return af::live.load(); }

extern "C" __attribute__((visibility("default"))) void af_free(H a) {
    delete a;
    af::live.fetch_sub(1, std::memory_order_relaxed);
}

extern "C" __attribute__((visibility("default"))) int af_list_size(V list) { return static_cast<int>(list->size()); }
extern "C" __attribute__((visibility("default"))) void af_list_free(V list) { delete list; }
DO(list_take, (V list, int i, H* out), (), *out = af::own(std::move((*list)[static_cast<size_t>(i)])))

DO(set_num_threads, (int n), (), at::set_num_threads(n))
extern "C" __attribute__((visibility("default"))) int af_get_num_threads() { return at::get_num_threads(); }
DO(set_num_interop_threads, (int n), (), at::set_num_interop_threads(n))
extern "C" __attribute__((visibility("default"))) int af_get_num_interop_threads() { return at::get_num_interop_threads(); }

// Grad mode belongs to the thread, as in torch.
extern "C" __attribute__((visibility("default"))) int af_grad_enabled() { return at::GradMode::is_enabled(); }
extern "C" __attribute__((visibility("default"))) void af_set_grad_enabled(int on) { at::GradMode::set_enabled(on != 0); }
extern "C" __attribute__((visibility("default"))) int af_inference_enabled() { return c10::InferenceMode::is_enabled(); }
extern "C" __attribute__((visibility("default"))) void* af_inference_enter(int on) { return new c10::InferenceMode(on != 0); }
extern "C" __attribute__((visibility("default"))) void af_inference_leave(void* guard) {
    delete static_cast<c10::InferenceMode*>(guard);
}

DO(set_default_dtype, (int dtype), (),
   at::set_default_dtype(c10::scalarTypeToTypeMeta(static_cast<at::ScalarType>(dtype))))
extern "C" __attribute__((visibility("default"))) int af_default_dtype() {
    return static_cast<int>(at::get_default_dtype_as_scalartype());
}
extern "C" __attribute__((visibility("default"))) int af_cuda_available() { return at::hasCUDA() && at::getNumGPUs() > 0; }
extern "C" __attribute__((visibility("default"))) int af_cuda_count() { return at::hasCUDA() ? (int)at::getNumGPUs() : 0; }
extern "C" __attribute__((visibility("default"))) int af_set_deterministic(int on) {
    at::globalContext().setDeterministicAlgorithms(on != 0, false);
    return 0;
}
extern "C" __attribute__((visibility("default"))) int af_deterministic() {
    return at::globalContext().deterministicAlgorithms();
}
