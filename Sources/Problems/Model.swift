/// The parameters of a model, as one flat vector: `Shape.blocks` says where each block begins.
public struct Model<Scalar: RealScalar>: Sendable, Equatable {
    /// w_1 … w_n_x, b of logistic regression; W1, b1, W2, … of a network.
    public var parameters: [Scalar]

    /// A model with the given parameters.
    public init(parameters: [Scalar]) { self.parameters = parameters }

    /// Logistic regression with weights w (n_x × 1) and bias b.
    public init(w: [Scalar], b: Scalar) { self.init(parameters: w + [b]) }

    /// Where gradient descent starts in logistic regression: w = 0, b = 0.
    public init(zeros nx: Int) { self.init(w: Array(repeating: 0, count: nx), b: 0) }

    /// One update of gradient descent: each parameter moves by α against its derivative.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func descend(along gradient: Gradient<Scalar>, learningRate: Scalar) {
        precondition(gradient.derivatives.count == parameters.count, "a gradient of another model")
        for j in parameters.indices { parameters[j] -= learningRate * gradient.derivatives[j] }
    }
}

extension Model {
    /// The parameters block by block: a matrix as its rows, one for each unit, and a vector as a single row.
    ///
    /// - Parameter shape: the shape that these are parameters of.
    public func blocks(of shape: Shape) -> [(block: Shape.Block, rows: [[Scalar]])] {
        var rest = parameters[...]
        return shape.blocks.map { block in
            let rows = (0..<(block.isMatrix ? block.rows : 1)).map { _ in
                let row = Array(rest.prefix(block.isMatrix ? block.columns : block.count))
                rest = rest.dropFirst(row.count)
                return row
            }
            return (block: block, rows: rows)
        }
    }
}

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
