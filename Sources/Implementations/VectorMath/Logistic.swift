extension LaneVector {
    /// The logistic function σ(z) = 1/(1 + e^(−z)), lane by lane.
    @inline(__always)
    static func sigmoid(_ z: Self) -> Self {
        sigmoid(z, exponential: exponentialOfNegative(z.negativeMagnitude))
    }

    /// The activation a = σ(z) and the loss L(a, y), lane by lane, from one exponential e = e^(−|z|).
    ///
    /// The formulas of `LogisticRegression.logistic(_:label:)`, with the same limits at ±∞ and NaN for NaN.
    ///
    /// - Parameter y: the labels, 0 or 1.
    @inline(__always)
    static func logistic(_ z: Self, label y: Self) -> (a: Self, loss: Self) {
        let e = exponentialOfNegative(z.negativeMagnitude)
        // ±z exactly, also at ±∞, where z − 2·y·z would be NaN.
        let t = z * Self(repeating: 1).addingProduct(Self(repeating: -2), times: y)
        return (sigmoid(z, exponential: e), max(Self.zero, t) + log1pOfUnitInterval(e))
    }

    /// 1/(1 + e) for z ≥ 0, e/(1 + e) for z < 0.
    @inline(__always)
    private static func sigmoid(_ z: Self, exponential e: Self) -> Self {
        let one = Self(repeating: 1)
        return one.replacing(with: e, where: z, isLessThan: Self.zero) / (one + e)
    }
}
