import Foundation

/// A computation as a graph: values, and for each the operation and the earlier values that it came from.
///
/// To compute forward is to walk along the graph; to differentiate is to walk back. By the chain rule each
/// value hands its derivative to the values that it came from, times how strongly it depends on them; a
/// value that several others came from adds up what they hand to it. One walk back gives the derivative by
/// every value at once, which is why gradients are computed in this direction.
///
/// A value is a number or a matrix: a whole layer of a network is one operation.
public struct ComputationGraph: Sendable {
    /// A place in the graph.
    public struct Variable: Sendable, Hashable {
        /// The place of its node in `nodes`.
        public let index: Int
    }

    /// A value in the graph.
    public struct Node: Sendable {
        /// Its name: `u`.
        public let name: String

        /// The operation that made it; nil for an input.
        public let operation: Operation?

        /// The values that it came from.
        public let inputs: [Variable]

        /// Its value.
        public let value: Matrix

        /// `dname`: the derivative of the output by it, after `differentiate`; of the shape of its value.
        public fileprivate(set) var derivative: Matrix
    }

    /// The values, each after those that it came from.
    public private(set) var nodes: [Node] = []

    /// An empty graph.
    public init() {}

    /// The node of a variable.
    public subscript(variable: Variable) -> Node { nodes[variable.index] }

    /// The variable that is called so.
    public func variable(named name: String) -> Variable? {
        nodes.firstIndex { $0.name == name }.map(Variable.init)
    }

    /// Adds an input.
    public mutating func input(_ name: String, _ value: Matrix) -> Variable {
        append(name, operation: nil, inputs: [], value)
    }

    /// Adds what an operation makes of earlier values. The value is computed here: this is the forward pass.
    public mutating func apply(_ operation: Operation, _ name: String, _ inputs: Variable...) -> Variable {
        append(name, operation: operation, inputs: inputs, operation.value(of: inputs.map { self[$0].value }))
    }

    /// Sets the derivatives of `output`, which is a number, by every value: the backward pass.
    public mutating func differentiate(_ output: Variable) {
        for i in nodes.indices {
            nodes[i].derivative = nodes[i].value.map { _ in i == output.index ? 1 : 0 }
        }
        for i in nodes.indices.reversed() {
            // Every value that came from it comes later, and has handed on its share by now.
            let node = nodes[i]
            guard let operation = node.operation else { continue }
            let inputs = node.inputs.map { self[$0].value }
            let shares = operation.shares(of: node.derivative, at: inputs, value: node.value)
            for (input, share) in zip(node.inputs, shares) {
                nodes[input.index].derivative = nodes[input.index].derivative.with(share, +)
            }
        }
    }

    private mutating func append(
        _ name: String, operation: Operation?, inputs: [Variable], _ value: Matrix
    ) -> Variable {
        nodes.append(
            Node(
                name: name, operation: operation, inputs: inputs, value: value,
                derivative: value.map { _ in 0 }))
        return Variable(index: nodes.count - 1)
    }
}

extension ComputationGraph {
    /// A matrix, or a number, which is a matrix of one row and one column.
    public struct Matrix: Sendable, Equatable {
        /// How many rows and columns it has.
        public let rows: Int, columns: Int

        /// Row after row.
        public let elements: [Double]

        /// A matrix of so many rows.
        public init(rows: Int, _ elements: [Double]) {
            precondition(rows > 0 && !elements.isEmpty && elements.count % rows == 0, "ragged rows")
            (self.rows, columns, self.elements) = (rows, elements.count / rows, elements)
        }

        /// A number.
        public init(_ number: Double) { self.init(rows: 1, [number]) }

        /// Whether it is a number.
        public var isNumber: Bool { elements.count == 1 }

        /// The number that it is; of a matrix the first element.
        public var number: Double { elements[0] }

        /// The element of a row and a column, counted from 0.
        public subscript(row: Int, column: Int) -> Double { elements[row * columns + column] }

        /// The same shape, each element changed.
        public func map(_ change: (Double) -> Double) -> Matrix { Matrix(rows: rows, elements.map(change)) }

        /// The same shape, each element joined with that of `other` at its place.
        func with(_ other: Matrix, _ join: (Double, Double) -> Double) -> Matrix {
            precondition((rows, columns) == (other.rows, other.columns), "matrices of different shapes")
            return Matrix(rows: rows, zip(elements, other.elements).map(join))
        }

        var transposed: Matrix {
            Matrix(rows: columns, (0..<columns).flatMap { c in (0..<rows).map { self[$0, c] } })
        }

        /// The sum of two matrices of one shape.
        public func adding(_ other: Matrix) -> Matrix { with(other, +) }

