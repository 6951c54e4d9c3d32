/// The size of a problem: how many samples and features there are, and how many units the layers between have.
public struct Shape: Sendable, Hashable {
    /// The number of samples.
    public let m: Int

    /// The number of features in one sample.
    public let nx: Int

    /// The number of units of each hidden layer, first layer first; none for logistic regression.
    public let hidden: [Int]

    /// m × n_x.
    public init(_ m: Int, _ nx: Int, hidden: [Int] = []) {
        (self.m, self.nx, self.hidden) = (m, nx, hidden)
    }

    /// The parameters, block after block: w and b of logistic regression; W1, b1, W2, … of a network, each
    /// matrix unit after unit.
    public var blocks: [Block] {
        guard !hidden.isEmpty else {
            return [Block(name: "w", rows: 1, columns: nx), Block(name: "b", rows: 1, columns: 1)]
        }
        let widths = [nx] + hidden + [1]
        return (1..<widths.count).flatMap { l in
            [
                Block(name: "W\(l)", rows: widths[l], columns: widths[l - 1]),
                Block(name: "b\(l)", rows: widths[l], columns: 1),
            ]
        }
    }

    /// The widths of all layers, from the input to the output, as in 784-128-1.
    public var widths: String { ([nx] + hidden + [1]).map(String.init).joined(separator: "-") }

    /// How many numbers the parameters are.
    public var parameterCount: Int { blocks.reduce(0) { $0 + $1.count } }

    /// The name of parameter `index` of the flat vector, such as `w[3]`, `b` or `W1[2,5]`, counted from 0.
    public func parameterName(_ index: Int) -> String {
        var rest = index
        for block in blocks {
            if rest < block.count { return block.elementName(rest) }
            rest -= block.count
        }
        return "[\(index)]"
    }

    /// Parameters that belong together: a vector or a matrix.
    public struct Block: Sendable, Hashable {
        /// Its name in the mathematics.
        public let name: String
        /// Its shape; a vector has one row or one column.
        public let rows: Int, columns: Int

        /// How many numbers it is.
        public var count: Int { rows * columns }

        /// Whether it is a matrix of a network, W1, W2, …, also where that has a single row or column.
        public var isMatrix: Bool { name.hasPrefix("W") }

        fileprivate func elementName(_ index: Int) -> String {
            if count == 1 { return name }
            return rows == 1 || columns == 1
                ? "\(name)[\(index)]" : "\(name)[\(index / columns),\(index % columns)]"
        }
    }
}

/// The samples, and the network that is fitted to them.
public struct Problem<Scalar: RealScalar>: Sendable {
    /// The samples and their labels.
    public let data: Dataset<Scalar>

    /// The hidden layers and their activation; none for logistic regression.
    public let network: Network

    /// A network on `data`, or logistic regression.
    public init(_ data: Dataset<Scalar>, _ network: Network = .logistic) {
        (self.data, self.network) = (data, network)
    }

    /// m, n_x and the hidden layers.
    public var shape: Shape { Shape(data.m, data.nx, hidden: network.hidden) }
}
