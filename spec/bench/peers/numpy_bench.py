#!/usr/bin/env python3
"""NumPy with its BLAS, the derivatives written by hand: perceptrons and products only."""
import math
import os

from timing import measure_all, options

os.environ.setdefault("OPENBLAS_NUM_THREADS", str(options.threads))  # before numpy is imported
import numpy as np

random = np.random.default_rng(1)
f32 = np.float32


def drawn(*shape):
    return random.random(shape, dtype=np.float32) - f32(0.5)


def perceptron(sizes, batch):
    kernels = [drawn(m, n) * f32(2 / math.sqrt(m)) for m, n in zip(sizes, sizes[1:])]
    biases = [np.zeros(n, np.float32) for n in sizes[1:]]
    params = kernels + biases
    mu, nu = [np.zeros_like(p) for p in params], [np.zeros_like(p) for p in params]
    x = drawn(batch, sizes[0])
    y = np.eye(10, dtype=np.float32)[random.integers(0, 10, batch)]
    last = len(kernels) - 1
    state = {"step": 0}

    def gradients():
        activations = [x]
        for i, (kernel, bias) in enumerate(zip(kernels, biases)):
            z = activations[-1] @ kernel
            z += bias
            if i < last:
                np.maximum(z, 0, out=z)
            activations.append(z)
        d = activations.pop()
        d -= d.max(1, keepdims=True)
        np.exp(d, out=d)
        d /= d.sum(1, keepdims=True)
        d -= y
        d *= f32(1 / batch)
        of_kernels, of_biases = [None] * len(kernels), [None] * len(kernels)
        for i in range(last, -1, -1):
            of_kernels[i], of_biases[i] = activations[i].T @ d, d.sum(0)
            if i > 0:
                d = d @ kernels[i].T
                d *= activations[i] > 0
        return of_kernels + of_biases

    def step():
        state["step"] += 1
        t = state["step"]
        rate = f32(1e-5 * math.sqrt(1 - 0.999**t) / (1 - 0.9**t))
        for p, g, m, v in zip(params, gradients(), mu, nu):
            m *= f32(0.9)
            m += g * f32(0.1)
            g *= g
            g *= f32(0.001)
            v *= f32(0.999)
            v += g
            update = np.sqrt(v)
            update += f32(1e-8)
            np.divide(m, update, out=update)
            update *= rate
            p -= update

    return step


def product(n):
    a, b, out = drawn(n, n), drawn(n, n), np.empty((n, n), np.float32)
    return lambda: np.matmul(a, b, out=out)


measure_all(
    "numpy",
    np.__version__,
    {
        "b32": lambda: perceptron([784, 128, 10], 32),
        "b128": lambda: perceptron([784, 128, 10], 128),
        "c": lambda: perceptron([784, 512, 512, 10], 128),
    },
    product,
)
