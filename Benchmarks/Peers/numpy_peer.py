"""NumPy: whole arrays, the products by its BLAS.

Every array that a step needs is made once, and each operation writes into one (`out=`). Threads are those of
the BLAS; the elementwise operations have one.

Networks, tried on eight shapes from 2-4-1 to 12288-20-7-5-1: arrays with a column for each sample, as on paper, since
then all inner loops of elementwise operations are long (with a row for each, 2-4-1 takes twice as long, and wide
layers the same); some thousand samples at a time, so that the dozen passes over A and dZ find them in the cache
(28-64-64-1 at m = 100 000 takes two thirds of the time of whole arrays, narrow ones half, wide ones the same); sums
over samples as products with ones (`sum` takes up to a fifth longer).
"""
import ctypes
import re

import numpy as np

import arrays
import peer


def logistic(Z, Y, e, loss, dZ):
    """The losses and dZ of the output; Z and e are used up."""
    # One exponential, e^(−|z|), serves the loss and the activation.
    np.abs(Z, out=e)
    np.negative(e, out=e)
    np.exp(e, out=e)
    # a = 1/(1 + e) where z ≥ 0, e/(1 + e) elsewhere; e ≤ 1
    np.greater_equal(Z, 0, out=dZ)
    np.maximum(dZ, e, out=dZ)
    # log1p(e) + (max(z, 0) − y·z), the difference first: it is exact
    np.log1p(e, out=loss)
    e += 1
    dZ /= e
    np.maximum(Z, 0, out=e)
    Z *= Y
    e -= Z
    loss += e
    dZ -= Y


class Arrays:
    def __init__(self, path, m, nx, scalar):
        self.X, self.Y = arrays.read(path, m, nx, scalar)
        self.w, self.dw = np.zeros(nx, self.X.dtype), np.zeros(nx, self.X.dtype)
        self.Z, self.e, self.dZ, self.loss = (np.empty(m, self.X.dtype) for _ in range(4))

    def pass_over_X(self, b):
        """J and db at self.w and b; dw comes to lie in self.dw."""
        X, Y, Z, e, dZ, loss = self.X, self.Y, self.Z, self.e, self.dZ, self.loss
        m = len(Y)
        np.dot(X, self.w, out=Z)
        Z += b
        logistic(Z, Y, e, loss, dZ)
        np.dot(dZ, X, out=self.dw)
        self.dw /= m
        return loss.sum() / m, dZ.sum() / m

    def gradient(self, w, b):
        self.w[:] = w
        J, db = self.pass_over_X(self.w.dtype.type(b))
        return J, self.dw, db

    def steps(self, count, learning_rate):
        self.w.fill(0)
        b = self.w.dtype.type(0)
        for _ in range(count):
            J, db = self.pass_over_X(b)
            self.dw *= learning_rate
            self.w -= self.dw
            b -= learning_rate * db


def activate(name, A, spare):
    """A := g(A)."""
    match name:
        case "sigmoid":
            np.abs(A, out=spare)
            np.negative(spare, out=spare)
            np.exp(spare, out=spare)
            np.greater_equal(A, 0, out=A)
            np.maximum(A, spare, out=A)
            spare += 1
            A /= spare
        case "tanh":
            np.tanh(A, out=A)
        case "relu":
            np.maximum(A, 0, out=A)
        case "leaky":
            np.multiply(A, peer.LEAK, out=spare)
            np.maximum(A, spare, out=A)


def apply_slope(name, A, dA):
    """dA := dA · g′, which follows from A; A is used up."""
    match name:
        case "sigmoid":
            dA *= A
            np.subtract(1, A, out=A)
        case "tanh":
            A *= A
            np.subtract(1, A, out=A)
        case "relu":
            np.greater(A, 0, out=A)
        case "leaky":
            np.greater(A, 0, out=A)
            np.maximum(A, peer.LEAK, out=A)
        case "linear":
            return
    dA *= A


