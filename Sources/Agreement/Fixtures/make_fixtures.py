#!/usr/bin/env python3
"""Values of J, dw and db computed outside Swift, for the judge.

    python3 Sources/Agreement/Fixtures/make_fixtures.py

Needs nothing but the standard library and writes points.json, samples.json and wisconsin.json beside
itself. Everything is computed with 60 decimal digits from inputs that are exactly the stored Double (or
Float) values; a result is stored as [high, low], two Doubles whose sum has about 32 digits. Takes about
two minutes.
"""
import csv
import json
import math
import pathlib
import random
import struct
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60
HERE = pathlib.Path(__file__).resolve().parent
WISCONSIN = HERE.parents[2] / "Benchmarks" / "unlooped" / "Data" / "wdbc.csv"


def to_float(value):
    """The Float nearest to a Double."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


ROUND = {"float": to_float, "double": float}


def pair(value):
    """A Decimal as [high, low], two Doubles."""
    high = float(value)
    return [high, float(value - Decimal(high))]


def log1p(e):
    """log(1 + e) for 0 <= e <= 1. Below 10^-25 by its series: the next term is e^4/4 < 10^-100."""
    if e < Decimal("1e-25"):
        return e - e * e / 2 + e * e * e / 3
    return (1 + e).ln()


def logistic(z, y):
    """sigma(z) and the cross-entropy loss, by the literal definition where it does not cancel."""
    e = (-abs(z)).exp()
    a = (1 if z >= 0 else e) / (1 + e)
    t = -z if y == 1 else z
    # a - y without cancellation: 1 - sigma(z) = sigma(-z).
    dz = -((e if z >= 0 else 1) / (1 + e)) if y == 1 else a
    return a, dz, max(t, Decimal(0)) + log1p(e)


def gradient(x, y, w, b):
    """J, dw and db; x is a list of samples, everything Decimal but y."""
    m, nx = len(x), len(w)
    J, db, dw = Decimal(0), Decimal(0), [Decimal(0)] * nx
    for sample, label in zip(x, y):
        z = sum((wj * xj for wj, xj in zip(w, sample)), b)
        _, dz, loss = logistic(z, label)
        J += loss
        db += dz
        for j in range(nx):
            dw[j] += sample[j] * dz
    return J / m, [d / m for d in dw], db / m


def points():
    """sigma and L at points that are hard for one formula or another."""
    zs = [0.0, 1.0, 0.5, 2.0, 10.0, 16.0, 17.5, 20.0, 36.0, 37.0, 40.0, 64.0, 87.0, 88.5, 100.0,
          103.0, 128.0, 710.0, 740.0, 1000.0, 10000.0, 2.0**-10, 2.0**-24, 2.0**-30, 2.0**-60, 0.6931471805599453, 1.0e-3]
    rows = []
    for z in sorted({to_float(sign * z) for z in zs for sign in (1, -1)}):
        for y in (0, 1):
            a, dz, loss = logistic(Decimal(z), y)
            rows.append({"z": z, "y": y, "a": pair(a), "dz": pair(dz), "loss": pair(loss)})
    return rows


def samples():
    """Small data sets, each at two models."""
    rng = random.Random(20130607)
    shapes = [("small", 5, 3, 1.0), ("odd", 17, 4, 1.0), ("saturated", 9, 2, 40.0), ("wide", 3, 37, 1.0)]
    sets = []
    for scalar, fit in ROUND.items():
        for name, m, nx, scale in shapes:
            x = [[fit(rng.gauss(0, 1)) for _ in range(nx)] for _ in range(m)]
            y = [rng.randrange(2) for _ in range(m)]
            models = []
            for w, b in [([0.0] * nx, 0.0), ([fit(scale * rng.gauss(0, 1)) for _ in range(nx)], fit(scale * 0.3))]:
                exact = [[Decimal(v) for v in sample] for sample in x]
                J, dw, db = gradient(exact, y, [Decimal(v) for v in w], Decimal(b))
                models.append({"w": w, "b": b, "J": pair(J), "dw": [pair(d) for d in dw], "db": pair(db)})
            sets.append({"name": name, "scalar": scalar, "x": x, "y": y, "models": models})
    return sets


def correctly_rounded_root(q):
    """The Double nearest to the square root of a Fraction."""
    return float((Decimal(q.numerator) / Decimal(q.denominator)).sqrt())


def standardized():
    """The Wisconsin data, standardized in Double as Standardization.swift defines it: the mean and the
    population standard deviation about that rounded mean are each rounded once, then (x - mean) and the
    quotient once more each."""
    with open(WISCONSIN, newline="") as file:
        rows = list(csv.reader(file))[1:]
    x = [[float(v) for v in row[:-1]] for row in rows]
    y = [int(float(row[-1])) for row in rows]
    m = len(x)
    for j in range(len(x[0])):
        column = [Fraction(sample[j]) for sample in x]
        mean = float(sum(column) / m)
        deviation = correctly_rounded_root(sum((v - Fraction(mean)) ** 2 for v in column) / m)
        for sample in x:
            sample[j] = (sample[j] - mean) / deviation
    return x, y


def checksum(x):
    """FNV-1a over the 64-bit patterns of all values, sample after sample, one pattern at a time."""
    h = 0xCBF29CE484222325
    for sample in x:
        for v in sample:
            h = ((h ^ struct.unpack("<Q", struct.pack("<d", v))[0]) * 0x100000001B3) & (2**64 - 1)
    return f"{h:016x}"


def wisconsin(steps=1000):
    """J, w and b after `steps` updates with learning rate 0.1 from zero.

    By fixed-point integers with 128 fractional bits: far quicker than Decimal, and the rounding of each
    product (2^-128) is 10^-20 of what two Doubles can hold.
    """
    bits = 128
    one = 1 << bits
    x, y = standardized()
    getcontext().prec = 45
    unit = Decimal(one)
    runs = []
    for scalar, fit in ROUND.items():
        data = [[fit(v) for v in sample] for sample in x]
        fixed = [[int(Fraction(v) * (1 << 80)) for v in sample] for sample in data]
        columns = list(zip(*fixed))
        alpha = int(Fraction(fit(0.1)) * one)
        m, nx = len(x), len(x[0])
        w, b = [0] * nx, 0
        for step in range(steps + 1):
            dz, J = [], Decimal(0)
            for sample, label in zip(fixed, y):
                z = (sum(map(int.__mul__, w, sample)) >> 80) + b
                _, d, loss = logistic(Decimal(z) / unit, label)
                dz.append(int(d * unit))
                J += loss
            if step == steps:
                break
            for j in range(nx):
                w[j] -= (alpha * ((sum(map(int.__mul__, columns[j], dz)) >> 80) // m)) >> bits
            b -= (alpha * (sum(dz) // m)) >> bits
        runs.append({
            "scalar": scalar, "steps": steps, "learningRate": fit(0.1), "m": m, "nx": nx,
            "checksum": checksum(data), "J": pair(J / m),
            "w": [pair(Decimal(v) / unit) for v in w], "b": pair(Decimal(b) / unit)})
    return runs


if __name__ == "__main__":
    assert math.isclose(logistic(Decimal(2), 1)[2], math.log1p(math.exp(-2)))
    for name, make in [("points", points), ("samples", samples), ("wisconsin", wisconsin)]:
        (HERE / f"{name}.json").write_text(json.dumps(make(), separators=(",", ":")) + "\n")
