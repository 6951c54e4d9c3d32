"""NumPy: whole arrays, the two matrix–vector products by its BLAS.

Every array that a step needs is made once, and each operation writes into one (`out=`). Threads are those of
the BLAS; the elementwise operations have one.
"""
import ctypes
import re

import numpy as np

import arrays
import peer


class Arrays:
    def __init__(self, path, m, nx, scalar):
        self.X, self.Y = arrays.read(path, m, nx, scalar)
        self.w, self.dw = np.zeros(nx, self.X.dtype), np.zeros(nx, self.X.dtype)
        self.Z, self.e, self.A, self.loss = (np.empty(m, self.X.dtype) for _ in range(4))

    def pass_over_X(self, b):
        """J and db at self.w and b; dw comes to lie in self.dw."""
        X, Y, Z, e, A, loss = self.X, self.Y, self.Z, self.e, self.A, self.loss
        m = len(Y)
        np.dot(X, self.w, out=Z)
        Z += b
        # One exponential, e^(−|z|), serves the loss and the activation.
        np.abs(Z, out=e)
        np.negative(e, out=e)
        np.exp(e, out=e)
        # A = 1/(1 + e) where z ≥ 0, e/(1 + e) elsewhere; e ≤ 1
        np.greater_equal(Z, 0, out=A)
        np.maximum(A, e, out=A)
        # log1p(e) + (max(z, 0) − y·z), the difference first: it is exact
        np.log1p(e, out=loss)
        e += 1
        A /= e
        np.maximum(Z, 0, out=e)
        Z *= Y
        e -= Z
        loss += e
        A -= Y  # dZ
        np.dot(A, X, out=self.dw)
        self.dw /= m
        return loss.sum() / m, A.sum() / m

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
peer.serve(Arrays, "numpy", version, peer.THREADS)
