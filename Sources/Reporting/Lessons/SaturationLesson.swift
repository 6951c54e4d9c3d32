import Problems

extension Lesson {
    /// The literal loss where a saturates, in `Float`.
    static let saturation = Lesson(
        "saturation", "The loss, safely", question: "Why is the loss not computed as it is written?"
    ) { _ in
        let rows = [Float(5), 8, 10, 12, 14, 16, 17, 18, 40, 100].map { z in
            let a = Problems.sigmoid(z)
            return [
                number(Double(z)), "\(a)", digits(literalLoss(a, label: 0)),
                digits(logistic(z, label: 0).loss),
                digits(literalLoss(a, label: 1)), digits(logistic(z, label: 1).loss),
            ]
        }
        let zs = stride(from: Float(8), through: 20, by: 0.05).map(\.self)
        let first = firstInfinite()
        let literal = zs.map { (Double($0), Double(literalLoss(Problems.sigmoid($0), label: 0))) }
        let top = zs.last.map(Double.init) ?? 0
        // Up to the edge of the picture where it is infinite.
        let jump = [
            (Double(first), Double(literalLoss(Problems.sigmoid(first.nextDown), label: 0))),
            (Double(first), top),
        ]
        return [
            .paragraph(
                """
                In Float, a = σ(z) has about seven digits. As a nears 1, 1 − a loses them one by one, and from \
                z = \(number(Double(first))) on a is 1. Then −(y log a + (1 − y) log(1 − a)) asks for log 0, which is \
                −∞, where y = 0, and for 0·log 0, which is no number (NaN), where y = 1. One such sample \
                spoils J for all; and whoever differentiates the formula step by step finds da·a(1 − a) = ∞·0 for \
                dz, which is no number either.
                """),
            .paragraph("y = 0, where the answer is wrong with certainty and L is all but z:"),
            .table(
                "",
                DataTable(
                    ["z", "a", "literal", "from z"], rows.map { [$0[0], $0[1], $0[2], $0[3]] }, leading: 0)),
            .paragraph("y = 1, where the answer is right and L is all but 0:"),
            .table(
                "",
                DataTable(
                    ["z", "a", "literal", "from z"], rows.map { [$0[0], $0[1], $0[4], $0[5]] }, leading: 0)),
            .paragraph("Computed from z there is no such place, and one exponential is enough for a and L:"),
            .code(
                """
                t = (1 − 2y)·z           exactly z or −z
                L = max(t, 0) + log(1 + e^(−|t|))
                """),
            .paragraph("Every implementation here computes it so."),
            .figure(
                CurveFigure.figure(
                    id: "lesson-saturation", title: "The literal loss where a saturates",
                    description:
                        "For y = 0 the loss computed from z is all but z itself. The literal formula follows "
                        + "it in steps that grow, and is infinite from z = \(number(Double(first))) on, where a rounds "
                        + "to 1.",
                    note: "L for y = 0 in Float: by the literal formula from a, and from z", x: "z", y: "L",
                    curves: [
                        .init("from z", zs.map { (Double($0), Double(logistic($0, label: 0).loss)) }),
                        .init("literal", literal.filter { $0.0 < Double(first) } + jump),
                    ], place: (Double(first), "infinite from z = \(number(Double(first))) on"))),
        ]
    }

    /// The least z in `Float` from which σ(z) rounds to 1.
    private static func firstInfinite() -> Float {
        var (low, high) = (Float(0), Float(100))
        while low.nextUp < high {
            let middle = (low + high) / 2
            if Problems.sigmoid(middle) < 1 { low = middle } else { high = middle }
        }
        return high
    }

    private static func digits(_ value: Float) -> String { number(Double(value), digits: 7) }
}
