import Problems

extension Lesson {
    /// −log ŷ and −log(1 − ŷ).
    static let loss = Lesson("loss", "The loss of one sample", question: "How wrong is a probability?") { _ in
        let rows = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map { a in
            [number(a), number(literalLoss(a, label: 1)), number(literalLoss(a, label: 0))]
        }
        let xs = (1...199).map { Double($0) / 200 }
        return [
            .paragraph(
                """
                L(ŷ, y) = −(y log ŷ + (1 − y) log(1 − ŷ)). It looks like two terms, but y is 0 or 1 and leaves one of \
                them: −log ŷ for y = 1, −log(1 − ŷ) for y = 0.
                """),
            .table("", DataTable(["ŷ", "y = 1: −log ŷ", "y = 0: −log(1 − ŷ)"], rows, leading: 0)),
            .paragraph(
                """
                A right answer given with certainty costs next to nothing. The surer a wrong one, the more it costs, \
                without a limit. J, the cost, is the mean of L over all samples: what training makes small.
                """),
            .figure(
                CurveFigure.figure(
                    id: "lesson-loss", title: "The loss of one sample",
                    description:
                        "−log ŷ falls from above 5 to 0 as ŷ goes from 0 to 1; −log(1 − ŷ) is its mirror "
                        + "image.",
                    note: "L of one sample by the probability ŷ that the model gives to the label 1", x: "ŷ",
                    y: "L",
                    curves: [
                        .init("y = 1: −log ŷ", xs.map { ($0, literalLoss($0, label: 1)) }),
                        .init("y = 0: −log(1 − ŷ)", xs.map { ($0, literalLoss($0, label: 0)) }),
                    ])),
        ]
    }
}
