import Foundation
import Problems

/// A computation graph step by step, as text.
struct GraphText {
    let graph: ComputationGraph

    /// The forward pass: each value from those before it.
    var forward: [String] {
        graph.nodes.map { node in
            guard let operation = node.operation else { return "\(node.name) = \(Self.number(node.value))" }
            let inputs = node.inputs.map { graph[$0] }
            let (names, numbers) = (inputs.map(\.name), inputs.map { Self.number($0.value) })
            return "\(node.name) = \(operation.formula(names)) = \(operation.formula(numbers)) = "
                + Self.number(node.value)
        }
    }

    /// The backward pass: each derivative from those behind it.
    var backward: [String] {
        graph.nodes.indices.reversed().map { index in
            let node = graph.nodes[index]
            let uses = uses(of: node.name)
            let name = "d\(node.name)"
            guard !uses.isEmpty else { return "\(name) = \(Self.number(node.derivative))" }
            let formula = uses.map { "\($0.derivative)·\($0.slope)" }.joined(separator: " + ")
            let numbers = uses.map { "\($0.derivativeNumber)·\($0.slopeNumber)" }.joined(separator: " + ")
            return "\(name) = \(formula) = \(numbers) = \(Self.number(node.derivative))"
        }
    }

    /// A value that came from another, and how strongly it depends on it.
    private typealias Use = (
        derivative: String, slope: String, derivativeNumber: String, slopeNumber: String
    )

    private func uses(of name: String) -> [Use] {
        graph.nodes.flatMap { user in
            let inputs = user.inputs.map { graph[$0] }
            return inputs.indices.filter { inputs[$0].name == name }.compactMap { k -> Use? in
                guard let operation = user.operation else { return nil }
                return (
                    "d\(user.name)", operation.slopeFormula(k, inputs.map(\.name), value: user.name),
                    Self.factor(user.derivative),
                    operation.slopeFormula(
                        k, inputs.map { Self.number($0.value) }, value: Self.number(user.value))
                )
            }
        }
    }

    /// A number with six digits.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "−∞" : "∞" }
        return String(format: "%.6g", value).replacing("-", with: "−")
    }

    /// The same, in brackets where it is negative.
    private static func factor(_ value: Double) -> String {
        value < 0 ? "(\(number(value)))" : number(value)
    }
}
