extension LaneVector {
    /// e^x, lane by lane, for every x: overflow to +∞, gradual underflow, NaN for NaN.
    ///
    /// x = k·ln 2 + r with a whole number k and |r| ≤ ½ ln 2, so that e^x = 2^k·e^r.
    @inline(__always)
    static func exp(_ x: Self) -> Self {
        // Beyond these two bounds the result is what it is at the bound. NaN passes both.
        let x = min(exponentialIsInfinite, max(exponentialIsZero, x))
        let k = exponentOne.addingProduct(x, times: log2E) - exponentOne
        let p = exponential(x, minus: k)

        // 2^k itself may be no normal scalar, or none at all. Two factors of half the exponent are, and
        // only the second product can round, overflow or underflow.
        let half = exponentOne.addingProduct(k, times: Self(repeating: 0.5))
        let rest = k - (half - exponentOne) + exponentOne
        return p * half.powerOfTwo() * rest.powerOfTwo()
    }

    /// e^(−|z|), with gradual underflow: `exp` without the upper bound, and with a single power of two that
    /// differs from lane to lane.
    @inline(__always)
    static func exponential(ofMinusMagnitude z: Self) -> Self {
        let x = max(exponentialIsZero, z.negativeMagnitude)
        let one = exponentOne + exponentOffset
        let sum = one.addingProduct(x, times: log2E)
        let p = exponential(x, minus: sum - one)
        // 2^(k + c) is a normal scalar for every k, and the product with it exact; the last product is the
        // only one that can round.
        return p * sum.powerOfTwo() * exponentOffsetPower
    }

    /// e^(x − k·ln 2) for a whole number k near x / ln 2.
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
