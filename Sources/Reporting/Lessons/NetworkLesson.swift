import Problems

extension Lesson {
    /// A network of 3-4-1 with numbers that one can redo by hand.
    static let network = Lesson(
        "network", "A network, by hand", question: "What does each layer compute, forward and backward?"
    ) { _ in
        let network = Network(hidden: [4], activation: .relu)
        let model = Model<Double>(
            parameters: [
                1, 0, -1, 0, 1, 1, -1, 1, 0, 1, -1, 1,  // W1
                1, 0, -1, 0,  // b1
                1, -1, 2, 1,  // W2
                -2,  // b2
            ])
        let one = Problem(try Dataset<Double>(samples: [[2, 1, 1]], labels: [1]), network)
        let two = Problem(try Dataset<Double>(samples: [[2, 1, 1], [0, 2, 0]], labels: [1, 0]), network)
        let (single, both) = (
            ComputationGraph.network(one, at: model), ComputationGraph.network(two, at: model)
        )
        var gradient = both.gradient(of: two)
        let before = gradient.J
        var moved = model
        moved.descend(along: gradient, learningRate: 1)
        gradient = ComputationGraph.network(two, at: moved).gradient(of: two)
        return [
            .paragraph(
                """
                n_x = 3 features, a hidden layer of four units with ReLU, and one unit with σ at the end. W1 has a row \
                for each unit of its layer and a column for each of its inputs:
                """),
            .code(sideBySide(both.parameters)),
            .paragraph("One sample x with y = 1. Forward, layer by layer (lesson loss has L):"),
            .code(sideBySide(single.forward)),
            .paragraph(
                """
                Backward, from the end to the beginning; each derivative has the shape of its value, and ∗ is the \
                product of elements at the same place:
                """),
            .code(sideBySide(single.backward)),
            .paragraph(
                """
                The third unit is 0 on this sample. ReLU′ is 0 there, so its rows of dW1 and db1 are 0: it learns \
                nothing from this sample. There is no dX: the samples do not change.
                """),
            .paragraph(
                """
                Now m = 2 samples at once, y = 1 and 0: a column for each, the same formulas, and no loop over samples.
                """),
            .code(sideBySide([("Y", ComputationGraph.Matrix(rows: 1, [1, 0]))] + both.forward)),
            .paragraph(
                "L is now the sum over the samples. Backward, the products with ᵀ add up the samples:"),
            .code(sideBySide(both.backward)),
            .paragraph(
                """
                Divided by m = 2 they are the derivatives of J = L/m = \(number(before)). A step with α = 1, \
                W := W − α·dW/m and b := b − α·db/m, takes J to \(number(gradient.J)).
                """),
            .figure(GraphFigure.figure(id: "lesson-network", title: "The network 3-4-1 as a graph", both)),
        ]
    }
}

extension ComputationGraph {
    /// The values that were given, X apart.
    fileprivate var parameters: [(name: String, value: Matrix)] {
        nodes.filter { $0.operation == nil && $0.name != "X" }.map { ($0.name, $0.value) }
    }

    /// X and all that was computed.
    fileprivate var forward: [(name: String, value: Matrix)] {
        nodes.filter { $0.operation != nil || $0.name == "X" }.map { node in
            let formula = formula(of: node)
            return (node.name + (formula.map { " = " + $0 } ?? ""), node.value)
        }
    }

    /// The derivatives from dZ of the last layer back, that of X left out. The walk makes the first of dA and σ′; it is
    /// A − Y (lesson neuron).
    fileprivate var backward: [(name: String, value: Matrix)] {
        nodes.dropLast(2).reversed().filter { $0.name != "X" }.enumerated().map { i, node in
            let share = derivativeFormula(of: node)
            let output = nodes[nodes.count - 2].name
            return ("d\(node.name) = \(i == 0 ? "\(output) − Y" : share)", node.derivative)
        }
    }
}