        /// The matrix product.
        public func times(_ other: Matrix) -> Matrix {
            precondition(columns == other.rows, "matrices whose inner sizes differ")
            return Matrix(
                rows: rows,
                (0..<rows).flatMap { r in
                    (0..<other.columns).map { c in
                        (0..<columns).reduce(0) { $0 + self[r, $1] * other[$1, c] }
                    }
                })
        }

        /// The sum of each row, as a column.
        var rowSums: Matrix {
            Matrix(rows: rows, (0..<rows).map { r in (0..<columns).reduce(0) { $0 + self[r, $1] } })
        }
    }
}

extension ComputationGraph.Matrix: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A number.
    public init(floatLiteral value: Double) { self.init(value) }

    /// A number.
    public init(integerLiteral value: Int) { self.init(Double(value)) }
}

extension ComputationGraph {
    /// An operation on values. A new one has to say its value, what it hands back to each input, and how both are
    /// written.
    public enum Operation: Sendable, Equatable {
        /// p + q + …, element by element.
        case sum
        /// p·q, element by element.
        case product
        /// c·p for a constant c.
        case multiple(Double)
        /// W·A + b: a layer's linear part, one column for each sample.
        case linear
        /// g(p), element by element; σ is one of them.
        case activation(Activation)
        /// The sum of L(p, y) = −(y log p + (1 − y) log(1 − p)) over samples, for their labels y, 0 or 1: for
        /// each the term that is left of it.
        case crossEntropy(labels: [Double])

        /// Its value at its inputs.
        func value(of p: [Matrix]) -> Matrix {
            switch self {
            case .sum: p.dropFirst().reduce(p[0]) { $0.with($1, +) }
            case .product: p[0].with(p[1], *)
            case .multiple(let c): p[0].map { c * $0 }
            case .linear:
                p[0].times(p[1]).with(Self.repeated(p[2], columns: p[1].columns), +)
            case .activation(let g): p[0].map { g.value($0) }
            case .crossEntropy(let labels):
                Matrix(zip(p[0].elements, labels).reduce(0) { $0 - log($1.1 == 1 ? $1.0 : 1 - $1.0) })
            }
        }

        /// The derivative that it hands back to each of its inputs.
        ///
        /// - Parameters:
        ///   - d: the derivative by what it made of them, `value`.
        func shares(of d: Matrix, at p: [Matrix], value: Matrix) -> [Matrix] {
            switch self {
            case .sum: p.map { _ in d }
            case .product: [d.with(p[1], *), d.with(p[0], *)]
            case .multiple(let c): [d.map { $0 * c }]
            case .linear: [d.times(p[1].transposed), p[0].transposed.times(d), d.rowSums]
            case .activation(let g): [d.with(value.map { g.derivative(at: $0) }, *)]
            case .crossEntropy(let labels):
                [
                    Matrix(
                        rows: 1,
                        zip(p[0].elements, labels).map { a, y in d.number * (y == 1 ? -1 / a : 1 / (1 - a)) })
                ]
            }
        }

        private static func repeated(_ column: Matrix, columns: Int) -> Matrix {
            Matrix(rows: column.rows, column.elements.flatMap { Array(repeating: $0, count: columns) })
        }

        /// How it is written, with names or with numbers in the place of its inputs.
        public func formula(_ p: [String]) -> String {
            switch self {
            case .sum: p.enumerated().map { $0 == 0 ? $1 : Self.factor($1) }.joined(separator: " + ")
            case .product: "\(Self.factor(p[0]))·\(Self.factor(p[1]))"
            case .multiple(let c): "\(Self.number(c))·\(Self.factor(p[0]))"
            case .linear: "\(p[0])·\(p[1]) + \(p[2])"
            case .activation(let g): g == .linear ? p[0] : "\(g.symbol)(\(p[0]))"
            case .crossEntropy(let labels):
                labels.count > 1 ? "Σ L(\(p[0]), Y)" : labels == [1] ? "−log \(p[0])" : "−log(1 − \(p[0]))"
            }
        }

        /// How what it hands back to input `k` is written.
        ///
        /// - Parameters:
        ///   - d: the name or number of the derivative by what it made of them.
        ///   - p: names or numbers of its inputs.
        ///   - value: the name or number of what it made of them.
        public func shareFormula(_ k: Int, of d: String, _ p: [String], value: String) -> String {
            switch self {
            case .sum: "\(Self.factor(d))·1"
            case .product: "\(Self.factor(d))·\(Self.factor(p[1 - k]))"
            case .multiple(let c): "\(Self.factor(d))·\(Self.number(c))"
            case .linear: k == 0 ? "\(d)·\(p[1])ᵀ" : k == 1 ? "\(p[0])ᵀ·\(d)" : "Σ \(d)"
            case .activation(.sigmoid): "\(Self.factor(d))·\(value)(1 − \(value))"
            case .activation: "\(d) ∗ g′(\(p[0]))"
            case .crossEntropy(let labels):
                labels.count > 1
                    ? "−Y/\(p[0]) + (1 − Y)/(1 − \(p[0]))"
                    : "\(Self.factor(d))·\(labels == [1] ? "(−1/\(p[0]))" : "1/(1 − \(p[0]))")"
            }
        }

