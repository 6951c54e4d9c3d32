/// The parameters of logistic regression: weights w (n_x × 1) and bias b.
public struct Model<Scalar: RealScalar>: Sendable, Equatable, Codable {
    /// The weights, one for each feature.
    public var w: [Scalar]

    /// The bias.
    public var b: Scalar

    /// A model with the given parameters.
    public init(w: [Scalar], b: Scalar) {
        (self.w, self.b) = (w, b)
    }

    /// Where gradient descent starts: w = 0, b = 0.
    public init(zeros nx: Int) {
        self.init(w: Array(repeating: 0, count: nx), b: 0)
    }
}

extension Model {
    /// The linear part z = wᵀx + b of one sample of n_x features.
    @inlinable
    public func linear(_ x: UnsafeBufferPointer<Scalar>) -> Scalar {
        precondition(x.count == w.count, "a sample of \(x.count) features for a model of \(w.count)")
        var z = b
        for (wj, xj) in zip(w, x) { z += wj * xj }
        return z
    }

    /// P(y = 1 | x) = σ(wᵀx + b) of one sample of n_x features.
    @inlinable
    public func probability(_ x: UnsafeBufferPointer<Scalar>) -> Scalar { sigmoid(linear(x)) }

    /// P(y = 1 | x) of each sample of a data set; m values.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func predict(_ data: Dataset<Scalar>) -> [Scalar] {
        (0..<data.m).map { probability(data.sample($0)) }
    }

    /// The label that a probability stands for: 1 from 0.5 on, else 0.
    public static func decide(_ probability: Scalar) -> Scalar { probability >= 0.5 ? 1 : 0 }

    /// The fraction of samples whose label the model finds, from 0 to 1.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func accuracy(on data: Dataset<Scalar>) -> Double {
        let right = zip(predict(data), data.y.elements).count { Self.decide($0) == $1 }
        return Double(right) / Double(data.m)
    }

    /// J, the mean loss over the samples; summed in `Double`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func cost(on data: Dataset<Scalar>) -> Double {
        let losses = (0..<data.m).reduce(0.0) { sum, i in
            sum + Double(logistic(linear(data.sample(i)), label: data.y.base[i]).loss)
        }
        return losses / Double(data.m)
    }

    /// One update of gradient descent: w := w − α·dw, b := b − α·db.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func descend(along gradient: Gradient<Scalar>, learningRate: Scalar) {
        precondition(gradient.dw.count == w.count, "a gradient of another number of features")
        for j in w.indices { w[j] -= learningRate * gradient.dw[j] }
        b -= learningRate * gradient.db
    }
}
