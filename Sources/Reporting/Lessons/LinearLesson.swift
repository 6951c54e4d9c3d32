import Problems

extension Lesson {
    /// Layers without a non-linearity are one layer.
    static let linear = Lesson(
        "linear", "Layers without a bend", question: "Why must g not be linear?"
    ) { _ in
        typealias Matrix = ComputationGraph.Matrix
        let (W1, b1) = (Matrix(rows: 3, [1, 2, -1, 1, 2, -1]), Matrix(rows: 3, [1, 0, -2]))
        let (W2, b2) = (Matrix(rows: 2, [1, -1, 1, 2, 1, -1]), Matrix(rows: 2, [0, 1]))
        let (W3, b3) = (Matrix(rows: 1, [1, -2]), Matrix(rows: 1, [3]))
        let model = Model(parameters: [W1, b1, W2, b2, W3, b3].flatMap(\.elements))
        // The three layers as one.
        let W = W3.times(W2).times(W1)
        let b = W3.times(W2.times(b1).adding(b2)).adding(b3)
        let one = Model(w: W.elements, b: b.number)
        let samples: [[Double]] = [[0, 0], [1, 0], [0, 1], [1, 1], [-1, 2], [3, -2]]
        func z(_ x: [Double], _ g: Activation) -> Double {
            x.withUnsafeBufferPointer { Network(hidden: [3, 2], activation: g).forward($0, at: model) }
        }
        func single(_ x: [Double]) -> Double { x.withUnsafeBufferPointer { one.linear($0) } }
        let rows = samples.map { x in
            [
                "(\(number(x[0])), \(number(x[1])))", number(z(x, .linear)), number(single(x)),
                number(z(x, .relu)),
            ]
        }
        let xs = (-60...60).map { Double($0) / 20 }
        return [
            .paragraph("Three layers, 2-3-2-1, with g(z) = z in the hidden ones:"),
            .code(
                sideBySide([("W1", W1), ("b1", b1), ("W2", W2), ("b2", b2), ("W3", W3), ("b3", b3)])),
            .paragraph(
                """
                Written out, z = W3(W2(W1x + b1) + b2) + b3. Multiply out, and that is W′x + b′ with \
                W′ = W3·W2·W1 and b′ = W3(W2·b1 + b2) + b3:
                """),
            .code(sideBySide([("W′", W), ("b′", b)])),
            .paragraph(
                "Three layers and \(model.parameters.count) parameters do what one layer does with 3:"),
            .table("", DataTable(["x", "three layers, g(z) = z", "W′x + b′", "three layers, ReLU"], rows)),
            .paragraph(
                """
                With σ at the end it is logistic regression again, however many layers there are. With ReLU it is not: \
                each unit can bend the surface, and no W′ and b′ do the same.
                """),
            .figure(
                CurveFigure.figure(
                    id: "lesson-linear", title: "Three linear layers are a straight line",
                    description:
                        "Along x₁ with x₂ = 0, z of three linear layers is a straight line; with ReLU it has "
                        + "corners.",
                    note: "z of the same three layers along x₁, with x₂ = 0", x: "x₁", y: "z",
                    curves: [
                        .init("g(z) = z", xs.map { ($0, z([$0, 0], .linear)) }),
                        .init("ReLU", xs.map { ($0, z([$0, 0], .relu)) }),
                    ])),
        ]
    }
}
