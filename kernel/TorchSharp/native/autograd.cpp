// Gradients.
#include "abi.h"

#include <torch/csrc/autograd/autograd.h>

DO(backward, (H a), (a), a->backward())
// keep: -1 as create_graph says, else 0 or 1.
DO(backward_all, (const H* many, int n, const H* grads, int m, int keep, int create_graph, const H* inputs, int k), (),
   torch::autograd::backward(af::tensors(many, n), af::tensors(grads, m), keep < 0 ? create_graph != 0 : keep != 0, create_graph != 0, af::tensors(inputs, k)))
LIST(grad, (const H* many, int n, const H* inputs, int m, const H* grads, int k, int retain_graph, int create_graph, int allow_unused, V* out), (),
     torch::autograd::grad(af::tensors(many, n), af::tensors(inputs, m), af::tensors(grads, k), retain_graph != 0 || create_graph != 0, create_graph != 0, allow_unused != 0))
// A null handle when the tensor has no gradient.
DO(get_grad, (H a, H* out), (a), *out = a->grad().defined() ? af::own(a->grad()) : nullptr)
DO(set_grad, (H a, H value), (a, value), a->mutable_grad() = value == nullptr ? at::Tensor() : *value)
DO(retain_grad, (H a), (a), a->retain_grad())
// Forgets the gradients, or fills them with zeros.
DO(zero_grads, (const H* many, int n, int to_none), (), for (int i = 0; i < n; i++) {
    auto& grad = many[i]->mutable_grad();
    if (!grad.defined()) continue;
    if (to_none) grad.reset(); else grad.detach_().zero_();
})
