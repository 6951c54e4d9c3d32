import Foundation
import Problems
import Reporting

/// `unlooped graph`: the computation graph, forward and backward.
struct GraphVerb: Verb {
    static let name = "graph"
    static let summary = "walk through a computation graph, forward and backward"
    static let discussion = """
        The graph is J = 3(a + b·c), or with --neuron one logistic neuron with its loss on one sample. The
        forward pass computes each value from those before it; the backward pass hands each derivative back
        along the graph, by the chain rule: dv stands for the derivative of the last value by v.
        """
    static let options: [Option] = [
        .toggle("--neuron", "z = w1·x1 + w2·x2 + b, a = σ(z) and L(a, y) instead"),
        .value("--set", "A=1,B=2", "other values of inputs, such as a=1,c=4, or w1=0.2,y=0"),
        .value("--svg", "FILE", "draw it"),
        .toggle("--force", "replace that file where it exists"),
        .json,
    ]

    private let graph: ComputationGraph
    private let isNeuron: Bool
    private let svg: String?
    private let force, json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        isNeuron = arguments.has("--neuron")
        (svg, force) = (arguments.text("--svg"), arguments.has("--force"))
        json = arguments.has("--json")
        if svg?.isEmpty == true { throw UsageError(option: "--svg", found: "", expected: "a file") }
        let defaults =
            isNeuron
            ? ["x1": 1, "x2": 2, "w1": 0.5, "w2": -1, "b": 0.5, "y": 1] : ["a": 5, "b": 3, "c": 2]
        let values = try Self.values(arguments.text("--set"), defaults)
        func value(_ name: String) -> Double { values[name] ?? 0 }
        if isNeuron, let y = values["y"], y != 0, y != 1 {
            throw UsageError("--set: y is \(y); expected 0 or 1")
        }
        graph =
            isNeuron
            ? .neuron(
                x1: value("x1"), x2: value("x2"), w1: value("w1"), w2: value("w2"), b: value("b"),
                y: value("y"))
            : .example(a: value("a"), b: value("b"), c: value("c"))
    }

    /// `defaults` with the values of `--set` in their places.
    private static func values(
        _ text: String?, _ defaults: [String: Double]
    ) throws(UsageError) -> [String: Double] {
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
        if let svg { try AtomicFile.check(svg, force: force) }
        let text = GraphText(graph: graph)
        if json {
            print(try JSONText.line(graph.nodes.map { Row($0, graph) }))
        } else {
            print((["forward"] + text.forward.map { "  " + $0 }).joined(separator: "\n"))
            print((["backward"] + text.backward.map { "  " + $0 }).joined(separator: "\n"))
            if let remark { print(remark) }
        }
        if let svg { try AtomicFile.write(figure.svg, to: svg) }
        return .success
    }

    /// That dz has come out as a − y; nil where the graph is not a neuron's.
    private var remark: String? {
        guard let L = graph.variable(named: "L"), case .crossEntropy(let y)? = graph[L].operation,
            let z = graph.variable(named: "z"), let a = graph.variable(named: "a")
        else { return nil }
        let (dz, difference) = (GraphText.number(graph[z].derivative), GraphText.number(graph[a].value - y))
        if graph[z].derivative.isFinite { return "dz = da·a(1 − a) = \(dz) is a − y = \(difference)" }
        return "a has rounded to \(GraphText.number(graph[a].value)), so that da·a(1 − a) is no number; "
            + "a − y = \(difference) is one, and is what implementations compute"
    }

    private var figure: Figure {
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
