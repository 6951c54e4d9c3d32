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
