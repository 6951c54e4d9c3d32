/// One layer of a network: where its parameters are in the flat vector, and its two widths.
///
///     Z⁽ˡ⁾ = W⁽ˡ⁾A⁽ˡ⁻¹⁾ + b⁽ˡ⁾,   A⁽ˡ⁾ = g(Z⁽ˡ⁾)
public struct Layer: Sendable, Hashable {
    /// n⁽ˡ⁻¹⁾ and n⁽ˡ⁾.
    public let inputs: Int, units: Int

    /// Where W⁽ˡ⁾ begins, units × inputs, unit after unit; b⁽ˡ⁾ follows it.
    public let weights: Int

    /// Where b⁽ˡ⁾ begins.
    public var biases: Int { weights + units * inputs }
}

extension Shape {
    /// The layers, first layer first; the last one has a single unit. Logistic regression is that one alone.
    public var layers: [Layer] {
        let widths = [nx] + hidden + [1]
        var (layers, next) = ([Layer](), 0)
        for l in 1..<widths.count {
            layers.append(Layer(inputs: widths[l - 1], units: widths[l], weights: next))
            next += widths[l] * (widths[l - 1] + 1)
        }
        return layers
    }
}

/// The hidden layers of a network and their activation: with n_x, all that its parameters do not say.
public struct Network: Sendable, Hashable, Codable {
    /// The number of units of each hidden layer, first layer first; none for logistic regression.
    public let hidden: [Int]

    /// g of the hidden layers.
    public let activation: Activation

    /// The most layers that a network may have, the last one included.
    public static let mostLayers = 64

    /// A network, or logistic regression where `hidden` is empty.
    public init(hidden: [Int], activation: Activation = .relu) {
        (self.hidden, self.activation) = (hidden, activation)
    }

    /// Logistic regression: no hidden layers.
    public static let logistic = Network(hidden: [])

    /// A⁽ˡ⁾ of each hidden layer, and z of the last one, for one sample.
    ///
    /// - Parameters:
    ///   - x: n_x features.
    ///   - model: the parameters of this network on n_x features.
    @inlinable
    public func forward<Scalar: RealScalar>(
        _ x: UnsafeBufferPointer<Scalar>, at model: Model<Scalar>
    ) -> (hidden: [[Scalar]], z: Scalar) {
        var (a, input, z) = ([[Scalar]](), Array(x), Scalar(0))
        let layers = Shape(1, x.count, hidden: hidden).layers
        precondition(
            model.parameters.count == layers[layers.count - 1].biases + 1, "parameters of another network")
        for (l, layer) in layers.enumerated() {
            var output = Array(model.parameters[layer.biases..<layer.biases + layer.units])
            for u in 0..<layer.units {
                let row = layer.weights + u * layer.inputs
                for k in 0..<layer.inputs { output[u] += model.parameters[row + k] * input[k] }
            }
            if l == layers.count - 1 {
                z = output[0]
            } else {
                input = output.map(activation.value)
                a.append(input)
            }
        }
        return (a, z)
    }

    /// z of the last layer for each sample of a data set, of which σ(z) is P(y = 1 | x).
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func linear<Scalar: RealScalar>(_ data: Dataset<Scalar>, at model: Model<Scalar>) -> [Scalar] {
        (0..<data.m).map { forward(data.sample($0), at: model).z }
    }
}
