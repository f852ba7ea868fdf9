#!/usr/bin/env python3
"""Writes ../Reference/ops.txt: what Python's torch 1.13 computes for the calls of OpsTests. Run with Debian's python3-torch."""
import math
import pathlib

import torch
import torch.nn.functional as F

torch.manual_seed(11)
torch.set_num_threads(1)
a, b, v = torch.randn(3, 4), torch.randn(3, 4), torch.randn(4)
sq = torch.randn(4, 4)
idx = torch.tensor([[0, 2, 1, 0], [1, 1, 0, 2], [2, 0, 2, 1]])
pos = a.abs() + 0.5
out = {
    "a": a, "b": b, "v": v, "sq": sq, "idx": idx,
    "add": a + b, "sub_alpha": torch.sub(a, b, alpha=2), "mul": a * b, "div": a / b, "rsub": 2 - a, "rdiv": 2 / a,
    "floor_div": torch.div(a, b, rounding_mode="floor"), "remainder": torch.remainder(a, b), "pow": pos**b, "pow2": a**2,
    "exp": a.exp(), "log": pos.log(), "sqrt": pos.sqrt(), "rsqrt": pos.rsqrt(), "tanh": a.tanh(), "sigmoid": a.sigmoid(), "erf": a.erf(),
    "gelu": F.gelu(a), "silu": F.silu(a), "relu": F.relu(a), "round": torch.round(a * 4), "clamp": a.clamp(-0.5, 0.5), "clamp_min": a.clamp_min(0.1),
    "gt": a > b, "eq": (a > 0) == (b > 0), "where": torch.where(a > 0, a, b), "masked_fill": a.masked_fill(a > 0, -1.0),
    "sum": a.sum(), "sum0": a.sum(0), "sum_keep": a.sum(1, keepdim=True), "mean": a.mean(), "mean1": a.mean([1]), "var": a.var(), "std1": a.std(1, unbiased=False),
    "max": a.max(), "max1": a.max(1)[0], "argmax1": a.argmax(1), "topk": a.topk(2, 1)[0], "topk_i": a.topk(2, 1)[1], "sort": a.sort(1)[0], "sort_i": a.sort(1)[1],
    "cumsum": a.cumsum(1), "logsumexp": a.logsumexp(1), "softmax": a.softmax(1), "log_softmax": a.log_softmax(1),
    "norm": a.norm(), "norm1": a.norm(1, 0), "linalg_norm": torch.linalg.norm(sq, "nuc"), "amax": a.amax([0]), "prod_any": (a > 1).any(1),
    "matmul": a @ sq, "mv": a @ v, "addmm": torch.addmm(b, a, sq, beta=0.5, alpha=2.0), "outer": torch.outer(v, v), "einsum": torch.einsum("ij,kj->ik", a, b),
    "bmm": torch.bmm(a.expand(2, 3, 4), sq.expand(2, 4, 4)), "svdvals": torch.linalg.svdvals(a), "inv": torch.linalg.inv(sq), "det": torch.linalg.det(sq),
    "qr_r_abs": torch.linalg.qr(sq)[1].abs(), "eigvalsh": torch.linalg.eigvalsh(sq + sq.t()), "pinv": torch.linalg.pinv(a),
    "t": a.t(), "reshape": a.reshape(2, 6), "permute": a.reshape(3, 2, 2).permute(2, 0, 1), "flatten": a.reshape(3, 2, 2).flatten(1), "cat": torch.cat([a, b], 1),
    "stack": torch.stack([a, b], 1), "chunk1": a.chunk(2, 1)[1], "split": a.split([1, 2], 0)[1] if False else a.split([1, 2])[1], "tril": sq.tril(-1), "triu": sq.triu(1), "diag": sq.diag(), "flip": a.flip(1),
    "roll": a.roll(1, 1), "repeat": v.repeat(2, 2), "gather": a.gather(0, idx), "scatter": torch.zeros(3, 4).scatter(0, idx, a), "scatter_add": torch.zeros(3, 4).scatter_add(0, idx, a),
    "index_select": a.index_select(0, torch.tensor([2, 0])), "slice": a[1:, ::2], "ellipsis": a[..., 1], "mask": a[a > 0], "fancy": a[torch.tensor([0, 2]), torch.tensor([1, 3])],
    "new_axis": a[:, None, 0], "last_row": a[-1], "unfold": v.unfold(0, 2, 1), "linear": F.linear(a, sq, v), "layer_norm": F.layer_norm(a, [4], v, v), "embedding": F.embedding(torch.tensor([2, 0]), a),
    "cross_entropy": F.cross_entropy(a, torch.tensor([1, 3, 0])), "cross_entropy_smooth": F.cross_entropy(a, torch.tensor([1, -100, 0]), label_smoothing=0.1), "mse": F.mse_loss(a, b), "kl": F.kl_div(a.log_softmax(1), b.log_softmax(1), reduction="sum", log_target=True),
    "bce": F.binary_cross_entropy_with_logits(a, (b > 0).float()), "conv2d": F.conv2d(a.reshape(1, 1, 3, 4), sq[:2, :2].reshape(1, 1, 2, 2), padding=1), "one_hot": F.one_hot(torch.tensor([1, 0]), 3), "arange": torch.arange(1, 2, 0.25), "eye": torch.eye(2, 3), "linspace": torch.linspace(0, 1, 5),
}
g = torch.Generator()
g.manual_seed(5)
out["g_rand"] = torch.rand(5, generator=g)
out["g_randn"] = torch.randn(20, generator=g)
out["g_randperm"] = torch.randperm(9, generator=g)
out["g_randint"] = torch.randint(0, 100, (6,), generator=g)
out["g_uniform"] = torch.empty(3).uniform_(-2, 2, generator=g)
out["g_normal"] = torch.empty(3).normal_(1, 3, generator=g)
out["g_bernoulli"] = torch.empty(8).bernoulli_(0.4, generator=g)
torch.manual_seed(3)
lin, emb, conv = torch.nn.Linear(3, 2), torch.nn.Embedding(2, 3), torch.nn.Conv2d(2, 2, 2)
out.update({"i_lin_w": lin.weight, "i_lin_b": lin.bias, "i_emb": emb.weight, "i_conv_w": conv.weight, "i_conv_b": conv.bias})
out["i_xavier"] = torch.nn.init.xavier_normal_(torch.empty(2, 3))
out["i_kaiming"] = torch.nn.init.kaiming_normal_(torch.empty(2, 3), nonlinearity="relu")
with open(pathlib.Path(__file__).parent.parent / "Reference" / "ops.txt", "w") as to:
    for name, t in out.items():
        t = t.detach().to(torch.float64).contiguous()
        to.write(f"{name} [{','.join(map(str, t.shape))}] {' '.join(repr(x) for x in t.flatten().tolist())}\n")
