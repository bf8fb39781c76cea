#!/usr/bin/env python3
"""PyTorch on the processor, eager."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from timing import measure_all, options

torch.set_num_threads(options.threads)
torch.manual_seed(1)


def training(optimizer, loss):
    def step():
        optimizer.zero_grad(set_to_none=True)
        loss().backward()
        optimizer.step()

    return step


def exclusive_or():
    model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1), nn.Sigmoid())
    x = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    y = torch.tensor([[0.0], [1.0], [1.0], [0.0]])
    return training(torch.optim.SGD(model.parameters(), lr=0.1), lambda: F.mse_loss(model(x), y))


def perceptron(sizes, batch):
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i + 2 < len(sizes):
            layers.append(nn.ReLU())
    model = nn.Sequential(*layers)
    x, y = torch.rand(batch, sizes[0]), torch.randint(0, 10, (batch,))
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-5, foreach=True)
    return training(optimizer, lambda: F.cross_entropy(model(x), y))


def convolutions():
    model = nn.Sequential(
        nn.Conv2d(1, 8, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(8, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(256, 10),
    )
    x, y = torch.rand(64, 1, 28, 28), torch.randint(0, 10, (64,))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    return training(optimizer, lambda: F.cross_entropy(model(x), y))


def recurrent():
    model = nn.LSTM(64, 128)
    x, target = torch.rand(32, 16, 64), torch.rand(32, 16, 128) - 0.5
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    return training(optimizer, lambda: F.mse_loss(model(x)[0], target))


class Block(nn.Module):
    """A pre-norm transformer block."""

    def __init__(self, width=64, heads=4, inner=256):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x):
        batch, time, width = x.shape
        part = width // self.heads
        projected = self.qkv(self.norm1(x)).split(width, dim=2)
        q, k, v = (z.view(batch, time, self.heads, part).transpose(1, 2) for z in projected)
        weights = torch.softmax(q @ k.transpose(-1, -2) * part**-0.5, -1)
        h = x + self.out((weights @ v).transpose(1, 2).reshape(batch, time, width))
        return h + self.down(F.gelu(self.up(self.norm2(h)), approximate="tanh"))


def transformer():
    model = Block()
    x, target = torch.rand(8, 64, 64), torch.rand(8, 64, 64)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    return training(optimizer, lambda: F.mse_loss(model(x), target))


def product(n):
    a, b, out = torch.rand(n, n), torch.rand(n, n), torch.empty(n, n)

    def step():
        with torch.no_grad():
            torch.mm(a, b, out=out)

    return step


measure_all(
    "torch",
    torch.__version__,
    {
        "a": exclusive_or,
        "b32": lambda: perceptron([784, 128, 10], 32),
        "b128": lambda: perceptron([784, 128, 10], 128),
        "c": lambda: perceptron([784, 512, 512, 10], 128),
        "d": convolutions,
        "e": recurrent,
        "f": transformer,
    },
    product,
)
