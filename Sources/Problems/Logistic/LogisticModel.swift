// Logistic regression: parameters are w and b.

extension Model {
    /// The weights, one for each feature. Reading them makes a copy.
    public var w: [Scalar] {
        get { Array(parameters.dropLast()) }
        _modify {
            let b = parameters.removeLast()
            defer { parameters.append(b) }
            yield &parameters
        }
    }

    /// The bias.
    @inlinable public var b: Scalar {
        get { parameters[parameters.count - 1] }
        _modify { yield &parameters[parameters.count - 1] }
    }

    /// The linear part z = wᵀx + b of one sample of n_x features.
    @inlinable
    public func linear(_ x: UnsafeBufferPointer<Scalar>) -> Scalar {
        let nx = parameters.count - 1
        precondition(x.count == nx, "a sample of \(x.count) features for a model of \(nx)")
        var z = b
        for (wj, xj) in zip(parameters, x) { z += wj * xj }
        return z
    }

    /// P(y = 1 | x) = σ(wᵀx + b) of one sample of n_x features.
    @inlinable
    public func probability(_ x: UnsafeBufferPointer<Scalar>) -> Scalar { sigmoid(linear(x)) }

    /// A model drawn at random, the same for the same seed: z of standard-normal samples spreads about
    /// `scale` wide around 0, at any n_x.
    public static func random(_ nx: Int, seed: UInt64, scale: Double = 1) -> Model {
        // Another sequence than that of data of the same seed.
        var random = SplitMix64(seed: ~seed)
        func value(_ width: Double) -> Scalar { Scalar(Double.random(in: -1...1, using: &random) * width) }
        let width = scale * (3 / Double(max(nx, 1))).squareRoot()
        return Model(w: (0..<nx).map { _ in value(width) }, b: value(scale))
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
