/// The cost of a model on a data set, and its derivatives: what every implementation computes.
public struct Gradient<Scalar: RealScalar>: Sendable, Equatable {
    /// J = (1/m) Σ L(a⁽ⁱ⁾, y⁽ⁱ⁾).
    public var J: Scalar

    /// dw_j = ∂J/∂w_j, one for each feature.
    public var dw: [Scalar]

    /// db = ∂J/∂b.
    public var db: Scalar

    /// Zeros, for n_x features.
    public init(zeros nx: Int) {
        (J, dw, db) = (0, Array(repeating: 0, count: nx), 0)
    }

    /// Sets everything to 0, in place.
    @inlinable
    public mutating func reset() {
        J = 0
        for j in dw.indices { dw[j] = 0 }
        db = 0
    }

    /// The length of (dw, db): 0 at the minimum.
    public var norm: Double {
        dw.reduce(Double(db) * Double(db)) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// Divides everything by m, in place. It is a division, not a product with 1/m, so that sums that
    /// are exact give the same bits in every implementation.
    @inlinable
    public mutating func divide(by m: Int) {
        let m = Scalar(m)
        J /= m
        for j in dw.indices { dw[j] /= m }
        db /= m
    }
}
