import Problems

extension Lesson {
    /// J = 3(a + b·c), forward and backward.
    static let graph = Lesson(
        "graph", "A computation, forward and backward",
        question: "How does one walk back give every derivative?", inputs: ["a": 5, "b": 3, "c": 2]
    ) { values in
        let graph = ComputationGraph.example(
            a: values["a"] ?? 0, b: values["b"] ?? 0, c: values["c"] ?? 0)
        let text = GraphText(graph)
        return [
            .paragraph(
                """
                J is what a computation ends in; in training it is the cost that is to become small. Here \
                J = 3(a + b·c), in three steps. Forward, each value follows from those before it:
                """),
            .code(text.forward.joined(separator: "\n")),
            .paragraph(
                """
                dv is short for dJ/dv: where v grows by a little h, J grows by dv·h. So dJ is 1. Backward, each value \
                hands its derivative on to those that it came from, times how strongly it depends on them (the chain \
                rule):
                """),
            .code(text.backward.joined(separator: "\n")),
            .paragraph(
                """
                One walk back has found all six derivatives. Try one: make b greater by 1, with \
                \(code: "--set b=" + number((values["b"] ?? 0) + 1)), and J grows by db. A network is a longer graph, and nothing else.
                """),
            .figure(
                GraphFigure.figure(id: "lesson-graph", title: "J = 3(a + b·c) as a graph", graph)),
        ]
    }

    /// One logistic neuron on one sample.
    static let neuron = Lesson(
        "neuron", "One neuron as a graph", question: "Why is dz = a − y?",
        inputs: ["x1": 1, "x2": 2, "w1": 0.5, "w2": -1, "b": 0.5, "y": 1]
    ) { values in
        let y = values["y"] ?? 1
        let graph = ComputationGraph.neuron(
            x1: values["x1"] ?? 0, x2: values["x2"] ?? 0, w1: values["w1"] ?? 0, w2: values["w2"] ?? 0,
            b: values["b"] ?? 0, y: y)
        let text = GraphText(graph)
        let label =
            "y = \(number(y)), the label, leaves one term of L: L = \(y == 1 ? "−log a" : "−log(1 − a)")"
        return [
            .paragraph(
                """
                Logistic regression on one sample of two features: z = w1·x1 + w2·x2 + b, a = σ(z), and the loss \
                L(a, y). Forward:
                """),
            .code((text.forward.dropLast() + [label] + text.forward.suffix(1)).joined(separator: "\n")),
            .paragraph("Backward; dz is short for dL/dz, and so on:"),
            .code(text.backward.joined(separator: "\n")),
            .paragraph(Phrase(remark(graph, y: y))),
            .paragraph("Over m samples J is the mean of L, so dw1, dw2 and db are the means of these."),
            .figure(
                GraphFigure.figure(
                    id: "lesson-neuron",
                    title: "One logistic neuron on one sample", graph, given: "the label is y = \(number(y))")
            ),
        ]
    }

    /// That dz has come out as a − y.
    private static func remark(_ graph: ComputationGraph, y: Double) -> String {
        func node(_ name: String) -> ComputationGraph.Node? { graph.variable(named: name).map { graph[$0] } }
        guard let z = node("z"), let a = node("a") else { return "" }
        let (dz, difference) = (z.derivative.number, number(a.value.number - y))
        if dz.isFinite {
            let rule = y == 1 ? "(−1/a)·a(1 − a) = a − 1" : "1/(1 − a)·a(1 − a) = a"
            return "dz = da·a(1 − a) = \(number(dz)), and that is a − y = \(difference): \(rule). The two "
                + "factors that make σ and log awkward cancel."
        }
        return
            "a has rounded to \(number(a.value.number)), so that da·a(1 − a) is no number; a − y = \(difference) "
            + "is one, and is what implementations compute."
    }
}

/// A computation graph step by step, as text.
struct GraphText {
    private let graph: ComputationGraph

    init(_ graph: ComputationGraph) { self.graph = graph }

