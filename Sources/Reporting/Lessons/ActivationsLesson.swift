import Foundation
import Problems

extension Lesson {
    /// g and g′ of the hidden layers.
    static func activations(_ rung: Rung<Double>) -> Lesson {
        Lesson("activations", "The bend in each unit", question: "Which g, and where does it stop learning?")
        { _ in
            let zs = [-10.0, -4, -1, 0, 1, 4, 10]
            func table(_ name: String, _ value: (Activation, Double) -> Double) -> DataTable {
                DataTable(
                    [name] + zs.map { "z = \(number($0))" },
                    choices.map { g in
                        [g == .sigmoid ? "sigmoid" : g.symbol]
                            + zs.map { z in
                                let value = value(g, z)
                                return abs(value) < 1e-3 && value != 0
                                    ? String(format: "%.0e", value).replacing("-", with: "−")
                                    : number(value, digits: 3)
                            }
                    })
            }
            let slopes = table("g′(z)") { $0.derivative(at: $0.value($1)) }
            let dead = try deadUnit(rung)
            return [
                .paragraph(
                    """
                    Each unit of a hidden layer makes a = g(z). The walk back multiplies by g′(z) at every layer, so \
                    where g′ is all but 0, nothing before it learns.
                    """),
                .table("", table("g(z)") { $0.value($1) }),
                .table("", slopes),
                .list([
                    """
                    \(strong: "sigmoid") saturates on both sides, and at its best g′ is ¼: through ten layers that is \
                    at most (¼)¹⁰ = \(number(pow(0.25, 10), digits: 2)). Only the last layer has it, where ŷ must be a \
                    probability.
                    """,
                    """
                    \(strong: "tanh") is a sigmoid from −1 to 1, so what it makes has a mean near 0, and g′(0) = 1. It \
                    saturates too.
                    """,
                    """
                    \(strong: "ReLU"), max(0, z), never saturates for z > 0 and costs next to nothing. For z ≤ 0 g′ is \
                    0 (at 0 itself it has none; everyone takes 0). A unit with z ≤ 0 on every sample is dead.
                    """,
                    """
                    \(strong: "leaky ReLU"), max(0.01·z, z), keeps a little slope on the left, so it can come back.
                    """,
                ]),
                .paragraph(
                    """
                    Dead, shown: one hidden unit with w = 1, b = −10 on the six samples of lesson sigmoid, where \
                    z < 0 throughout, and 1 as output weight. With ReLU dW1 = \(number(dead.relu.0)), \
                    db1 = \(number(dead.relu.1)); with leaky ReLU dW1 = \(number(dead.leaky.0)), \
                    db1 = \(number(dead.leaky.1)): \
                    not much, but not nothing.
                    """),
                .figure(figure(slopes)),
            ]
        }
    }

    private static let choices: [Activation] = [.sigmoid, .tanh, .relu, .leaky]

    /// dW1 and db1 of a unit that is below 0 on all samples.
    private static func deadUnit(
        _ rung: Rung<Double>
    ) throws -> (relu: (Double, Double), leaky: (Double, Double)) {
        let data = try sixSamples()
        func derivatives(_ g: Activation) -> (Double, Double) {
            let prepared = rung.prepare(Problem(data, Network(hidden: [1], activation: g)), threads: 1)
            let gradient = prepared.gradient(at: Model(parameters: [1, -10, 1, 0]))
            return (gradient.derivatives[0], gradient.derivatives[1])
        }
        return (derivatives(.relu), derivatives(.leaky))
    }

    private static func figure(_ table: DataTable) -> Figure {
        let zs = (-100...100).map { Double($0) / 20 }
        let (value, slope) = (Look(.blue, .circle), Look(.ochre, .square, .long))
        let range = -1.2...2.2
        let panels = choices.map { g in
            // Where g′ jumps, its line is broken.
            let halves = g.hasKink ? [zs.filter { $0 <= 0 }, zs.filter { $0 > 0 }] : [zs]
            return PanelChart.Panel(
                title: g == .sigmoid ? "sigmoid" : g.symbol,
                x: Axis("z", Scale.linear([-5, 5], margin: 0) ?? .unit, .number),
                y: Axis("", Scale.linear([range.lowerBound, range.upperBound], margin: 0) ?? .unit, .number),
                lines: [
                    .init(value, .strong, [zs.map { ($0, g.value($0)) }.filter { range.contains($0.1) }]),
                    .init(slope, .strong, halves.map { $0.map { ($0, g.derivative(at: g.value($0))) } }),
                ])
        }
        return Figure(
            "lesson-activations", "Activations and their derivatives",
            description:
                "The sigmoid rises from 0 to 1, tanh from −1 to 1; the derivative of both is greatest at "
                + "z = 0 and falls to 0 on both sides. ReLU is 0 up to z = 0 and z from there; its derivative jumps "
                + "from 0 to 1. Leaky ReLU falls to the left with slope 0.01.",
            PanelChart(
                note: "a = g(z), and the slope g′(z)",
                legend: [(.line(value, isStrong: true), "g(z)"), (.line(slope, isStrong: true), "g′(z)")],
                panels: panels),
            table)
    }
}
