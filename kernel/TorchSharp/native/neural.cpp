// What layers and losses call.
#include "abi.h"

using af::list;
using af::maybe;

OP(linear, (H a, H weight, H bias, H* out), (a, weight, bias), at::linear(*a, *weight, maybe(bias)))
OP(bilinear, (H a, H b, H weight, H bias, H* out), (a, b, weight, bias), at::bilinear(*a, *b, *weight, maybe(bias)))
OP(layer_norm, (H a, const int64_t* shape, int n, H weight, H bias, double eps, H* out), (a, weight, bias),
   at::layer_norm(*a, list(shape, n), maybe(weight), maybe(bias), eps))
OP(group_norm, (H a, int64_t groups, H weight, H bias, double eps, H* out), (a, weight, bias),
   at::group_norm(*a, groups, maybe(weight), maybe(bias), eps))
OP(batch_norm, (H a, H weight, H bias, H mean, H var, int training, double momentum, double eps, H* out), (a, weight, bias, mean, var),
   at::batch_norm(*a, maybe(weight), maybe(bias), maybe(mean), maybe(var), training != 0, momentum, eps, false))
OP(embedding, (H weight, H indices, int64_t padding_idx, int scale_grad_by_freq, int sparse, H* out), (weight, indices),
   at::embedding(*weight, *indices, padding_idx == af::kNone ? -1 : padding_idx, scale_grad_by_freq != 0, sparse != 0))
OP(dropout, (H a, double p, int training, H* out), (a), at::dropout(*a, p, training != 0))
DO(dropout_, (H a, double p, int training), (a), at::dropout_(*a, p, training != 0))
OP(conv2d, (H a, H weight, H bias, const int64_t* strides, int n, const int64_t* padding, int m, const int64_t* dilation, int k, int64_t groups, H* out),
   (a, weight, bias), at::conv2d(*a, *weight, maybe(bias), list(strides, n), list(padding, m), list(dilation, k), groups))
OP(conv1d, (H a, H weight, H bias, int64_t stride, int64_t padding, int64_t dilation, int64_t groups, H* out), (a, weight, bias),
   at::conv1d(*a, *weight, maybe(bias), stride, padding, dilation, groups))
OP(max_pool2d, (H a, const int64_t* kernel, int n, const int64_t* stride, int m, H* out), (a), at::max_pool2d(*a, list(kernel, n), list(stride, m)))
OP(avg_pool2d, (H a, const int64_t* kernel, int n, const int64_t* stride, int m, H* out), (a), at::avg_pool2d(*a, list(kernel, n), list(stride, m)))
OP(adaptive_avg_pool2d, (H a, const int64_t* sizes, int n, H* out), (a), at::adaptive_avg_pool2d(*a, list(sizes, n)))
OP(constant_pad, (H a, const int64_t* pad, int n, double value, H* out), (a), at::constant_pad_nd(*a, list(pad, n), value))
OP(one_hot, (H a, int64_t num_classes, H* out), (a), at::one_hot(*a, num_classes))
OP(glu, (H a, int64_t dim, H* out), (a), at::glu(*a, dim))
OP(mish, (H a, H* out), (a), at::mish(*a))
OP(cosine_similarity, (H a, H b, int64_t dim, double eps, H* out), (a, b), at::cosine_similarity(*a, *b, dim, eps))

// reduction: 0 none, 1 mean, 2 sum (at::Reduction).
OP(cross_entropy, (H a, H target, H weight, int64_t ignore_index, int reduction, double smoothing, H* out), (a, target, weight),
   at::cross_entropy_loss(*a, *target, maybe(weight), reduction, ignore_index, smoothing))
OP(nll_loss, (H a, H target, H weight, int reduction, H* out), (a, target, weight), at::nll_loss_nd(*a, *target, maybe(weight), reduction, -100))
OP(mse_loss, (H a, H target, int reduction, H* out), (a, target), at::mse_loss(*a, *target, reduction))
OP(l1_loss, (H a, H target, int reduction, H* out), (a, target), at::l1_loss(*a, *target, reduction))
OP(smooth_l1_loss, (H a, H target, int reduction, double beta, H* out), (a, target), at::smooth_l1_loss(*a, *target, reduction, beta))
OP(huber_loss, (H a, H target, int reduction, double delta, H* out), (a, target), at::huber_loss(*a, *target, reduction, delta))
OP(kl_div, (H a, H target, int reduction, int log_target, H* out), (a, target), at::kl_div(*a, *target, reduction, log_target != 0))
OP(binary_cross_entropy, (H a, H target, H weight, int reduction, H* out), (a, target, weight),
   at::binary_cross_entropy(*a, *target, maybe(weight), reduction))
OP(binary_cross_entropy_with_logits, (H a, H target, H weight, H pos_weight, int reduction, H* out), (a, target, weight, pos_weight),
   at::binary_cross_entropy_with_logits(*a, *target, maybe(weight), maybe(pos_weight), reduction))

// softmax(q kᵀ / sqrt(d) + mask) v. libtorch 2 has a fused kernel; 1.13 composes it from the ops that Python's code calls.
OP(attention, (H q, H k, H v, H mask, int causal, H* out), (q, k, v, mask), [&] {
#if TORCH_VERSION_MAJOR >= 2
    return at::scaled_dot_product_attention(*q, *k, *v, maybe(mask), 0.0, causal != 0);
#else
    auto scores = at::matmul(*q, k->transpose(-2, -1)).mul_(1.0 / std::sqrt((double)q->size(-1)));
    if (mask != nullptr) {
        scores = mask->scalar_type() == at::kBool ? scores.masked_fill_(mask->logical_not(), -std::numeric_limits<double>::infinity())
                                                  : scores.add_(*mask);
    }
    if (causal) {
        auto allowed = at::ones({q->size(-2), k->size(-2)}, q->options().dtype(at::kBool)).tril();
        scores = scores.masked_fill_(allowed.logical_not(), -std::numeric_limits<double>::infinity());
    }
    return at::matmul(at::softmax(scores, -1), *v);
#endif
}())