    /// The forward pass: each value from those before it.
    var forward: [String] {
        graph.nodes.map { node in
            let value = Self.number(node.value.number)
            guard let operation = node.operation else { return "\(node.name) = \(value)" }
            let inputs = node.inputs.map { graph[$0] }
            let (names, numbers) = (inputs.map(\.name), inputs.map { Self.number($0.value.number) })
            return "\(node.name) = \(operation.formula(names)) = \(operation.formula(numbers)) = \(value)"
        }
    }

    /// The backward pass: each derivative from those behind it.
    var backward: [String] {
        graph.nodes.reversed().map { node in
            let value = Self.number(node.derivative.number)
            let shares = graph.shares(of: node.name)
            guard !shares.isEmpty else { return "d\(node.name) = \(value)" }
            let formula = shares.map(\.names).joined(separator: " + ")
            return "d\(node.name) = \(formula) = \(shares.map(\.numbers).joined(separator: " + ")) = \(value)"
        }
    }

    /// A number with six digits.
    static func number(_ value: Double) -> String { Lesson.number(value, digits: 6) }
}

extension ComputationGraph {
    /// The formula of a value, with the names of its inputs; nil for an input.
    func formula(of node: Node) -> String? { node.operation?.formula(node.inputs.map { self[$0].name }) }

    /// The formula of a value's derivative, with names; empty for the output.
    func derivativeFormula(of node: Node) -> String {
        shares(of: node.name).map(\.names).joined(separator: " + ")
    }

    /// The shares that a value gets back from those that came from it, with names and with numbers.
    func shares(of name: String) -> [(names: String, numbers: String)] {
        nodes.flatMap { user in
            let inputs = user.inputs.map { self[$0] }
            return inputs.indices.filter { inputs[$0].name == name }.compactMap { k in
                user.operation.map { operation in
                    (
                        operation.shareFormula(k, of: "d\(user.name)", inputs.map(\.name), value: user.name),
                        operation.shareFormula(
                            k, of: GraphText.number(user.derivative.number),
                            inputs.map { GraphText.number($0.value.number) },
                            value: GraphText.number(user.value.number))
                    )
                }
            }
        }
    }
}

/// A computation graph with the values of the forward pass and the derivatives of the backward pass.
package enum GraphFigure {
    /// The figure. A box has the formula of a value, and of a number the value and its derivative, of a matrix its
    /// shape and how its derivative is made.
    ///
    /// - Parameters:
    ///   - graph: with its derivatives, the output last.
    ///   - given: what is known and in no box.
    package static func figure(
        id: String, title: String, _ graph: ComputationGraph, given: String? = nil
    ) -> Figure {
        let output = graph.nodes.last?.name ?? ""
        let hasMatrices = graph.nodes.contains { !$0.value.isNumber }
        let nodes = graph.nodes.map { node -> (formula: String?, value: String, derivative: String) in
            let formula = graph.formula(of: node)
            guard hasMatrices else {
                return (
                    formula, GraphText.number(node.value.number), GraphText.number(node.derivative.number)
                )
            }
            let share = graph.derivativeFormula(of: node)
            return (formula, "\(node.value.rows) × \(node.value.columns)", share.isEmpty ? "1" : share)
        }
        let rows = zip(graph.nodes, nodes).map { [$0.name, $1.formula ?? "given", $1.value, $1.derivative] }
        let chart = GraphChart(
            note: "From left to right the values; from right to left the derivatives of \(output)"
                + (given.map { "; \($0)" } ?? ""),
            nodes: zip(graph.nodes, nodes).map { node, text in
                GraphChart.Node(
                    title: text.formula.map { "\(node.name) = \($0)" } ?? node.name,
                    lines: [
                        hasMatrices ? text.value : "\(node.name) = \(text.value)",
                        "d\(node.name) = \(text.derivative)",
                    ].flatMap { $0.replacing(" + ", with: "\n+ ").split(separator: "\n").map(String.init) },
                    inputs: node.inputs.map(\.index))
            })
        return Figure(
            id, title,
            description: (given.map { Prose.sentence($0) + " " } ?? "")
                + rows.map { "\($0[0]) = \($0[1]) = \($0[2]), d\($0[0]) = \($0[3])." }
                .joined(separator: " "),
            chart,
            DataTable(["value", "formula", "forward", "derivative of \(output) by it"], rows, leading: 2))
    }
}
