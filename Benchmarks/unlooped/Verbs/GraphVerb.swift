import Foundation
import Problems
import Reporting
import Study

/// `unlooped graph`: the computation graph, forward and backward.
struct GraphVerb: Verb {
    static let name = "graph"
    static let summary = "walk through a computation graph, forward and backward"
    static let discussion = """
        The graph is J = 3(a + b·c), or with --neuron one logistic neuron with its loss on one sample. The
        forward pass computes each value from those before it; the backward pass hands each derivative back
        along the graph, by the chain rule: dv stands for the derivative of the last value by v.
        """

    @Option("--neuron", "z = w1·x1 + w2·x2 + b, a = σ(z) and L(a, y) instead") var isNeuron: Bool
    @Option("--set", "A=1,B=2", "other values of inputs, such as a=1,c=4, or w1=0.2,y=0", .text)
    var set: String?
    @Option("--svg", "FILE", "draw it", .path("a file")) var svg: String?
    @Option("--force", "replace that file where it exists") var force: Bool
    @Option(.json) var json: Bool

    private func graph() throws(UsageError) -> ComputationGraph {
        let values = try Self.values(
            set,
            isNeuron ? ["x1": 1, "x2": 2, "w1": 0.5, "w2": -1, "b": 0.5, "y": 1] : ["a": 5, "b": 3, "c": 2])
        func value(_ name: String) -> Double { values[name] ?? 0 }
        guard isNeuron else { return .example(a: value("a"), b: value("b"), c: value("c")) }
        guard [0, 1].contains(value("y")) else {
            throw UsageError("--set: y is \(value("y")); expected 0 or 1")
        }
        return .neuron(
            x1: value("x1"), x2: value("x2"), w1: value("w1"), w2: value("w2"), b: value("b"), y: value("y"))
    }

    /// `defaults` with the values of `--set` in their places.
    private static func values(_ text: String?, _ defaults: [String: Double]) throws(UsageError) -> [String:
        Double]
    {
        var values = defaults
        var given: Set<String> = []
        for part in text?.split(separator: ",", omittingEmptySubsequences: false) ?? [] {
            let words = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2, let value = Double(words[1]), value.isFinite else {
                throw UsageError(
                    option: "--set", found: String(part), expected: "an input and a number, such as b=0.5")
            }
            guard values[words[0]] != nil else {
                throw UsageError(unknown: "input", words[0], among: defaults.keys.sorted())
            }
            guard given.insert(words[0]).inserted else {
                throw UsageError("--set names \(words[0]) twice; expected once")
            }
            values[words[0]] = value
        }
        return values
    }

    func run() throws -> ExitCode {
        let graph = try graph()
        if let svg { try AtomicFile.check(svg, force: force) }
        let text = GraphText(graph: graph)
        if json {
            print(try JSONText.line(graph.nodes.map { Row($0, graph) }))
        } else {
            print((["forward"] + text.forward.map { "  " + $0 }).joined(separator: "\n"))
            print((["backward"] + text.backward.map { "  " + $0 }).joined(separator: "\n"))
            if let remark = Self.remark(graph) { print(remark) }
        }
        if let svg { try AtomicFile.write(figure(graph).svg, to: svg) }
        return .success
    }

    /// That dz has come out as a − y; nil where the graph is not a neuron's.
    private static func remark(_ graph: ComputationGraph) -> String? {
        guard let L = graph.variable(named: "L"), case .crossEntropy(let y)? = graph[L].operation,
            let z = graph.variable(named: "z"), let a = graph.variable(named: "a")
        else { return nil }
        let (dz, difference) = (GraphText.number(graph[z].derivative), GraphText.number(graph[a].value - y))
        if graph[z].derivative.isFinite { return "dz = da·a(1 − a) = \(dz) is a − y = \(difference)" }
        return "a has rounded to \(GraphText.number(graph[a].value)), so that da·a(1 − a) is no number; "
            + "a − y = \(difference) is one, and is what implementations compute"
    }

    private func figure(_ graph: ComputationGraph) -> Figure {
        GraphFigure.figure(
            title: isNeuron ? "One logistic neuron as a computation graph" : "J = 3(a + b·c) as a graph",
            nodes: graph.nodes.map { node in
                let names = node.inputs.map { graph[$0].name }
                return GraphFigure.Node(
                    name: node.name, formula: node.operation?.formula(names), inputs: names,
                    value: GraphText.number(node.value), derivative: GraphText.number(node.derivative))
            })
    }

    private struct Row: Encodable {
        let name: String
        let formula: String?
        let value, derivative: JSONNumber<Double>

        init(_ node: ComputationGraph.Node, _ graph: ComputationGraph) {
            name = node.name
            formula = node.operation?.formula(node.inputs.map { graph[$0].name })
            (value, derivative) = (JSONNumber(node.value), JSONNumber(node.derivative))
        }
    }
}

/// A computation graph step by step, as text.
private struct GraphText {
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
    private typealias Use = (derivative: String, slope: String, derivativeNumber: String, slopeNumber: String)

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
    private static func factor(_ value: Double) -> String { value < 0 ? "(\(number(value)))" : number(value) }
}
