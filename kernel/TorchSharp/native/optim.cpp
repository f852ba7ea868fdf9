// Optimiser steps over lists: the operations, and their order, are those of torch.optim in Python (single-tensor forms).
#include "abi.h"

struct AdamArgs {
    double lr, beta1, beta2, eps, weight_decay;
    int32_t amsgrad, maximize, decoupled;
};

// grads of parameter i are read from many[i]; a parameter without one is passed over. steps[i] is the step about to be taken (from 1).
API af_adam_step(const H* many, int n, const H* exp_avgs, const H* exp_avg_sqs, const H* max_sqs, const int64_t* steps, const AdamArgs* o) {
    return af::guard(o->decoupled ? "AdamW.step" : "Adam.step", af::Args(), [&] {
        at::NoGradGuard no_grad;
        for (int i = 0; i < n; i++) {
            at::Tensor p = *many[i];
            at::Tensor grad = p.grad();
            if (!grad.defined()) continue;
            if (o->maximize) grad = grad.neg();
            if (o->decoupled) p.mul_(1 - o->lr * o->weight_decay);
            else if (o->weight_decay != 0) grad = grad.add(p, o->weight_decay);
            at::Tensor m = *exp_avgs[i], v = *exp_avg_sqs[i];
            m.mul_(o->beta1).add_(grad, 1 - o->beta1);
            v.mul_(o->beta2).addcmul_(grad, grad, 1 - o->beta2);
            double correction1 = 1 - std::pow(o->beta1, (double)steps[i]);
            double correction2 = std::sqrt(1 - std::pow(o->beta2, (double)steps[i]));
            at::Tensor second = v;
            if (o->amsgrad) {
                at::Tensor most = *max_sqs[i];
                at::maximum_out(most, most, v);
                second = most;
            }
            at::Tensor denominator = (second.sqrt() / correction2).add_(o->eps);
            p.addcdiv_(m, denominator, -(o->lr / correction1));
        }
    });
}

// first[i] != 0: the momentum buffer starts as the gradient.
API af_sgd_step(const H* many, int n, const H* buffers, const int* first, double lr, double momentum, double dampening,
                double weight_decay, int nesterov, int maximize) {
    return af::guard("SGD.step", af::Args(), [&] {
        at::NoGradGuard no_grad;
        for (int i = 0; i < n; i++) {
            at::Tensor p = *many[i];
            at::Tensor grad = p.grad();
            if (!grad.defined()) continue;
            if (maximize) grad = grad.neg();
            if (weight_decay != 0) grad = grad.add(p, weight_decay);
            if (momentum != 0) {
                at::Tensor buffer = *buffers[i];
                if (first[i]) buffer.copy_(grad);
                else buffer.mul_(momentum).add_(grad, 1 - dampening);
                grad = nesterov ? grad.add(buffer, momentum) : buffer;
            }
            p.add_(grad, -lr);
        }
    });
}

// The norm of all gradients as one vector, before clipping; 0 without gradients.
API af_clip_grad_norm(const H* many, int n, double max_norm, double norm_type, double* total) {
    return af::guard("clip_grad_norm_", af::Args(), [&] {
        at::NoGradGuard no_grad;
        std::vector<at::Tensor> grads, norms;
        for (int i = 0; i < n; i++) {
            if (!many[i]->grad().defined()) continue;
            grads.push_back(many[i]->grad().detach());
            norms.push_back(std::isinf(norm_type) ? grads.back().abs().max() : at::norm(grads.back(), norm_type));
        }
        *total = 0;
        if (grads.empty()) return;
        at::Tensor norm = std::isinf(norm_type) ? at::stack(norms).max() : at::norm(at::stack(norms), norm_type);
        at::Tensor scale = (max_norm / (norm + 1e-6)).clamp_max(1.0);
        for (auto& grad : grads) grad.mul_(scale);
        *total = norm.item().toDouble();
    });
}

DO(clip_grad_value, (const H* many, int n, double limit), (), at::NoGradGuard no_grad; for (int i = 0; i < n; i++) {
    if (many[i]->grad().defined()) many[i]->mutable_grad().clamp_(-limit, limit);
})
DO(has_grad, (H a, int* to), (a), *to = a->grad().defined())
