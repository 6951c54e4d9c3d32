#!/usr/bin/env python3
"""J and derivatives of networks, and whole runs of training, computed outside Swift, for the judge.

    python3 Sources/Agreement/Fixtures/make_networks.py

Writes networks.json, with 60 decimal digits from inputs that are exactly the stored Double (or Float) values (as
make_fixtures.py does), and network_runs.json, by NumPy in Double (pip install numpy). Takes some seconds.
"""
import json
import random
from decimal import Decimal

import numpy as np
from make_fixtures import HERE, ROUND, logistic, pair

LEAK = 0.01


def activation(name, z, leak):
    """g(z) and g'(z), from their definitions."""
    if name == "relu":
        return (z, Decimal(1)) if z > 0 else (Decimal(0), Decimal(0))
    if name == "leaky":
        return (z, Decimal(1)) if z > 0 else (leak * z, leak)
    if name == "tanh":
        up, down = z.exp(), (-z).exp()
        a = (up - down) / (up + down)
        return a, 4 / (up + down) ** 2
    if name == "sigmoid":
        e = (-z).exp()
        return 1 / (1 + e), e / (1 + e) ** 2
    return z, Decimal(1)


def widths(nx, hidden):
    return list(zip([nx] + hidden, hidden + [1]))


def gradient(x, y, nx, hidden, name, parameters, leak):
    """J and its derivatives by each parameter: W1 unit after unit, b1, W2, ..."""
    shapes, m = widths(nx, hidden), len(x)
    J, d = Decimal(0), [Decimal(0)] * len(parameters)
    for sample, label in zip(x, y):
        inputs, slopes, place = [sample], [], 0
        for l, (n, units) in enumerate(shapes):
            z = [sum((parameters[place + u * n + k] * inputs[-1][k] for k in range(n)),
                     parameters[place + units * n + u]) for u in range(units)]
            place += units * (n + 1)
            if l < len(hidden):
                values = [activation(name, v, leak) for v in z]
                inputs.append([a for a, _ in values])
                slopes.append([g for _, g in values])
        _, dz, loss = logistic(z[0], label)
        J += loss
        dz = [dz]
        for l in reversed(range(len(shapes))):
            n, units = shapes[l]
            place -= units * (n + 1)
            for u in range(units):
                for k in range(n):
                    d[place + u * n + k] += dz[u] * inputs[l][k]
                d[place + units * n + u] += dz[u]
            if l > 0:
                dz = [sum(parameters[place + u * n + k] * dz[u] for u in range(units)) * slopes[l - 1][k]
                      for k in range(n)]
    return J / m, [v / m for v in d]


def drawn(rng, nx, hidden, fit):
    parameters = []
    for n, units in widths(nx, hidden):
        parameters += [fit(rng.gauss(0, (2 / n) ** 0.5)) for _ in range(units * n)]
        parameters += [fit(rng.gauss(0, 0.3)) for _ in range(units)]
    return parameters


def samples():
    """A planar network, a small sibling of 12288-20-7-5-1, and one of each other activation."""
    rng = random.Random(19580101)
    networks = [("planar", 12, 2, [4], "tanh"), ("images", 7, 24, [10, 7, 5], "relu"),
                ("sigmoid", 5, 3, [4, 2], "sigmoid"), ("leaky", 6, 5, [3, 3], "leaky"),
                ("linear", 4, 3, [2], "linear")]
    sets = []
    for scalar, fit in ROUND.items():
        for name, m, nx, hidden, g in networks:
            x = [[fit(rng.gauss(0, 1)) for _ in range(nx)] for _ in range(m)]
            y = [rng.randrange(2) for _ in range(m)]
            parameters = drawn(rng, nx, hidden, fit)
            J, d = gradient([[Decimal(v) for v in s] for s in x], y, nx, hidden, g,
                            [Decimal(p) for p in parameters], Decimal(fit(LEAK)))
            sets.append({"name": name, "scalar": scalar, "hidden": hidden, "activation": g, "x": x, "y": y,
                         "parameters": parameters, "J": pair(J), "derivatives": [pair(v) for v in d]})
    return sets


def run(x, y, hidden, name, parameters, alpha, steps):
    """Gradient descent on whole arrays; J before the first update and after the last one."""
    A0, Y, m = np.array(x).T, np.array(y, float), len(x)
    theta, costs = np.array(parameters), []
    shapes = widths(len(x[0]), hidden)
    for step in range(steps + 1):
        W, b, place = [], [], 0
        for n, units in shapes:
            W.append(theta[place:place + units * n].reshape(units, n))
            b.append(theta[place + units * n:place + units * (n + 1), None])
            place += units * (n + 1)
        A = [A0]
        for l in range(len(shapes)):
            Z = W[l] @ A[l] + b[l]
            if l < len(hidden):
                A.append(np.tanh(Z) if name == "tanh" else np.maximum(Z, 0))
        e = np.exp(-np.abs(Z))
        t = np.where(Y == 1, -Z, Z)
        if step in (0, steps):
            costs.append(float(np.sum(np.maximum(t, 0) + np.log1p(e)) / m))
        dZ = np.where(Z < 0, e, 1) / (1 + e) - Y
        derivatives = []
        for l in reversed(range(len(shapes))):
            derivatives = [(dZ @ A[l].T / m).ravel(), dZ.sum(axis=1) / m] + derivatives
            if l > 0:
                dA = W[l].T @ dZ
                dZ = dA * (1 - A[l] ** 2 if name == "tanh" else A[l] > 0)
        if step < steps:
            theta = theta - alpha * np.concatenate(derivatives)
    return costs, [float(v) for v in theta]


def runs():
    rng = random.Random(7)
    result = []
    for name, hidden, nx, alpha in [("tanh", [4], 2, 1.0), ("relu", [8, 5], 3, 0.1)]:
        # Two arms of a spiral, which no straight line parts; further features are noise.
        x, y = [], []
        for i in range(60):
            angle, radius = 0.1 * i, 0.2 + 0.02 * i
            y.append(i % 2)
            turn = np.pi * (i % 2)
            x.append([float(radius * np.cos(angle + turn)), float(radius * np.sin(angle + turn))]
                     + [rng.gauss(0, 1) for _ in range(nx - 2)])
        parameters = drawn(rng, nx, hidden, float)
        costs, end = run(x, y, hidden, name, parameters, alpha, 200)
        result.append({"hidden": hidden, "activation": name, "learningRate": alpha, "steps": 200, "x": x, "y": y,
                       "start": parameters, "J": costs, "end": end})
    return result


if __name__ == "__main__":
    for name, make in [("networks", samples), ("network_runs", runs)]:
        (HERE / f"{name}.json").write_text(json.dumps(make(), separators=(",", ":")) + "\n")
