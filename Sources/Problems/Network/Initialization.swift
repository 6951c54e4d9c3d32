/// How the weights of a network are drawn before the first step. Biases start at 0.
///
/// With equal weights all units of a layer stay equal for ever, so weights are drawn at random, normal, as wide as
/// keeps a signal about as large from layer to layer.
public enum Initialization: String, Codable, Sendable, CaseIterable {
    /// Variance 2/n⁽ˡ⁻¹⁾, for ReLU (K. He et al., "Delving Deep into Rectifiers", ICCV 2015).
    case he
    /// Variance 1/n⁽ˡ⁻¹⁾, for tanh and sigmoid (X. Glorot and Y. Bengio, "Understanding the difficulty of training
    /// deep feedforward neural networks", AISTATS 2010, with the mean of both widths; this is its common form).
    case xavier
    /// Standard normal · 0.01.
    case small
    /// All 0: right for logistic regression; units of a hidden layer then never part.
    case zero

    /// The usual choice: `he` for ReLU and leaky ReLU, `xavier` for the others, and 0 without hidden layers.
    public init(for network: Network) {
        self = network.hidden.isEmpty ? .zero : network.activation.hasKink ? .he : .xavier
    }

    /// The standard deviation of the weights of a layer.
    func deviation(of layer: Layer) -> Double {
        switch self {
        case .he: (2 / Double(layer.inputs)).squareRoot()
        case .xavier: (1 / Double(layer.inputs)).squareRoot()
        case .small: 0.01
        case .zero: 0
        }
    }
}

extension Model {
    /// The parameters before the first step: the same for one seed on every machine, and the same in `Float` and
    /// `Double` up to one rounding.
    public init(initial shape: Shape, _ initialization: Initialization, seed: UInt64) {
        self.init(parameters: Array(repeating: 0, count: shape.parameterCount))
        guard initialization != .zero else { return }
        // Another sequence than that of data of the same seed.
        var normal = PortableNormal(seed: ~seed)
        for layer in shape.layers {
            let deviation = initialization.deviation(of: layer)
            for j in layer.weights..<layer.biases { parameters[j] = Scalar(deviation * normal.next()) }
        }
    }
}

extension Shape {
    /// The hidden layers, the first being 1, whose units have all the same weights in, bias and weights out.
    ///
    /// Such units get the same derivatives whatever the data, so that they stay equal: the layer is worth one unit. A
    /// layer of one unit is left out.
    public func layersOfEqualUnits<Scalar: RealScalar>(_ model: Model<Scalar>) -> [Int] {
        let layers = layers
        return hidden.indices.filter { l in
            let (layer, next) = (layers[l], layers[l + 1])
            return layer.units > 1
                && (1..<layer.units).allSatisfy { u in
                    let row = layer.weights + u * layer.inputs
                    return model.parameters[row..<row + layer.inputs].elementsEqual(
                        model.parameters[layer.weights..<layer.weights + layer.inputs])
                        && model.parameters[layer.biases + u] == model.parameters[layer.biases]
                        && (0..<next.units).allSatisfy { v in
                            let row = next.weights + v * next.inputs
                            return model.parameters[row + u] == model.parameters[row]
                        }
                }
        }.map { $0 + 1 }
    }
}

/// Standard normal numbers by the polar method (G. Marsaglia and T. A. Bray, "A Convenient Method for Generating
/// Normal Variables", SIAM Review 6, 1964), from operations that every machine rounds alike: no function of a
/// library.
struct PortableNormal {
    private var generator: SplitMix64
    private var spare: Double?

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> Double {
        if let spare {
            self.spare = nil
            return spare
        }
        while true {
            let (u, v) = (2 * generator.uniform() - 1, 2 * generator.uniform() - 1)
            let s = u * u + v * v
            guard s > 0, s < 1 else { continue }
            let factor = (-2 * Self.log(s) / s).squareRoot()
            spare = v * factor
            return u * factor
        }
    }

    /// log x for a normal x > 0: x = f·2ᵏ with f about 1, log x = k·ln 2 + 2·artanh((f − 1)/(f + 1)), by its series.
    static func log(_ x: Double) -> Double {
        let isLarge = x.significand > 1.5
        let f = isLarge ? x.significand / 2 : x.significand
        let k = Double(isLarge ? x.exponent + 1 : x.exponent)
        let s = (f - 1) / (f + 1)  // at most 1/5 in magnitude
        var series = 0.0
        for n in stride(from: 25.0, through: 1, by: -2) { series = series * (s * s) + 1 / n }
        return k * 0.6931471805599453 + 2 * s * series
    }
}
