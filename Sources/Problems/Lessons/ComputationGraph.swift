import Foundation

/// A computation as a graph: values, and for each the operation and the earlier values that it came from.
///
/// To compute forward is to walk along the graph; to differentiate is to walk back. By the chain rule each
/// value hands its derivative to the values that it came from, times how strongly it depends on them; a
/// value that several others came from adds up what they hand to it. One walk back gives the derivative by
/// every value at once, which is why gradients are computed in this direction.
public struct ComputationGraph: Sendable {
    /// A place in the graph.
    public struct Variable: Sendable, Hashable {
        let index: Int
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
        public let value: Double

        /// `dname`: the derivative of the output by it, after `differentiate`.
        public fileprivate(set) var derivative = 0.0
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
    public mutating func input(_ name: String, _ value: Double) -> Variable {
        append(Node(name: name, operation: nil, inputs: [], value: value))
    }

    /// Adds what an operation makes of earlier values. The value is computed here: this is the forward pass.
    public mutating func apply(_ operation: Operation, _ name: String, _ inputs: Variable...) -> Variable {
        let value = operation.value(of: inputs.map { self[$0].value })
        return append(Node(name: name, operation: operation, inputs: inputs, value: value))
    }

    /// Sets the derivatives of `output` by every value: the backward pass.
    public mutating func differentiate(_ output: Variable) {
        for i in nodes.indices { nodes[i].derivative = i == output.index ? 1 : 0 }
        for i in nodes.indices.reversed() {
            // Every value that came from it comes later, and has handed on its share by now.
            let node = nodes[i]
            guard let operation = node.operation else { continue }
            let inputs = node.inputs.map { self[$0].value }
            for (input, slope) in zip(node.inputs, operation.slopes(at: inputs, value: node.value)) {
                nodes[input.index].derivative += node.derivative * slope
            }
        }
    }

    private mutating func append(_ node: Node) -> Variable {
        nodes.append(node)
        return Variable(index: nodes.count - 1)
    }
}

extension ComputationGraph {
    /// An operation on values. A new one has to say its value, how strongly that depends on each input, and how
    /// both are written.
    public enum Operation: Sendable, Equatable {
        /// p + q + …
        case sum
        /// p·q
        case product
        /// c·p for a constant c.
        case multiple(Double)
        /// σ(p) = 1/(1 + e^(−p))
        case sigmoid
        /// L(p, y) = −(y log p + (1 − y) log(1 − p)) for a label y, 0 or 1: the term that is left of it.
        case crossEntropy(label: Double)

        /// Its value at its inputs.
        func value(of p: [Double]) -> Double {
            switch self {
            case .sum: p.reduce(0, +)
            case .product: p[0] * p[1]
            case .multiple(let c): c * p[0]
            case .sigmoid: Problems.sigmoid(p[0])
            case .crossEntropy(let y): -log(y == 1 ? p[0] : 1 - p[0])
            }
        }

        /// Its derivative by each of its inputs.
        ///
        /// - Parameter value: what it made of them.
        func slopes(at p: [Double], value: Double) -> [Double] {
            switch self {
            case .sum: p.map { _ in 1 }
            case .product: [p[1], p[0]]
            case .multiple(let c): [c]
            case .sigmoid: [value * (1 - value)]
            case .crossEntropy(let y): [y == 1 ? -1 / p[0] : 1 / (1 - p[0])]
            }
        }

        /// How it is written, with names or with numbers in the place of its inputs.
        public func formula(_ p: [String]) -> String {
            switch self {
            case .sum: p.enumerated().map { $0 == 0 ? $1 : Self.factor($1) }.joined(separator: " + ")
            case .product: "\(Self.factor(p[0]))·\(Self.factor(p[1]))"
            case .multiple(let c): "\(Self.number(c))·\(Self.factor(p[0]))"
            case .sigmoid: "σ(\(p[0]))"
            case .crossEntropy(let y): y == 1 ? "−log \(p[0])" : "−log(1 − \(p[0]))"
            }
        }

        /// How its derivative by input `k` is written.
        ///
        /// - Parameters:
        ///   - p: names or numbers of its inputs.
        ///   - value: the name or number of what it made of them.
        public func slopeFormula(_ k: Int, _ p: [String], value: String) -> String {
            switch self {
            case .sum: "1"
            case .product: Self.factor(p[1 - k])
            case .multiple(let c): Self.number(c)
            case .sigmoid: "\(value)(1 − \(value))"
            case .crossEntropy(let y): y == 1 ? "(−1/\(p[0]))" : "1/(1 − \(p[0]))"
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
        let a = graph.input("a", a)
        let b = graph.input("b", b)
        let c = graph.input("c", c)
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
        let x1 = graph.input("x1", x1)
        let w1 = graph.input("w1", w1)
        let x2 = graph.input("x2", x2)
        let w2 = graph.input("w2", w2)
        let p = graph.apply(.product, "p", w1, x1)
        let q = graph.apply(.product, "q", w2, x2)
        let b = graph.input("b", b)
        let z = graph.apply(.sum, "z", p, q, b)
        let a = graph.apply(.sigmoid, "a", z)
        let L = graph.apply(.crossEntropy(label: y), "L", a)
        graph.differentiate(L)
        return graph
    }
}
