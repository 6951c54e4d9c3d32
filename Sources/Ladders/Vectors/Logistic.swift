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
