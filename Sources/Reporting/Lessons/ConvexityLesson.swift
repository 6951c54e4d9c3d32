import Problems

extension Lesson {
    /// The cost along a line, by cross-entropy and by squared error.
    static let convexity = Lesson(
        "convexity", "One valley, or two", question: "Why not the squared error ½(ŷ − y)²?"
    ) { _ in
        // One feature and an outlier: enough for squared error to have two valleys along w.
        let data = try Dataset<Double>(samples: [[-1], [0.5], [1], [2], [8]], labels: [0, 0, 1, 1, 0])
        let line = CostLine(
            data, from: Model(w: [0], b: 0), along: Model(w: [1], b: 0), over: -3...5, steps: 320)
        let rows = line.points.enumerated().filter { $0.offset % 20 == 0 }.map { _, point in
            [number(point.t), number(point.crossEntropy), number(point.squaredError)]
        }
        let names: [(String, KeyPath<CostLine.Point, Double> & Sendable)] = [
            ("cross-entropy", \.crossEntropy), ("squared error", \.squaredError),
        ]
        return [
            .paragraph(
                """
                Five samples of one feature, x = −1, 0.5, 1, 2, 8 with y = 0, 0, 1, 1, 0, and b = 0. J by w, once \
                with L and once with the squared error of each sample:
                """),
            .table("", DataTable(["w", "cross-entropy", "squared error"], rows, leading: 0)),
            .list(
                names.map { name, cost in
                    let valleys = line.minima(of: cost).map {
                        "w = \(number($0.t)), where J = \(number($0[keyPath: cost]))"
                    }
                    let shape =
                        line.bulge(of: cost).map {
                            "not convex: between w = \(number($0.t.left)) and \(number($0.t.right)) the chord is "
                                + "at \(number($0.chord)) in the middle, and J above it, at \(number($0.cost))"
                        } ?? "convex: no chord between two of the \(line.points.count) places is below J"
                    return "\(strong: name): lowest at \(valleys.joined(separator: " and ")); \(shape)."
                }),
            .paragraph(
                """
                Whoever walks downhill into the wrong valley stays there. And with squared error \
                dz = (a − y)·a(1 − a): where a sample is wrong with certainty, a(1 − a) is all but 0, J is flat, and \
                the steps are tiny. With cross-entropy dz = a − y (lesson neuron): the more wrong, the larger the step.
                """),
            .figure(
                CurveFigure.figure(
                    id: "lesson-convexity", title: "Why squared error is not convex here",
                    description:
                        "Along w the cost by cross-entropy has one valley. By squared error it has two, "
                        + "with a rise between them, and is flat to both sides.",
                    note: "J by w for five samples of one feature; both scaled to 1 at w = 0", x: "w",
                    y: "J over J at w = 0",
                    curves: names.map { name, cost in
                        // Up to four times the cost at w = 0, so that both can be seen.
                        let start = line.points.first { $0.t == 0 }?[keyPath: cost] ?? 1
                        return .init(
                            name,
                            line.points.map { ($0.t, $0[keyPath: cost] / start) }.filter { $0.1 <= 4 })
                    })),
        ]
    }
}
