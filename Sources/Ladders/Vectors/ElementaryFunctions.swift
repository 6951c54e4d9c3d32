// x = k·ln 2 + r with a whole number k and |r| ≤ ½ ln 2, so that e^x = 2^k·e^r. Most of the care below is for
// the rare x where 2^k is no normal scalar. The two functions with `plain` in their names are for all others,
// to the same bits: |x| ≤ `plainBound`, or NaN.

extension LaneVector {
    /// e^x, lane by lane, for every x: overflow to +∞, gradual underflow, NaN for NaN.
    @inline(__always)
    static func exp(_ x: Self) -> Self {
        // Beyond these two bounds the result is what it is at the bound. NaN passes both.
        let x = min(exponentialIsInfinite, max(exponentialIsZero, x))
        let k = exponentOne.addingProduct(x, times: log2E) - exponentOne
        let p = simpleExponential(x, minus: k)

        // 2^k itself may be no normal scalar, or none at all. Two factors of half the exponent are, and
        // only the second product can round, overflow or underflow.
        let half = exponentOne.addingProduct(k, times: Self(repeating: 0.5))
        let rest = k - (half - exponentOne) + exponentOne
        return p * half.powerOfTwo() * rest.powerOfTwo()
    }

    /// e^x where 2^k is a normal scalar.
    @inline(__always)
    static func plainExp(_ x: Self) -> Self {
        let sum = exponentOne.addingProduct(x, times: log2E)
        return simpleExponential(x, minus: sum - exponentOne) * sum.powerOfTwo()
    }

    /// e^(−|z|), with gradual underflow: `exp` without the upper bound, and with a single power of two that
    /// differs from lane to lane.
    @inline(__always)
    static func exponential(ofMinusMagnitude z: Self) -> Self {
        let x = max(exponentialIsZero, z.negativeMagnitude)
        let one = exponentOne + exponentOffset
        let sum = one.addingProduct(x, times: log2E)
        // 2^(k + c) is a normal scalar for every k, and the product with it exact; the last product is the
        // only one that can round.
        return exponential(x, minus: sum - one) * sum.powerOfTwo() * exponentOffsetPower
    }

    /// e^x for x = −|z| where 2^k is a normal scalar.
    @inline(__always)
    static func plainExponential(ofNegative x: Self) -> Self {
        let sum = exponentOne.addingProduct(x, times: log2E)
        return exponential(x, minus: sum - exponentOne) * sum.powerOfTwo()
    }

    /// e^(x − k·ln 2) for a whole number k near x / ln 2: 1.03 ulp.
    @inline(__always)
    private static func simpleExponential(_ x: Self, minus k: Self) -> Self {
        let r = x.addingProduct(k, times: -ln2High).addingProduct(k, times: -ln2Low)
        return Self(repeating: 1) + r.addingProduct(r * r, times: exponentialRest(r))
    }

    /// e^(x − k·ln 2) for a whole number k near x / ln 2, to a quarter of an ulp better, for what else is
    /// rounded in σ.
    @inline(__always)
    private static func exponential(_ x: Self, minus k: Self) -> Self {
        // x − k·ln2High is exact. What the rest of ln 2 takes away is added to the small terms once more,
        // so that the rounding of r counts only where r is multiplied.
        let high = x.addingProduct(k, times: -ln2High)
        let low = k * ln2Low
        let r = high - low
        let rest = (r * r) * exponentialRest(r) - low
        // The terms are added from the small to the great, so that hardly more than the last addition
        // rounds in the last place of the result.
        return Self(repeating: 1) + (high + rest)
    }
}

extension LaneVector {
    /// The hyperbolic tangent, lane by lane, for every z: ±1 far out, NaN for NaN.
    ///
    /// With e = e^(−2|z|) it is (1 − e)/(1 + e). Near 0 that would cancel, so e − 1 is computed from the parts of the
    /// exponential: e = 2^k·(1 + p) gives e − 1 = 2^k·p + (2^k − 1), which for k = 0 is p itself.
    @inline(__always)
    static func tanh(_ z: Self) -> Self {
        let x = max(-plainBound, z.negativeMagnitude * Self(repeating: 2))
        let sum = exponentOne.addingProduct(x, times: log2E)
        let k = sum - exponentOne
        let r = x.addingProduct(k, times: -ln2High).addingProduct(k, times: -ln2Low)
        let p = r.addingProduct(r * r, times: exponentialRest(r))
        let power = sum.powerOfTwo()
        let less = (power - Self(repeating: 1)).addingProduct(p, times: power)
        let a = (-less) / (Self(repeating: 2) + less)
        return a.replacing(with: -a, where: z, isLessThan: .zero)
    }
}

/// e^(−|z|) of some vectors, one after the other: without the care that underflow takes, and those again with
/// it once one of them has underflowed.
///
///     for v in vectors:  e[v] = plain.exponential(ofMinusMagnitude: z[v])
///     plain.correct(e, of: z, count: …)
struct PlainExponentials<Lanes: LaneVector> {
    /// Marked in each lane that had a greater |z|.
    private var marks = Lanes.zero

