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

    /// Where the weights are among the parameters: all but the biases.
    public var weights: [Range<Int>] { layers.map { $0.weights..<$0.biases } }
}

extension Model {
    /// λ/2·Σw² over all weights; biases have no penalty. Summed in `Double`.
    public func penalty(l2: Double, _ shape: Shape) -> Double {
        let squares = shape.weights.reduce(0) { sum, range in
            parameters[range].reduce(sum) { $0 + Double($1) * Double($1) }
        }
        return l2 / 2 * squares
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

    /// The most units that a layer may have.
    public static let mostUnits = 1_000_000

    /// A network, or logistic regression where `hidden` is empty.
    public init(hidden: [Int], activation: Activation = .relu) {
        (self.hidden, self.activation) = (hidden, activation)
    }

    /// Logistic regression: no hidden layers.
    public static let logistic = Network(hidden: [])
}
