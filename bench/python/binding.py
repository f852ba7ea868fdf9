#!/usr/bin/env python3
"""The other side of `binding`: the same model and step by Python's torch. One line in (steps), one line out (CPU ms per step, last loss)."""
import math
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

D, HEADS, LAYERS, TOKENS, VOCABULARY, RANK, CLASSES = 256, 4, 4, 64, 8192, 8, 10


class Lora(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(D, D)
        self.A = nn.Parameter(torch.empty(RANK, D))
        self.B = nn.Parameter(torch.zeros(D, RANK))
        nn.init.kaiming_uniform_(self.A, a=math.sqrt(5))

    def forward(self, x):
        return self.base(x) + F.linear(F.linear(x, self.A), self.B) * 2.0


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.ln1, self.q, self.k, self.v, self.o = nn.LayerNorm(D), Lora(), nn.Linear(D, D), Lora(), nn.Linear(D, D)
        self.ln2, self.up, self.down = nn.LayerNorm(D), nn.Linear(D, 4 * D), nn.Linear(4 * D, D)

    def forward(self, x):
        b, n, _ = x.shape
        h = self.ln1(x)
        q, k, v = (m(h).view(b, n, HEADS, D // HEADS).transpose(1, 2) for m in (self.q, self.k, self.v))
        att = (q.matmul(k.transpose(-2, -1)) * (1.0 / math.sqrt(D // HEADS))).softmax(-1).matmul(v)
        x = x + self.o(att.transpose(1, 2).reshape(b, n, D))
        return x + self.down(F.gelu(self.up(self.ln2(x))))


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens = nn.Embedding(VOCABULARY, D)
        self.blocks = nn.ModuleList([Block() for _ in range(LAYERS)])
        self.ln, self.head = nn.LayerNorm(D), nn.Linear(D, CLASSES)

    def forward(self, ids):
        x = self.tokens(ids)
        for block in self.blocks:
            x = block(x)
        return self.head(self.ln(x).mean([1]))


batch = int(sys.argv[1])
torch.set_num_threads(1)
torch.manual_seed(1)
model = Model()
for name, p in model.named_parameters():
    p.requires_grad_(name.endswith((".A", ".B")) or name.startswith("head"))
trainable = [p for p in model.parameters() if p.requires_grad]
optimizer = torch.optim.AdamW(trainable, lr=1e-3, weight_decay=0.01)
g = torch.Generator()
g.manual_seed(2)
ids = torch.randint(0, VOCABULARY, (batch, TOKENS), generator=g)
labels = torch.randint(0, CLASSES, (batch,), generator=g)
for line in sys.stdin:
    steps = int(line)
    start = time.process_time()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.cross_entropy(model(ids), labels)
        loss.backward()
        optimizer.step()
        last = loss.item()
    print(f"{(time.process_time() - start) * 1000 / steps!r} {last!r}", flush=True)
