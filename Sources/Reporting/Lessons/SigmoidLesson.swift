import Problems

extension Lesson {
    /// σ, and why a straight line is no probability.
    static func sigmoid(_ rung: Rung<Double>) -> Lesson {
        Lesson("sigmoid", "A probability from any number", question: "Why will ŷ = wᵀx + b not do?") { _ in
            let data = try sixSamples()
            let line = leastSquares(data)
            let run = try GradientDescent(learningRate: 1, iterations: 500).run(
                rung.prepare(data, threads: 1), from: Model(zeros: 1))
            let (w, b) = (run.model.w[0], run.model.b)
            func straight(_ x: Double) -> Double { line.w * x + line.b }
            func curved(_ x: Double) -> Double { Problems.sigmoid(w * x + b) }
            let xs = (-5...6).map(Double.init)
            let values = xs.map { x in
                [
                    number(x), label(x, data), number(straight(x)), number(w * x + b), number(curved(x)),
                ]
            }
            let slopes = [-8.0, -4, -2, 0, 2, 4, 8].map { z in
                let (a, h) = (Problems.sigmoid(z), 1e-5)
                let quotient = (Problems.sigmoid(z + h) - Problems.sigmoid(z - h)) / (2 * h)
                return [number(z), number(a), number(a * (1 - a)), number(quotient)]
            }
            let outside = xs.filter { !(0...1).contains(straight($0)) }.map { number($0) }
            return [
                .paragraph(
                    """
                    ŷ is to be the probability that y = 1. Here are six samples of one feature x, and the straight \
                    line through their labels, ŷ = \(number(line.w))·x + \(number(line.b)) (least squares). At \
                    x = \(Prose.list(outside)) it is less than 0 or more than 1, and no probability.
                    """),
                .paragraph(
                    """
                    The sigmoid σ(z) = 1/(1 + e⁻ᶻ) takes any number z = w·x + b into 0…1: near 0 far to the left, \
                    near 1 far to the right, ½ at z = 0. With w = \(number(w)) and b = \(number(b)), which \
                    gradient descent finds (lesson descent):
                    """),
                .table("", DataTable(["x", "y", "line", "z = w·x + b", "σ(z)"], values, leading: 0)),
                .paragraph(
                    """
                    Its slope follows from its value: with a = σ(z), σ′(z) = a(1 − a). So the walk back needs no \
                    second exponential. The last column is the slope measured, from σ a little to the right and to \
                    the left of z:
                    """),
                .table("", DataTable(["z", "a = σ(z)", "a(1 − a)", "measured"], slopes, leading: 0)),
                .paragraph(
                    """
                    The slope is greatest, ¼, at z = 0, and all but 0 where a is near 0 or 1. There σ is saturated: \
                    lesson activations says what that costs.
                    """),
                .figure(
                    figure(data, straight, curved, xs, DataTable(["x", "y", "line", "z", "σ(z)"], values))),
            ]
        }
    }

    /// w and b of the line with the least sum of squares Σ(w·x + b − y)², for one feature.
    private static func leastSquares(_ data: Dataset<Double>) -> (w: Double, b: Double) {
        let (x, y, m) = (data.x.elements, data.y.elements, Double(data.m))
        let (meanX, meanY) = (x.reduce(0, +) / m, y.reduce(0, +) / m)
        let products = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
        let w = products / x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
        return (w, meanY - w * meanX)
    }

    private static func label(_ x: Double, _ data: Dataset<Double>) -> String {
        data.x.elements.firstIndex(of: x).map { number(data.y.elements[$0]) } ?? ""
    }

    private static func figure(
        _ data: Dataset<Double>, _ straight: (Double) -> Double, _ curved: (Double) -> Double, _ xs: [Double],
        _ table: DataTable
    ) -> Figure {
        let (low, high) = (xs[0], xs[xs.count - 1])
        let fine = (0...110).map { low + (high - low) * Double($0) / 110 }
        let (line, curve) = (Look(.ochre, .square, .long), Look(.blue, .circle))
        let samples = Look(.green, .diamond)
        let bounds = [0.0, 1].map { [(x: low, y: $0), (x: high, y: $0)] }
        let chart = PanelChart(
            note: "Six samples of one feature, and what two models say of any x",
            legend: [
                (.point(samples), "samples"), (.line(line, isStrong: true), "straight line"),
                (.line(curve, isStrong: true), "σ(w·x + b)"),
            ],
            panels: [
                PanelChart.Panel(
                    title: "Only one of them stays between 0 and 1",
                    x: Axis("x", Scale.linear(xs, margin: 0) ?? .unit, .number),
                    y: Axis("ŷ", Scale.linear([straight(low), straight(high)]) ?? .unit, .number),
                    lines: [
                        .init(Look(.grey, .circle, .dots), .strong, bounds),
                        .init(line, .strong, [fine.map { ($0, straight($0)) }]),
                        .init(curve, .strong, [fine.map { ($0, curved($0)) }]),
                        .init(samples, .marks, [zip(data.x.elements, data.y.elements).map { ($0, $1) }]),
                    ])
            ])
        return Figure(
            "lesson-sigmoid", "A straight line leaves 0 to 1; the sigmoid does not",
            description:
                "Six samples with labels 0 and 1. The straight line goes from \(number(straight(low))) at "
                + "x = \(number(low)) to \(number(straight(high))) at x = \(number(high)). The sigmoid goes from "
                + "\(number(curved(low))) to \(number(curved(high))), and never leaves 0 to 1.",
            chart, table)
    }
}