        /// In brackets where it is a negative number.
        private static func factor(_ p: String) -> String { p.hasPrefix("−") ? "(\(p))" : p }

        private static func number(_ c: Double) -> String {
            c == c.rounded() ? String(format: "%.0f", c) : "\(c)"
        }
    }
}

extension ComputationGraph {
    /// J = 3(a + b·c), by way of u = b·c and v = a + u.
    ///
    /// At a = 5, b = 3, c = 2: u = 6, v = 11, J = 33, and dv = 3, da = 3, du = 3, db = 6, dc = 9.
    public static func example(a: Double = 5, b: Double = 3, c: Double = 2) -> ComputationGraph {
        var graph = ComputationGraph()
        let a = graph.input("a", Matrix(a))
        let b = graph.input("b", Matrix(b))
        let c = graph.input("c", Matrix(c))
        let u = graph.apply(.product, "u", b, c)
        let v = graph.apply(.sum, "v", a, u)
        let J = graph.apply(.multiple(3), "J", v)
        graph.differentiate(J)
        return graph
    }

    /// One logistic neuron on one sample: z = w₁x₁ + w₂x₂ + b, a = σ(z) and the loss L(a, y), through the
    /// same code.
    ///
    /// The walk back finds da = −y/a + (1 − y)/(1 − a), then dz = da·a(1 − a), which is a − y, and then
    /// dw_j = x_j·dz and db = dz: the formulas that every implementation uses.
    ///
    /// - Parameter y: the label, 0 or 1.
    public static func neuron(
        x1: Double = 1, x2: Double = 2, w1: Double = 0.5, w2: Double = -1, b: Double = 0.5, y: Double = 1
    ) -> ComputationGraph {
        var graph = ComputationGraph()
        let x1 = graph.input("x1", Matrix(x1))
        let w1 = graph.input("w1", Matrix(w1))
        let x2 = graph.input("x2", Matrix(x2))
        let w2 = graph.input("w2", Matrix(w2))
        let p = graph.apply(.product, "p", w1, x1)
        let q = graph.apply(.product, "q", w2, x2)
        let b = graph.input("b", Matrix(b))
        let z = graph.apply(.sum, "z", p, q, b)
        let a = graph.apply(.activation(.sigmoid), "a", z)
        let L = graph.apply(.crossEntropy(labels: [y]), "L", a)
        graph.differentiate(L)
        return graph
    }

    /// A network on all samples of a data set, a layer's linear part and its activation being one value each: X,
    /// W1, b1, Z1, A1, … up to the sum of the losses, `L`.
    ///
    /// The derivatives are those of that sum: dW and db of J are m times as small, and dZ of the last layer is
    /// A − Y, as the formulas of networks have it.
    ///
    /// - Parameter model: the parameters of this network on these data.
    public static func network(_ problem: Problem<Double>, at model: Model<Double>) -> ComputationGraph {
        let (data, layers) = (problem.data, problem.shape.layers)
        precondition(model.parameters.count == problem.shape.parameterCount, "parameters of another network")
        var graph = ComputationGraph()
        var a = graph.input("X", Matrix(rows: data.m, Array(data.x.elements)).transposed)
        for (l, layer) in layers.enumerated() {
            let name = l + 1
            func parameters(_ range: Range<Int>) -> Matrix {
                Matrix(rows: layer.units, Array(model.parameters[range]))
            }
            let W = graph.input("W\(name)", parameters(layer.weights..<layer.biases))
            let b = graph.input("b\(name)", parameters(layer.biases..<layer.biases + layer.units))
            let z = graph.apply(.linear, "Z\(name)", W, a, b)
            let g = l == layers.count - 1 ? .sigmoid : problem.network.activation
            a = graph.apply(.activation(g), "A\(name)", z)
        }
        let L = graph.apply(.crossEntropy(labels: Array(data.y.elements)), "L", a)
        graph.differentiate(L)
        return graph
    }

    /// J and its derivatives, of a graph that `network` made of `problem`.
    public func gradient(of problem: Problem<Double>) -> Gradient<Double> {
        var gradient = Gradient<Double>(parameters: problem.shape.parameterCount)
        gradient.J = nodes[nodes.count - 1].value.number
        gradient.derivatives = nodes.dropFirst().filter { $0.operation == nil }
            .flatMap(\.derivative.elements)
        gradient.divide(by: problem.data.m)
        return gradient
    }
}
