"""Numba: the explicit loops, compiled.

One loop over the samples does the forward and the backward pass while a sample is in cache; `fastmath` lets the
sums be reordered, without which they do not become vectors. With threads each one sums a share of the samples on
its own (`prange`), and the shares are added in order. Constants are made in the precision of the data: a literal
such as 1.0 would turn everything into doubles.
"""
import math

import llvmlite.binding
import numba
import numpy as np

import arrays
import peer


@numba.njit(fastmath=True, cache=True)
def share(X, Y, first, last, w, b, dw):
    """Sums of the losses and of dz over samples first ..< last; dw becomes the sum of x·dz."""
    zero, one = b.dtype.type(0), b.dtype.type(1)
    J, db = zero, zero
    dw[:] = zero
    for i in range(first, last):
        y = Y[i]
        z = b[0]
        for j in range(w.size):
            z += w[j] * X[i, j]
        e = math.exp(-abs(z))
        # max(t, 0) with t = −z for y = 1 is max(z, 0) − y·z without a difference that fastmath could take apart.
        J += max(-z if y > zero else z, zero) + math.log1p(e)
        dz = (one if z >= zero else e) / (one + e) - y
        db += dz
        for j in range(w.size):
            dw[j] += X[i, j] * dz
    return J, db


@numba.njit(fastmath=True, cache=True)
def gradient_alone(X, Y, w, b, dw):
    m = b.dtype.type(Y.size)
    J, db = share(X, Y, 0, Y.size, w, b, dw)
    dw /= m
    return J / m, db / m


@numba.njit(fastmath=True, cache=True, parallel=True)
def gradient_shared(X, Y, w, b, partial, dw):
    m, shares, nx = b.dtype.type(Y.size), partial.shape[0], w.size
    for s in numba.prange(shares):
        sums = partial[s]
        sums[nx], sums[nx + 1] = share(X, Y, s * Y.size // shares, (s + 1) * Y.size // shares, w, b, sums[:nx])
    J, db = b.dtype.type(0), b.dtype.type(0)
    dw[:] = 0
    for s in range(shares):
        dw += partial[s, :nx]
        J += partial[s, nx]
        db += partial[s, nx + 1]
    dw /= m
    return J / m, db / m


@numba.njit(cache=True)
def gradient(X, Y, w, b, partial, dw):
    if partial.shape[0] == 1:
        return gradient_alone(X, Y, w, b, dw)
    return gradient_shared(X, Y, w, b, partial, dw)


@numba.njit(fastmath=True, cache=True)
def steps(count, learning_rate, X, Y, w, b, partial, dw):
    w[:] = 0
    b[0] = 0
    J = b[0]
    for _ in range(count):
        J, db = gradient(X, Y, w, b, partial, dw)
        for j in range(w.size):
            w[j] -= learning_rate * dw[j]
        b[0] -= learning_rate * db
    return J


class Loops:
    def __init__(self, path, m, nx, scalar):
        self.X, self.Y = arrays.read(path, m, nx, scalar)
        self.w, self.b, self.dw = (np.zeros(size, self.X.dtype) for size in (nx, 1, nx))
        # A thread for every 2¹⁷ numbers at the most: to wake one that sleeps takes some 10 µs.
        shares = min(peer.THREADS, m, m * nx // 2**17 + 1)
        self.partial = np.zeros((shares, -(-(nx + 2) // 64) * 64), self.X.dtype)  # no line of cache shared

    def gradient(self, w, b):
        self.w[:], self.b[0] = w, b
        J, db = gradient(self.X, self.Y, self.w, self.b, self.partial, self.dw)
        return J, self.dw, db

    def steps(self, count, learning_rate):
        steps(count, self.b.dtype.type(learning_rate), self.X, self.Y, self.w, self.b, self.partial, self.dw)


version = f"Numba {numba.__version__}, LLVM {llvmlite.binding.llvm_version_info[0]}, {peer.PYTHON}"
peer.serve(Loops, "numba", version, peer.THREADS)
