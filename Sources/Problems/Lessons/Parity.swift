/// Networks of ReLU units that compute the parity (the exclusive or) of n bits: whether an odd number of them is 1.
///
/// In each the last layer makes z = 10 of an odd number of ones and z = −10 of an even one. All weights are whole
/// numbers, so that every sum is exact.
public enum Parity: CaseIterable, Sendable {
    /// A tree of pairs, a ⊕ b = ReLU(a + b) − 2·ReLU(a + b − 1), whose linear parts merge into the next layer:
    /// ⌈log₂ n⌉ hidden layers, and 2(n − 1) units where n is a power of two; elsewhere one more for each layer in
    /// which a bit waits for its partner.
    case tree

    /// One hidden layer with a unit for each pattern of an odd number of ones, which is 1 on that pattern and 0 on all
    /// others: 2ⁿ⁻¹ units.
    case patterns

    /// One hidden layer of n units that all look at s, the sum of the bits: s − 2·ReLU(s − 1) + 2·ReLU(s − 2) − …, a
    /// zigzag with n − 1 kinks.
    case zigzag

    /// The sum folded in the middle again and again, s := ReLU(s) − 2·ReLU(s − N/2), which is min(s, N − s) and has the
    /// parity of s since N is even; with N = 2^⌈log₂ n⌉ to begin with, ⌈log₂ n⌉ folds leave 0 or 1: two units in each
    /// of so many hidden layers (after M. Telgarsky, "Benefits of depth in neural networks", COLT 2016).
    case fold

    /// The network, and its parameters.
    ///
    /// - Parameter n: the number of bits, from 2 to 24.
    public func network(bits n: Int) -> (network: Network, model: Model<Double>) {
        precondition((2...24).contains(n), "\(n) bits; expected 2 to 24")
        var layers = Layers(
            values: (0..<n).map { bit in (0..<n).map { $0 == bit ? 1 : 0 } }, width: n)
        switch self {
        case .tree:
            while layers.values.count > 1 {
                let pairs = layers.values.count / 2
                let units = layers.values.indices.flatMap { i -> [(row: [Double], bias: Double)] in
                    guard i / 2 < pairs else { return [(layers.values[i], 0)] }
                    guard i % 2 == 0 else { return [] }
                    let sum = zip(layers.values[i], layers.values[i + 1]).map(+)
                    return [(sum, 0), (sum, -1)]
                }
                let isOdd = layers.values.count % 2 == 1
                layers.append(units)
                layers.values = (0..<pairs).map { layers.combination([2 * $0: 1, 2 * $0 + 1: -2]) }
                if isOdd { layers.values.append(layers.combination([2 * pairs: 1])) }
            }
        case .patterns:
            layers.append(
                (0..<1 << n).filter { $0.nonzeroBitCount % 2 == 1 }.map { pattern in
                    let row = (0..<n).map { pattern >> $0 & 1 == 1 ? 1.0 : -1 }
                    return (row, Double(1 - pattern.nonzeroBitCount))
                })
            layers.values = [Array(repeating: 1, count: layers.width)]
        case .zigzag:
            let sum = layers.sum
            layers.append((0..<n).map { (sum, -Double($0)) })
            layers.values = [(0..<n).map { $0 == 0 ? 1.0 : $0 % 2 == 1 ? -2 : 2 }]
        case .fold:
            layers.values = [layers.sum]
            var half = 1
            while 2 * half < n { half *= 2 }
            while half >= 1 {
                let s = layers.values[0]
                layers.append([(s, 0), (s, -Double(half))])
                layers.values = [layers.combination([0: 1, 1: -2])]
                half /= 2
            }
        }
        return layers.network
    }

    /// All 2ⁿ inputs, with their parities as labels.
    ///
    /// - Parameter n: the number of bits, from 1 to 24.
    public static func inputs(bits n: Int) throws(DatasetError) -> Dataset<Double> {
        precondition((1...24).contains(n), "\(n) bits; expected 1 to 24")
        return try Dataset(
            samples: (0..<1 << n).map { pattern in (0..<n).map { Double(pattern >> $0 & 1) } },
            labels: (0..<1 << n).map { Double($0.nonzeroBitCount % 2) })
    }
}

/// Hidden layers that are being put together. What comes out of the latest one are linear combinations of its units,
/// which merge into the weights of the next layer.
private struct Layers {
    /// The values so far, each by its weights of the units of the latest layer.
    var values: [[Double]]

    /// The number of units of the latest layer; of inputs before there is one.
    private(set) var width: Int

    private var hidden: [Int] = []
    private var parameters: [Double] = []

    init(values: [[Double]], width: Int) { (self.values, self.width) = (values, width) }

    /// The sum of all values.
    var sum: [Double] {
        (0..<width).map { unit in values.reduce(0) { $0 + $1[unit] } }
    }

    /// Adds a layer of units, each with its weights of the units before it.
    mutating func append(_ units: [(row: [Double], bias: Double)]) {
        parameters += units.flatMap { $0.row } + units.map { $0.bias }
        hidden.append(units.count)
        width = units.count
    }

    /// A combination of units of the latest layer.
    func combination(_ weights: [Int: Double]) -> [Double] { (0..<width).map { weights[$0] ?? 0 } }

    /// With z = 20·v − 10 for the one value v, 0 or 1.
    var network: (network: Network, model: Model<Double>) {
        (
            Network(hidden: hidden, activation: .relu),
            Model(parameters: parameters + values[0].map { 20 * $0 } + [-10])
        )
    }
}
