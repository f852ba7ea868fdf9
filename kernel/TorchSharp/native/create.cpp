// Factories, generators and draws.
#include "abi.h"

#define FACTORY(name) \
    OP(name, (const int64_t* sizes, int n, Opts o, H* out), (), af::fresh(at::name(af::list(sizes, n), af::options(o)), o))
FACTORY(zeros)
FACTORY(ones)
FACTORY(empty)
#define LIKE(name) OP(name, (H a, Opts o, H* out), (a), af::fresh(at::name(*a, af::options(o)), o))
LIKE(zeros_like)
LIKE(ones_like)
LIKE(empty_like)
LIKE(rand_like)
LIKE(randn_like)
OP(full, (const int64_t* sizes, int n, ScalarArg value, Opts o, H* out), (),
   af::fresh(at::full(af::list(sizes, n), af::num(value), af::options(o)), o))
OP(full_like, (H a, ScalarArg value, Opts o, H* out), (a), af::fresh(at::full_like(*a, af::num(value), af::options(o)), o))
OP(rand, (const int64_t* sizes, int n, G g, Opts o, H* out), (),
   af::fresh(at::rand(af::list(sizes, n), af::maybe(g), af::options(o)), o))
OP(randn, (const int64_t* sizes, int n, G g, Opts o, H* out), (),
   af::fresh(at::randn(af::list(sizes, n), af::maybe(g), af::options(o)), o))
OP(randint, (int64_t low, int64_t high, const int64_t* sizes, int n, G g, Opts o, H* out), (),
   af::fresh(at::randint(low, high, af::list(sizes, n), af::maybe(g), af::options(o)), o))
OP(randint_like, (H a, int64_t low, int64_t high, Opts o, H* out), (a), af::fresh(at::randint_like(*a, low, high, af::options(o)), o))
OP(randperm, (int64_t count, G g, Opts o, H* out), (), af::fresh(at::randperm(count, af::maybe(g), af::options(o)), o))
OP(arange, (ScalarArg start, ScalarArg stop, ScalarArg step, Opts o, H* out), (),
   af::fresh(at::arange(af::num(start), af::num(stop), af::num(step), af::options(o)), o))
OP(linspace, (double start, double end, int64_t steps, Opts o, H* out), (),
   af::fresh(at::linspace(start, end, steps, af::options(o)), o))
OP(logspace, (double start, double end, int64_t steps, double base, Opts o, H* out), (),
   af::fresh(at::logspace(start, end, steps, base, af::options(o)), o))
OP(eye, (int64_t rows, int64_t columns, Opts o, H* out), (), af::fresh(at::eye(rows, columns, af::options(o)), o))
OP(tril_indices, (int64_t row, int64_t col, int64_t offset, Opts o, H* out), (), at::tril_indices(row, col, offset, af::options(o)))
OP(triu_indices, (int64_t row, int64_t col, int64_t offset, Opts o, H* out), (), at::triu_indices(row, col, offset, af::options(o)))
OP(normal, (double mean, double std, const int64_t* sizes, int n, G g, Opts o, H* out), (),
   af::fresh(at::normal(mean, std, af::list(sizes, n), af::maybe(g), af::options(o)), o))
OP(normal_of, (H mean, H std, G g, H* out), (mean, std), at::normal(*mean, *std, af::maybe(g)))

// torch.manual_seed seeds the default generator of every device.
DO(manual_seed, (int64_t seed), (), at::manual_seed(static_cast<uint64_t>(seed)))
API af_generator_new(uint64_t seed, int type, int index, G* out) {
    return af::guard("Generator", af::Args(), [&] {
        auto g = at::globalContext().defaultGenerator(af::device(type, index)).clone();
        g.set_current_seed(seed);
        *out = new at::Generator(std::move(g));
    });
}
API af_generator_default(int type, int index, G* out) {
    return af::guard("Generator.Default", af::Args(),
                     [&] { *out = new at::Generator(at::globalContext().defaultGenerator(af::device(type, index))); });
}
extern "C" __attribute__((visibility("default"))) void af_generator_free(G g) { delete g; }
// The lock is torch's own: every draw takes it too.
API af_generator_seed(G g, int64_t seed) {
    return af::guard("Generator.manual_seed", af::Args(), [&] {
        std::lock_guard<std::mutex> lock(g->mutex());
        g->set_current_seed(static_cast<uint64_t>(seed));
    });
}
API af_generator_random_seed(G g, int64_t* to) {
    return af::guard("Generator.seed", af::Args(), [&] {
        std::lock_guard<std::mutex> lock(g->mutex());
        *to = static_cast<int64_t>(g->seed());
    });
}
API af_generator_initial_seed(G g, int64_t* to) {
    return af::guard("Generator.initial_seed", af::Args(), [&] { *to = static_cast<int64_t>(g->current_seed()); });
}
OP(generator_get_state, (G g, H* out), (), [&] {
    std::lock_guard<std::mutex> lock(g->mutex());
    return g->get_state();
}())
API af_generator_set_state(G g, H state) {
    return af::guard("Generator.set_state", af::Args(state), [&] {
        std::lock_guard<std::mutex> lock(g->mutex());
        g->set_state(*state);
    });
}

DO(uniform_, (H a, double from, double to, G g), (a), a->uniform_(from, to, af::maybe(g)))
DO(normal_, (H a, double mean, double std, G g), (a), a->normal_(mean, std, af::maybe(g)))
DO(bernoulli_, (H a, double p, G g), (a), a->bernoulli_(p, af::maybe(g)))
DO(bernoulli_tensor_, (H a, H p, G g), (a, p), a->bernoulli_(*p, af::maybe(g)))
DO(exponential_, (H a, double lambda, G g), (a), a->exponential_(lambda, af::maybe(g)))
DO(log_normal_, (H a, double mean, double std, G g), (a), a->log_normal_(mean, std, af::maybe(g)))
DO(cauchy_, (H a, double median, double sigma, G g), (a), a->cauchy_(median, sigma, af::maybe(g)))
DO(geometric_, (H a, double p, G g), (a), a->geometric_(p, af::maybe(g)))
DO(random_, (H a, int64_t from, int64_t to, G g), (a), a->random_(from, to, af::maybe(g)))
OP(bernoulli, (H a, G g, H* out), (a), at::bernoulli(*a, af::maybe(g)))
OP(poisson, (H a, G g, H* out), (a), at::poisson(*a, af::maybe(g)))
OP(multinomial, (H a, int64_t num_samples, int replacement, G g, H* out), (a),
   at::multinomial(*a, num_samples, replacement != 0, af::maybe(g)))
