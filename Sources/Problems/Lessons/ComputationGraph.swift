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
        /// What it is called: `u`.
        public let name: String

        /// What made it; nil for an input.
        public let operation: Operation?

        /// The values that it came from.
        public let inputs: [Variable]

        /// What it is.
        public let value: Double

        /// `dname`: the derivative of the output by it, after `differentiate`.
        public fileprivate(set) var derivative = 0.0
    }

    /// The values, each behind those that it came from.
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
            // Whatever came from it stands behind it, and has handed it its part by now.
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
