/// The parameters of a model, as one flat vector: `Shape.blocks` says what stands where.
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

// Logistic regression.
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