class Network:
    def __init__(self, path, m, nx, scalar, hidden, activation):
        self.X, self.Y, self.start = arrays.read_network(path, m, nx, scalar)
        self.activation = activation
        self.parameters, self.derivatives = (arrays.empty(self.start.size, self.X.dtype) for _ in range(2))
        layers = peer.layers(nx, hidden)
        self.layers, self.slopes = (arrays.by_layers(all, layers) for all in (self.parameters, self.derivatives))
        # A and dA of some samples in 2 MiB, but so many samples that the products are worth a call.
        samples = 2**21 // (2 * max(1, sum(hidden)) * self.X.itemsize)
        chunks = -(-m // min(max(samples, 2048), 8192))
        ends = [m * i // chunks for i in range(chunks + 1)]
        memory = [[arrays.empty(-(-m // chunks) * units, self.X.dtype) for _ in range(2)] for units in hidden]
        last = np.empty((4, -(-m // chunks)), self.X.dtype)
        self.ones = np.ones(-(-m // chunks), self.X.dtype)
        self.partial = [np.empty_like(W) for W, _ in self.slopes]
        self.chunks = []
        for first, end in zip(ends, ends[1:]):
            n = end - first
            hidden_arrays = [[part[:units * n].reshape(units, n) for part in parts] for units, parts in zip(hidden, memory)]
            self.chunks.append((self.X[first:end].T, self.Y[first:end], hidden_arrays, last[:, :n]))

    def forward_and_backward(self):
        """J at self.parameters; the derivatives come to lie in self.derivatives."""
        m, J = len(self.Y), 0
        self.derivatives.fill(0)
        for X, Y, hidden, (Z, e, dZ, loss) in self.chunks:
            A = [X]
            for (W, b), (a, spare) in zip(self.layers, hidden):
                np.matmul(W, A[-1], out=a)
                a += b[:, None]
                activate(self.activation, a, spare)
                A.append(a)
            W, b = self.layers[-1]
            np.dot(W[0], A[-1], out=Z)
            Z += b
            logistic(Z, Y, e, loss, dZ)
            J += loss.sum()
            self.add(len(hidden), dZ[None], A[-1])
            for l in reversed(range(len(hidden))):
                dA = hidden[l][1]
                if l == len(hidden) - 1:
                    np.multiply(W.T, dZ, out=dA)
                else:
                    np.matmul(self.layers[l + 1][0].T, hidden[l + 1][1], out=dA)
                apply_slope(self.activation, A[l + 1], dA)
                self.add(l, dA, A[l])
        self.derivatives /= m
        return J / m

    def add(self, l, dZ, A):
        """Adds dZ Aᵀ and the sums of dZ to the derivatives of a layer."""
        dW, db = self.slopes[l]
        if len(self.chunks) == 1:
            np.matmul(dZ, A.T, out=dW)
        else:
            np.matmul(dZ, A.T, out=self.partial[l])
            dW += self.partial[l]
        db += dZ @ self.ones[:dZ.shape[1]]

    def gradient(self, w, b):
        self.parameters[:-1], self.parameters[-1] = w, b
        return self.forward_and_backward(), self.derivatives[:-1], self.derivatives[-1]

    def steps(self, count, learning_rate):
        self.parameters[:] = self.start
        for _ in range(count):
            self.forward_and_backward()
            self.derivatives *= learning_rate
            self.parameters -= self.derivatives


def kernel():
    """The kernels that the BLAS chose for this processor, such as SkylakeX; None where it cannot be told."""
    try:
        import threadpoolctl
        chosen = [lib.get("architecture") for lib in threadpoolctl.threadpool_info() if lib["user_api"] == "blas"]
        return next(filter(None, chosen), None)
    except ImportError:
        pass
    # OpenBLAS says so itself, by a name that depends on who built it.
    try:
        with open("/proc/self/maps") as maps:
            paths = set(re.findall(r"/\S*openblas\S*", maps.read()))
    except OSError:
        return None
    for path in paths:
        for name in ["openblas_get_corename", "scipy_openblas_get_corename64_", "openblas_get_corename64_"]:
            if function := getattr(ctypes.CDLL(path), name, None):
                function.restype = ctypes.c_char_p
                return function().decode()
    return None


blas = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
chosen = kernel()
version = (
    f"NumPy {np.__version__}, {blas['name']} {blas['version']}" + (f" ({chosen} kernels)" if chosen else "")
    + f", {peer.PYTHON}")
peer.serve(Arrays, "numpy", version, peer.THREADS, Network)
