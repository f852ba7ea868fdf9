#!/usr/bin/env python3
"""Writes ../Reference/lora.txt: 50 losses of a LoRA training of a fixed small transformer, and 20 of each other optimiser, by Python's torch 1.13."""
import math
import pathlib

import torch
import torch.nn.functional as F
from torch import nn


class Lora(nn.Module):
    def __init__(self, inp, out, rank):
        super().__init__()
        self.base = nn.Linear(inp, out)
        self.A = nn.Parameter(torch.empty(rank, inp))
        self.B = nn.Parameter(torch.zeros(out, rank))
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5))
        self.base.weight.requires_grad_(False)
        self.base.bias.requires_grad_(False)

    def forward(self, x):
        return self.base(x) + F.linear(F.linear(x, self.A), self.B) * 2.0


class Block(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.ln1, self.q, self.k, self.v, self.o = nn.LayerNorm(d), Lora(d, d, 4), nn.Linear(d, d), Lora(d, d, 4), nn.Linear(d, d)
        self.ln2, self.up, self.down = nn.LayerNorm(d), nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x):
        b, n, d = x.shape
        h = self.ln1(x)
        q, k, v = (m(h).view(b, n, self.heads, d // self.heads).transpose(1, 2) for m in (self.q, self.k, self.v))
        att = (q.matmul(k.transpose(-2, -1)) * (1.0 / math.sqrt(d // self.heads))).softmax(-1).matmul(v)
        x = x + self.o(att.transpose(1, 2).reshape(b, n, d))
        return x + self.down(F.gelu(self.up(self.ln2(x))))


class Model(nn.Module):
    def __init__(self, vocabulary, d, layers, classes):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, d)
        self.blocks = nn.ModuleList([Block(d, 4) for _ in range(layers)])
        self.ln, self.head = nn.LayerNorm(d), nn.Linear(d, classes)

    def forward(self, ids):
        x = self.tokens(ids)
        for block in self.blocks:
            x = block(x)
        return self.head(self.ln(x).mean([1]))


def losses(steps, make):
    torch.manual_seed(1234)
    model = Model(50, 32, 2, 3)
    for name, p in model.named_parameters():
        p.requires_grad_(name.endswith((".A", ".B")) or name.startswith("head"))
    trainable = [p for p in model.parameters() if p.requires_grad]
    optimizer = make(trainable)
    g = torch.Generator()
    g.manual_seed(99)
    ids = torch.randint(0, 50, (24, 12), generator=g)
    labels = ids.sum(1) % 3
    for step in range(steps):
        rows = torch.randperm(24, generator=g)[:8]
        optimizer.zero_grad()
        loss = F.cross_entropy(model(ids[rows]), labels[rows])
        loss.backward()
        norm = nn.utils.clip_grad_norm_(trainable, 1.0)
        optimizer.step()
        yield loss.item(), norm.item()


torch.set_num_threads(1)
O = torch.optim
RUNS = {
    "adamw": (50, lambda p: O.AdamW(p, lr=1e-2, weight_decay=0.01)),
    "adam": (20, lambda p: O.Adam(p, lr=1e-2, weight_decay=0.1)),
    "amsgrad": (20, lambda p: O.AdamW(p, lr=1e-2, weight_decay=0.0, amsgrad=True)),
    "sgd": (20, lambda p: O.SGD(p, lr=0.3)),
    "momentum": (20, lambda p: O.SGD(p, lr=0.1, momentum=0.9, dampening=0.1, weight_decay=0.01)),
    "nesterov": (20, lambda p: O.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
}
with open(pathlib.Path(__file__).parent.parent / "Reference" / "lora.txt", "w") as to:
    for name, (steps, make) in RUNS.items():
        for step, (loss, norm) in enumerate(losses(steps, make)):
            to.write(f"{name} {step} {loss!r} {norm!r}\n")
