"""JAX: the loss over whole arrays, its derivative by JAX, compiled by XLA.

`value_and_grad` is the idiom, and as fast as dw and db written out. J is carried from step to step, so that it
cannot be left out. The steps are one compiled loop, so that the call from Python is not counted.

-|z| is written min(z, -z), whose derivative at z = 0, where every run begins, JAX takes to be 0, as it should be; of
abs(z) it makes 1 there. softplus is right there too, but needs an exponential more, and has up to twice the time
where samples are narrow.
"""
import os

import peer

os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["PJRT_NPROC"] = str(peer.THREADS)  # the size of XLA's pool of threads

import jax
import jax.numpy as jnp

import arrays

jax.config.update("jax_enable_x64", True)


def loss(w, b, X, Y):
    Z = X @ w + b
    return jnp.mean(jnp.maximum(Z, 0) - Y * Z + jnp.log1p(jnp.exp(jnp.minimum(Z, -Z))))


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


peer.serve(Compiled, "jax", f"JAX {jax.__version__}, {peer.PYTHON}", peer.THREADS)
