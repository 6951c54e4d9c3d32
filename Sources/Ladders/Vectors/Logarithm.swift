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
