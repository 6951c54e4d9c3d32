import Problems

extension Lesson {
    /// Units that start equal stay equal.
    static func symmetry(_ rung: Rung<Double>) -> Lesson {
        Lesson("symmetry", "Units that must part", question: "Why do weights not start equal?") { _ in
            let network = Network(hidden: [3], activation: .tanh)
            let problem = Problem(
                try Dataset<Double>(
                    samples: [[-1, -1], [-1, 1], [1, -1], [1, 1]], labels: [0, 1, 1, 0]), network)
            let equal = Model<Double>(
                parameters: [Double](repeating: 0.5, count: 6) + [0.1, 0.1, 0.1] + [0.5, 0.5, 0.5] + [0])
            let random = Model<Double>(initial: problem.shape, .xavier, seed: 1)
            let zero = Model<Double>(initial: problem.shape, .zero, seed: 1)
            let (runs, steps) = (
                try [equal, random].map { try path(problem, rung, from: $0) }, [0, 1, 2, 10, 100, 300]
            )
            func table(_ run: [(model: Model<Double>, J: Double)]) -> DataTable {
                DataTable(
                    ["steps", "J", "unit 1", "unit 2", "unit 3"],
                    steps.map { step in
                        let parameters = run[step].model.parameters
                        return ["\(step)", number(run[step].J)]
                            + (0..<3).map {
                                "\(number(parameters[2 * $0], digits: 3)), \(number(parameters[2 * $0 + 1], digits: 3))"
                            }
                    }, leading: 0)
            }
            let areEqual = runs[0].allSatisfy { problem.shape.layersOfEqualUnits($0.model) == [1] }
            let end = runs[0][runs[0].count - 1]
            let first = rung.prepare(problem, threads: 1).gradient(at: zero)
            let moving = first.derivatives.indices.filter { first.derivatives[$0] != 0 }
                .map { "d" + problem.shape.parameterName($0) }
            return [
                .paragraph(
                    """
                    Exclusive or: four samples (−1, −1), (−1, 1), (1, −1), (1, 1) with y = 0, 1, 1, 0, and a network \
                    2-3-1 with tanh. First all weights of a layer start equal. The weights of each hidden unit, after \
                    so many steps with α = 1:
                    """),
                .table("", table(runs[0])),
                .paragraph(
                    """
                    Equal units compute the same a, get the same derivative back, and make the same step: they stay \
                    equal for ever (here, in all \(runs[0].count - 1) steps \
                    \(areEqual ? "to the last bit" : "up to rounding")), where J = \(number(end.J)). Three equal units \
                    are one unit: a network 2-1-1 with the three output weights added up has \
                    J = \(number(asOneUnit(problem, rung, end.model))). One unit draws one straight line through \
                    the plane, and that cannot do it. Now with random weights (\(code: "xavier"), seed 1; biases may \
                    be 0):
                    """),
                .table("", table(runs[1])),
                .paragraph(
                    """
                    They part, each finds something else to look at, and J falls. With all weights 0 nothing even \
                    starts: every hidden a is 0, so dW2 is 0, and W2 is 0, so dW1 and db1 are. \
                    \(moving.isEmpty ? "All \(first.derivatives.count)" : "All but \(Prose.list(moving))") derivatives \
                    are 0. Logistic regression may start at 0: it has one unit, and dw_j = x_j·dz differs from \
                    weight to weight.
                    """),
                .figure(figure(runs, table(runs[1]))),
            ]
        }
    }

    /// J of a network of one hidden unit: the first of three, with their output weights added up.
    private static func asOneUnit(
        _ problem: Problem<Double>, _ rung: Rung<Double>, _ model: Model<Double>
    ) -> Double {
        let p = model.parameters
        let one = Problem(problem.data, Network(hidden: [1], activation: problem.network.activation))
        let start = Model(parameters: [p[0], p[1], p[6], p[9] + p[10] + p[11], p[12]])
        return rung.prepare(one, threads: 1).gradient(at: start).J
    }

    /// The model and its cost before the first step and after each of 300.
    private static func path(
        _ problem: Problem<Double>, _ rung: Rung<Double>, from start: Model<Double>
    ) throws -> [(model: Model<Double>, J: Double)] {
        var path: [(Model<Double>, Double)] = []
        let run = try GradientDescent(learningRate: 1, iterations: 300).run(
            rung.prepare(problem, threads: 1), from: start
        ) { _, gradient, model in
            path.append((model, gradient.J))
            return true
        }
        return path + [(run.model, run.finalCost)]
    }

    private static func figure(
        _ runs: [[(model: Model<Double>, J: Double)]], _ table: DataTable
    ) -> Figure {
        let looks = Look.few
        let weights = runs.flatMap { run in run.flatMap { $0.model.parameters[..<6] } }
        let panels = zip(["equal at the start", "random at the start"], runs).map { title, run in
            PanelChart.Panel(
                title: title,
                x: Axis("steps", Scale.linear([0, Double(run.count - 1)], margin: 0) ?? .unit, .count),
                y: Axis("weight of x₁", Scale.linear(weights) ?? .unit, .number),
                lines: looks.enumerated().map { unit, look in
                    .init(
                        look, .strong,
                        [
                            run.enumerated().map { step, state in
                                (Double(step), state.model.parameters[2 * unit])
                            }
                        ])
                })
        }
        return Figure(
            "lesson-symmetry", "Equal units stay equal, random ones part",
            description:
                "The weight of x₁ in each of three hidden units over 300 steps. Left, where they start "
                + "equal, the three lines are one. Right, where they start at random, they go ways of their own.",
            PanelChart(
                note: "The weight of x₁ in each of three hidden units, step by step",
                legend: looks.enumerated().map { (.line($1, isStrong: true), "unit \($0 + 1)") },
                panels: panels),
            table)
    }
}
