#!/usr/bin/env python3
"""Makes the exact values that Tests/LaddersTests/VectorMathReference.swift holds.

    pip install mpmath
    python3 reference_values.py > ../../Tests/LaddersTests/VectorMathReference.swift

The arguments are special and hard ones in Double: the ends of the ranges of reduction, results next to
overflow and to underflow, arguments where a formula cancels. A value is written as the Double next to it and
the distance from there in ulps, so that an error can be measured in fractions of an ulp.
"""
import random
import struct

import mpmath as mp

mp.mp.prec = 2400  # enough for 1 + e^(−745) and for 1/(1 + e^700)

random.seed(20)
ln2 = float(mp.log(2))

exp_arguments = [0.5 * ln2, -0.5 * ln2, 1.5 * ln2, 709.782712893384, -708.3964185322641, -708.4, -720.5,
                 -744.44, -745.1, 1e-300, -1e-17, 1.0, -1.0, 100.25, -100.25, 37.0, -37.5]
exp_arguments += [random.uniform(-745, 709) for _ in range(16)] + [random.uniform(-1, 1) for _ in range(8)]
log_arguments = [5e-324, 1e-310, 1e-17, -1e-17, 0.5, -0.25, 0.4999999999999999, -0.2500000000000001, 1.0,
                 2.0, 3.0, -0.5, -0.9999999999999999, -0.999, 1e16, 1.7976931348623157e308, 0.4142135623730951]
log_arguments += [random.uniform(-1, 3) for _ in range(16)] + [10 ** random.uniform(-20, 300) for _ in range(8)]
z_arguments = [0.0, 1e-300, -1e-300, 1e-9, -1e-9, 1.0, -1.0, 36.7, -36.7, 37.5, -37.5, 700.0, -700.0, 709.0,
               -709.0, -720.25, -744.0, -745.1, 745.1, 800.0]
z_arguments += [random.uniform(-8, 8) for _ in range(20)] + [random.uniform(-745, 745) for _ in range(8)]


def literal(x):
    """x in Swift, which warns of subnormal literals."""
    if 0 < abs(x) < 2.2250738585072014e-308:
        return f"Double(bitPattern: 0x{struct.unpack('<Q', struct.pack('<d', x))[0]:x})"
    return repr(x)


def table(name, doc, arguments, f):
    print(f"    /// {doc}")
    print(f"    static let {name}: [ReferenceValue] = [")
    for x in arguments:
        value = f(mp.mpf(x))
        nearest = float(value)
        ulp = mp.mpf(2) ** max(mp.floor(mp.log(abs(nearest), 2)) - 52, -1074) if nearest else mp.mpf(2) ** -1074
        fraction = float((value - mp.mpf(nearest)) / ulp)
        print(f"        ReferenceValue({literal(x)}, {literal(nearest)}, {fraction:.4f}),")
    print("    ]")


print("""// Made by Benchmarks/coefficients/reference_values.py, in 2400-bit arithmetic.

/// f(x), as the `Double` next to it and the distance from there in ulps.
struct ReferenceValue {
    let x: Double
    let nearest: Double
    let fraction: Double

    init(_ x: Double, _ nearest: Double, _ fraction: Double) {
        (self.x, self.nearest, self.fraction) = (x, nearest, fraction)
    }

    /// The error of `value` in ulps.
    func error(of value: Double) -> Double {
        abs((value - nearest) / nearest.ulp - fraction)
    }
}

enum VectorMathReference {""")
table("exp", "e^x.", exp_arguments, mp.exp)
print()
table("log1p", "log(1 + x).", log_arguments, mp.log1p)
print()
table("sigmoid", "1/(1 + e^(−z)).", z_arguments, lambda z: 1 / (1 + mp.exp(-z)))
print()
table("lossOfLabel0", "log(1 + e^z), the loss for y = 0.", z_arguments, lambda z: mp.log1p(mp.exp(z)))
print("}")
