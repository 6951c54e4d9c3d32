/// A computation graph with the values of the forward pass and the derivatives of the backward pass.
package enum GraphFigure {
    /// A value of the graph.
    package struct Node: Sendable {
        let name: String
        let formula: String?
        let inputs: [String]
        let value: String
        let derivative: String

        /// - Parameters:
        ///   - formula: how it is computed, from values of other names; nil for an input.
        ///   - inputs: the names of these values, which come before it.
        package init(name: String, formula: String?, inputs: [String], value: String, derivative: String) {
            (self.name, self.formula, self.inputs) = (name, formula, inputs)
            (self.value, self.derivative) = (value, derivative)
        }
    }

    /// The figure; `nodes` from the inputs to the output.
    package static func figure(title: String, nodes: [Node]) -> Figure {
        let output = nodes.last?.name ?? ""
        let description = nodes.map { node in
            "\(node.name) = \(node.formula.map { "\($0) = " } ?? "")\(node.value), "
                + "d\(node.name) = \(node.derivative)."
        }.joined(separator: " ")
        let chart = GraphChart(
            note: "From left to right the values; from right to left the derivatives of \(output)",
            nodes: nodes.map { node in
                GraphChart.Node(
                    title: node.formula.map { "\(node.name) = \($0)" } ?? node.name,
                    lines: ["\(node.name) = \(node.value)", "d\(node.name) = \(node.derivative)"],
                    inputs: node.inputs.compactMap { name in nodes.firstIndex { $0.name == name } })
            })
        let table = DataTable(
            ["value", "formula", "forward", "derivative of \(output) by it"],
            nodes.map { [$0.name, $0.formula ?? "given", $0.value, $0.derivative] }, leading: 2)
        return Figure("graph", title, description: description, chart, table)
    }
}
