/// The cost of a model on a data set, and its derivatives: what every rung computes.
public struct Gradient<Scalar: RealScalar>: Sendable, Equatable {
    /// J = (1/m) Σ L(a⁽ⁱ⁾, y⁽ⁱ⁾).
    public var J: Scalar

    /// ∂J by each parameter, in the order of `Model.parameters`: dw_1 … dw_n_x, db for logistic regression.
    public var derivatives: [Scalar]

    /// Zeros, for so many parameters.
    public init(parameters count: Int) {
        (J, derivatives) = (0, Array(repeating: 0, count: count))
    }

    /// Zeros, for logistic regression with n_x features.
    public init(zeros nx: Int) { self.init(parameters: nx + 1) }

    /// Sets everything to 0, in place.
    @inlinable
    public mutating func reset() {
        J = 0
        for j in derivatives.indices { derivatives[j] = 0 }
    }

    /// The length of the vector of derivatives: 0 at the minimum.
    public var norm: Double {
        let db = derivatives.last.map { Double($0) } ?? 0
        return derivatives.dropLast().reduce(db * db) { $0 + Double($1) * Double($1) }.squareRoot()
    }

    /// Divides everything by m, in place. It is a division, not a product with 1/m, so that sums that
    /// are exact give the same bits in every rung.
    @inlinable
    public mutating func divide(by m: Int) {
        let m = Scalar(m)
        J /= m
        for j in derivatives.indices { derivatives[j] /= m }
    }
}

extension Gradient {
    /// dw_j = ∂J/∂w_j of logistic regression, one for each feature. Reading it makes a copy.
    public var dw: [Scalar] {
        get { Array(derivatives.dropLast()) }
        _modify {
            let db = derivatives.removeLast()
            defer { derivatives.append(db) }
            yield &derivatives
        }
    }

    /// db = ∂J/∂b of logistic regression.
    @inlinable public var db: Scalar {
        get { derivatives[derivatives.count - 1] }
        _modify { yield &derivatives[derivatives.count - 1] }
    }
}
