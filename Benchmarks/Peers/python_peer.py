"""Pure Python: lists, and no package.

`sum(map(mul, …))` keeps the inner loop inside the interpreter's C code, about twice as fast as a comprehension
over zip. X is kept by samples for the forward pass and by features for the backward pass, so that both are such
sums. Python's floats are doubles.
"""
from array import array
from math import exp, log1p
from operator import mul

import peer

MOST = 1_000_000  # numbers in X: a step takes some 50 ms there


class Lists:
    def __init__(self, path, m, nx, scalar):
        if scalar != "double":
            raise peer.Unsupported("Python's floats are doubles")
        if m * nx > MOST:
            raise peer.Unsupported(f"lists are tried up to {MOST} numbers only, since they take so long")
        values = array("d")
        with open(path, "rb") as file:
            values.fromfile(file, m * nx + m)
        self.samples = [values[i * nx:(i + 1) * nx].tolist() for i in range(m)]
        self.features = [list(feature) for feature in zip(*self.samples)]
        self.y = values[m * nx:].tolist()

    def gradient(self, w, b):
        m = len(self.y)
        J, dZ = 0.0, []
        for x, y in zip(self.samples, self.y):
            z = sum(map(mul, w, x)) + b
            e = exp(-abs(z))
            J += max(z, 0.0) - y * z + log1p(e)
            dZ.append((1.0 if z >= 0 else e) / (1.0 + e) - y)
        return J / m, [sum(map(mul, feature, dZ)) / m for feature in self.features], sum(dZ) / m

    def steps(self, count, learning_rate):
        w, b = [0.0] * len(self.features), 0.0
        for _ in range(count):
            J, dw, db = self.gradient(w, b)
            w = [value - learning_rate * slope for value, slope in zip(w, dw)]
            b -= learning_rate * db


peer.serve(Lists, "python", peer.PYTHON, threads=1)
