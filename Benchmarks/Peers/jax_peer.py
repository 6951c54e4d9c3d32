"""JAX: the loss over whole arrays, its derivative by JAX, compiled by XLA.

`value_and_grad` is the idiom, and as fast as dw and db written out. J is carried from step to step, so that it
cannot be left out. The steps are one compiled loop, so that the call from Python is not counted.

-|z| is written min(z, -z), whose derivative at z = 0, where every run begins, JAX takes to be 0, as it should be; of
abs(z) it makes 1 there. softplus is right there too, but needs an exponential more, and has up to twice the time
where samples are narrow.

Networks: the same, through all layers. g of ReLU and leaky ReLU is a choice by z > 0, whose derivative at 0 is that of
the lower side, as it should be.
"""
import os

import peer

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["PJRT_NPROC"] = str(peer.THREADS)  # the size of XLA's pool of threads

import jax
import jax.numpy as jnp
import numpy as np

import arrays

jax.config.update("jax_enable_x64", True)


def mean_loss(Z, Y):
    return jnp.mean(jnp.maximum(Z, 0) - Y * Z + jnp.log1p(jnp.exp(jnp.minimum(Z, -Z))))


def loss(w, b, X, Y):
    return mean_loss(X @ w + b, Y)


gradient = jax.value_and_grad(loss, argnums=(0, 1))


@jax.jit
def steps(count, learning_rate, X, Y):
    def step(_, state):
        w, b, _ = state
        J, (dw, db) = gradient(w, b, X, Y)
        return w - learning_rate * dw, b - learning_rate * db, J

    zero = jnp.zeros((), X.dtype)
    return jax.lax.fori_loop(0, count, step, (jnp.zeros(X.shape[1], X.dtype), zero, zero))


class Compiled:
    def __init__(self, path, m, nx, scalar):
        self.X, self.Y = map(jnp.asarray, arrays.read(path, m, nx, scalar))

    def gradient(self, w, b):
        scalar = self.X.dtype.type
        J, (dw, db) = jax.jit(gradient)(jnp.array(w, scalar), scalar(b), self.X, self.Y)
        return J, dw, db

    def steps(self, count, learning_rate):
        jax.block_until_ready(steps(count, self.X.dtype.type(learning_rate), self.X, self.Y))


ACTIVATIONS = {
    "sigmoid": jax.nn.sigmoid,
    "tanh": jnp.tanh,
    "relu": lambda Z: jnp.where(Z > 0, Z, 0),
    "leaky": lambda Z: jnp.where(Z > 0, Z, peer.LEAK * Z),
    "linear": lambda Z: Z,
}


class Network:
    def __init__(self, path, m, nx, scalar, hidden, activation):
        X, Y, start = arrays.read_network(path, m, nx, scalar)
        self.X, self.Y, self.shapes = jnp.asarray(X), jnp.asarray(Y), peer.layers(nx, hidden)
        self.start = self.layers(start)
        g = ACTIVATIONS[activation]

        def loss(layers, X, Y):
            A = X
            for W, b in layers[:-1]:
                A = g(A @ W.T + b)
            W, b = layers[-1]
            return mean_loss(A @ W[0] + b[0], Y)

        def steps(count, learning_rate, start, X, Y):
            def step(_, state):
                layers, _ = state
                J, slopes = jax.value_and_grad(loss)(layers, X, Y)
                return jax.tree.map(lambda value, slope: value - learning_rate * slope, layers, slopes), J

            return jax.lax.fori_loop(0, count, step, (start, jnp.zeros((), X.dtype)))

        self.value_and_grad, self.compiled = jax.jit(jax.value_and_grad(loss)), jax.jit(steps)

    def layers(self, parameters):
        return [(jnp.array(W), jnp.array(b)) for W, b in arrays.by_layers(parameters, self.shapes)]

    def gradient(self, w, b):
        J, slopes = self.value_and_grad(self.layers(np.array([*w, b], self.X.dtype)), self.X, self.Y)
        slopes = np.concatenate([part.ravel() for layer in slopes for part in layer])
        return J, slopes[:-1], slopes[-1]

    def steps(self, count, learning_rate):
        jax.block_until_ready(
            self.compiled(count, self.X.dtype.type(learning_rate), self.start, self.X, self.Y))


peer.serve(Compiled, "jax", f"JAX {jax.__version__}, {peer.PYTHON}", peer.THREADS, Network)
