#!/usr/bin/env python3
"""Computes the polynomial coefficients of Sources/Ladders/VectorMath.

Each polynomial is the minimax approximation of a function in the weight that makes its error a relative
error of the result, found with the Remez exchange algorithm (Muller, "Elementary Functions", 3rd ed.,
chapter 3) in 60-digit arithmetic. The coefficients are then rounded to the scalar one by one, the one of
lowest order first, and those above it are corrected so as to make up for the rounding.

    pip install mpmath numpy
    python3 vector_math.py

prints them in the order of the source, with the greatest error that the rounded polynomial has.
"""
import mpmath as mp
import numpy as np

mp.mp.dps = 60


def evaluate(coefficients, x):
    value = mp.mpf(0)
    for c in reversed(coefficients):
        value = value * x + c
    return value


def remez(f, weight, a, b, degree):
    """The polynomial p of this degree that minimizes max |weight·(f − p)| on [a, b]."""
    count = degree + 1
    n = count + 1
    nodes = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    grid = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / 600) for i in range(600)]
    targets, weights = [f(x) for x in grid], [weight(x) for x in grid]
    for _ in range(12):
        matrix, right = mp.matrix(n, n), mp.matrix(n, 1)
        for row, x in enumerate(nodes):
            for column in range(count):
                matrix[row, column] = x**column
            matrix[row, count] = (-1) ** row / weight(x)
            right[row] = f(x)
        solution = mp.lu_solve(matrix, right)
        c, level = [solution[i] for i in range(count)], abs(solution[count])
        errors = [w * (t - evaluate(c, x)) for x, t, w in zip(grid, targets, weights)]
        extrema, best = [], 0
        for i in range(1, len(grid)):  # the greatest error of each run of one sign
            if mp.sign(errors[i]) != mp.sign(errors[best]):
                extrema.append(best)
                best = i
            elif abs(errors[i]) > abs(errors[best]):
                best = i
        extrema.append(best)
        while len(extrema) > n:  # alternation allows dropping an end only
            extrema.pop(0 if abs(errors[extrema[0]]) < abs(errors[extrema[-1]]) else -1)
        if len(extrema) < n:
            break
        nodes = [grid[i] for i in extrema]
        if max(abs(e) for e in errors) < level * mp.mpf("1.01"):
            break
    return c


def rounded(c, weight, a, b, scalar):
    """The coefficients as scalars: whatever the rounding of one changes, those above it make up for.

    The making up is a least-squares fit on Chebyshev nodes: after the first coefficient is fixed the rest
    of the powers vanish at 0, where an exchange of alternating errors has nothing to hold on to.
    """
    c, powers = list(c), len(c)
    nodes = [(a + b) / 2 - (b - a) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / 80) for i in range(80)]
    for k in range(powers):
        exact, c[k] = c[k], mp.mpf(float(scalar(mp.nstr(c[k], 40))))
        left = powers - 1 - k
        if left > 0:
            matrix, right = mp.matrix(len(nodes), left), mp.matrix(len(nodes), 1)
            for row, x in enumerate(nodes):
                w = weight(x)
                right[row] = w * (exact - c[k]) * x**k
                for column in range(left):
                    matrix[row, column] = w * x ** (k + 1 + column)
            fit = mp.lu_solve(matrix.T * matrix, matrix.T * right)
            for column in range(left):
                c[k + 1 + column] += fit[column]
    return c


def report(name, f, weight, true_weight, a, b, degree, scalar):
    a, b = mp.mpf(a), mp.mpf(b)
    exact = remez(f, weight, a, b, degree)
    c = rounded(exact, weight, a, b, scalar)
    grid = [a + (b - a) * i / 4001 for i in range(4002)]
    worst = [max(true_weight(x) * abs(f(x) - evaluate(p, x)) for x in grid if x != 0) for p in (exact, c)]
    minimax, actual = (mp.nstr(mp.log(error, 2), 5) for error in worst)
    print(f"{name}, {scalar.__name__}, degree {degree}: minimax 2^{minimax}, rounded 2^{actual}")
    for value in c:
        print("   ", repr(float(value)) if scalar is np.float64 else str(scalar(float(value))))


def exp_rest(r):
    """(e^r − 1 − r)/r²"""
    return (mp.expm1(r) - r) / r**2 if abs(r) > 1e-12 else mp.mpf(1) / 2 + r / 6 + r**2 / 24


def log1p_rest(f):
    """(log1p(f) − f)/f²"""
    return (mp.log1p(f) - f) / f**2 if abs(f) > 1e-12 else -mp.mpf(1) / 2 + f / 3 - f**2 / 4


def log1p_ratio(u):
    """log1p(e)/e − 1 at e = u + ½"""
    e = u + mp.mpf(1) / 2
    return mp.log1p(e) / e - 1 if e > 1e-25 else -e / 2 + e**2 / 3


def split(value, bits, scalar):
    """value = high + low, the high part with this many significant bits."""
    exponent = int(mp.floor(mp.log(value, 2))) + 1 - bits
    high = mp.floor(value / mp.mpf(2) ** exponent + mp.mpf(1) / 2) * mp.mpf(2) ** exponent
    return scalar(float(high)), scalar(mp.nstr(value - high, 40))


for scalar, bits, degrees in ((np.float32, 15, (4, 8, 9)), (np.float64, 41, (9, 19, 20))):
    print(scalar.__name__, "log2 e =", scalar(mp.nstr(1 / mp.log(2), 40)),
          " ln 2 = %s + %s" % split(mp.log(2), bits, scalar))
    # A little beyond ½ ln 2, because x/ln 2 is rounded before it is rounded to a whole number. The true
    # weight is 0 at r = 0, where Remez asks for a positive one: hence the small constant.
    report("exp: (e^r - 1 - r)/r^2", exp_rest, lambda r: (r**2 + mp.mpf("0.002")) / mp.exp(r),
           lambda r: r**2 / mp.exp(r), "-0.34662", "0.34662", degrees[0], scalar)
    report("log1p: (log1p(f) - f)/f^2", log1p_rest, lambda f: abs(f) + mp.mpf("0.01"),
           lambda f: f**2 / abs(mp.log1p(f)), "-0.25", "0.5", degrees[1], scalar)
    report("log1p of e in [0, 1], about 1/2: log1p(e)/e - 1", log1p_ratio,
           lambda u: 1 / (1 + log1p_ratio(u)), lambda u: 1 / (1 + log1p_ratio(u)),
           "-0.5", "0.5", degrees[2], scalar)