    /// e^(−|z|), if that is a normal scalar.
    @inline(__always)
    mutating func exponential(ofMinusMagnitude z: Lanes) -> Lanes {
        let x = z.negativeMagnitude
        marks = marks.marking(where: x, isBeyond: -Lanes.plainBound)
        return .plainExponential(ofNegative: x)
    }

    /// Computes all `count` values again if one of them needed more care.
    @inline(__always)
    func correct(
        _ e: UnsafeMutablePointer<Lanes.Scalar>, of z: UnsafePointer<Lanes.Scalar>, count: Int
    ) {
        if marks.isMarked { Self.carefully(z, e, count) }
    }

    /// Not inlined, since it is seldom called.
    @inline(never)
    private static func carefully(
        _ z: UnsafePointer<Lanes.Scalar>, _ e: UnsafeMutablePointer<Lanes.Scalar>, _ count: Int
    ) {
        var i = 0
        while i < count {
            Lanes.exponential(ofMinusMagnitude: .load(z + i)).store(e + i)
            i &+= Lanes.scalarCount
        }
    }
}

extension LaneVector {
    /// log(1 + x), lane by lane, for every x: x itself near 0, −∞ at −1, NaN below, +∞ at +∞.
    ///
    /// 1 + x = 2^k·(1 + f) with 1 + f in [¾, 1½), so that log1p(x) = k·ln 2 + log1p(f). With these bounds, and
    /// not √½ and √2, f is exact for k = ±1, where the two terms have opposite signs.
    @inline(__always)
    static func log1p(_ x: Self) -> Self {
        let one = Self(repeating: 1)
        // The rounding of 1 + x can only choose the other one of two good k; f is computed from x. The
        // power is 2^(2−k), because 2^−k is no normal scalar for the greatest k.
        let k = (one + x).nearestExponent()
        let power = (Self(repeating: 2) - k + exponentOne).powerOfTwo()
        let f = (power - Self(repeating: 4)).addingProduct(x, times: power) * Self(repeating: 0.25)

        // head + tail is k·ln2High + f exactly (Fast2Sum: Muller et al., "Handbook of Floating-Point
        // Arithmetic", 2nd ed., section 4.3.1), and f itself where k = 0.
        let whole = k * ln2High
        let head = whole + f
        let tail = whole - head + f
        let rest = (f * f * logarithmRest(f)).addingProduct(k, times: ln2Low)
        let y = head + (tail + rest)

        // x keeps −0 and subnormal arguments, and +∞. NaN has passed through.
        let infinity = Self(repeating: .infinity)
        return
            y
            .replacing(with: x, where: x.magnitude, isLessThan: log1pIsArgument)
            .replacing(with: x, where: Self(repeating: .greatestFiniteMagnitude), isLessThan: x)
            .replacing(with: -infinity, where: x, isLessThan: Self(repeating: Scalar(-1).nextUp))
            .replacing(with: Self(repeating: .nan), where: x, isLessThan: -one)
    }

    /// d = log1p(e)/e − 1 for e in [0, 1], so that log1p(e) = e + e·d: one polynomial, without any reduction.
    ///
    /// d vanishes with e and is at most 0.31 in magnitude, so that its rounding hardly counts. As a
    /// polynomial in e − ½ its terms fall off at least twofold, one after the other: no cancellation in
    /// whatever order they are added.
    @inline(__always)
    static func log1pRatio(_ e: Self) -> Self {
        logarithmRatio(e - Self(repeating: 0.5))
    }
}

/// The activation and the loss from one exponential e = e^(−|z|): the formulas of
/// `Problems.logistic(_:label:)`, with the same limits at ±∞ and NaN for NaN.
extension LaneVector {
    /// The loss L(a, y) from z, the label and e = e^(−|z|).
    @inline(__always)
    static func loss(_ z: Self, label y: Self, exponential e: Self) -> Self {
        // max(t, 0) + (e + e·d), with the two small terms added first: one rounding less in the last place.
        let rest = max(Self.zero, logit(z, against: y)).addingProduct(e, times: log1pRatio(e))
        return e + rest
    }

    /// t: z of the label that it is not, −z where y = 1 and z where y = 0.
    @inline(__always)
    static func logit(_ z: Self, against y: Self) -> Self {
        // ±z exactly, also at ±∞, where z − 2·y·z would be NaN.
        z * Self(repeating: 1).addingProduct(Self(repeating: -2), times: y)
    }

    /// 1/(1 + e) for z ≥ 0, e/(1 + e) for z < 0.
    @inline(__always)
    static func sigmoid(_ z: Self, exponential e: Self) -> Self {
        let one = Self(repeating: 1)
        let sum = one + e
        let a = one.replacing(with: e, where: z, isLessThan: Self.zero) / sum
        // The rounding of 1 + e, which is known exactly (Fast2Sum), can cost a whole ulp; this takes most
        // of it back. It is relative to 1 + e, but close to e = 1 the ulp is small enough without it.
        return a.addingProduct(a, times: (sum - one) - e)
    }
}
