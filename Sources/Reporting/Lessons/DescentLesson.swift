import Foundation
import Problems

extension Lesson {
    /// The valley of J(w, b), and ways down.
    static func descent(_ rung: Rung<Double>) -> Lesson {
        Lesson("descent", "Downhill, step by step", question: "Where do the steps of gradient descent lead?")
        { _ in
            let data = try sixSamples()
            let valley = try Valley(data, rung)
            let starts = [(-1.5, 2.0), (2.5, 2), (-1.5, -3), (2.5, -3.5)].map { Model(w: [$0.0], b: $0.1) }
            let counts = [0, 1, 3, 10, 30, 100, 400]
            let paths = try starts.map { try valley.path(from: $0, learningRate: 1, steps: 400) }
            let fromStarts = paths.map { path in
                [place(path[0])] + counts.map { number(valley.cost(path[$0]), digits: 4) }
            }
            let rates = [0.02, 1, 10]
            let byRate = try rates.map { try valley.path(from: starts[1], learningRate: $0, steps: 400) }
            let words = ["too small", "right", "too large"]
            let ofRates = zip(zip(rates, words), byRate).map { rate, path in
                ["\(number(rate.0)), \(rate.1)"] + counts.map { number(valley.cost(path[$0])) }
            }
            let head = counts.map { "\($0)" }
            let end = valley.minimum
            return [
                .paragraph(
                    """
                    J(w, b) of six samples of one feature (those of lesson sigmoid) is a bowl. A step goes straight \
                    down from where one stands, w := w − α·dw and b := b − α·db, so it crosses the contours at right \
                    angles. J after so many steps with α = 1, from four starts (w, b):
                    """),
                .table("", DataTable(["start"] + head, fromStarts)),
                .paragraph(
                    """
                    All four end at w = \(number(end.w[0])), b = \(number(end.b)), where J = \
                    \(number(valley.cost(end))): J is convex and has one minimum. The start does not matter, so \
                    logistic regression starts at 0. How long a step is, matters. From (\(place(starts[1]))):
                    """),
                .table("", DataTable(["α"] + head, ofRates)),
                .paragraph(
                    """
                    Too small, and after 400 steps it is still on its way. Too large, and each step lands on the other \
                    side of the minimum: it never settles. \(rateAdvice(valley))
                    """),
                .paragraph(Phrase(thetaRemark(data, start: starts[0], path: paths[0]))),
                .figure(
                    figure(
                        valley, paths: paths, rates: zip(rates, byRate).map { ($0, $1) },
                        DataTable(["path"] + head, fromStarts + ofRates))),
            ]
        }
    }

    private static func place(_ model: Model<Double>) -> String {
        "\(number(model.w[0])), \(number(model.b))"
    }

    private static func rateAdvice(_ valley: Valley) -> String {
        "J curves nowhere more than L = \(number(valley.greatestCurvature)), so every α up to 1/L = "
            + "\(number(1 / valley.greatestCurvature)) is safe; train --alpha auto takes that."
    }

    /// That the θ form takes the same path, and how nearly.
    private static func thetaRemark(
        _ data: Dataset<Double>, start: Model<Double>, path: [Model<Double>]
    ) -> String {
        var theta = [start.b, start.w[0]]
        var difference = 0.0
        for model in path {
            difference = max(difference, abs(theta[0] - model.b), abs(theta[1] - model.w[0]))
            theta = thetaStep(theta, data, learningRate: 1)
        }
        let found =
            difference == 0
            ? "all \(path.count - 1) steps of it are the same to the last bit"
            : "in \(path.count - 1) steps it strays from it by \(number(difference)), the rounding of sums in "
                + "another order"
        return
            "Some books put b into the weights: θ₀ = b, with a feature x₀ = 1 in each sample, so that z = θᵀx and "
            + "θ := θ − α·dθ is all there is. It is the same path: \(found)."
    }

    /// θ := θ − α/m · Σ (σ(θᵀx) − y)·x, with x₀ = 1.
    private static func thetaStep(
        _ theta: [Double], _ data: Dataset<Double>, learningRate: Double
    ) -> [Double] {
        var derivatives = theta.map { _ in 0.0 }
        for i in 0..<data.m {
            let x = [1] + Array(data.sample(i))
            let z = zip(theta, x).reduce(0) { $0 + $1.0 * $1.1 }
            let dz = logistic(z, label: data.y.elements[i]).a - data.y.elements[i]
            for j in x.indices { derivatives[j] += x[j] * dz }
        }
        return zip(theta, derivatives).map { $0 - learningRate * ($1 / Double(data.m)) }
    }

    private static func figure(
        _ valley: Valley, paths: [[Model<Double>]], rates: [(rate: Double, path: [Model<Double>])],
        _ table: DataTable
    ) -> Figure {
        let (ws, bs) = (-2.0...3.0, -4.0...2.5)
        func axis(_ title: String, _ range: ClosedRange<Double>) -> Axis {
            Axis(title, Scale.linear([range.lowerBound, range.upperBound], margin: 0) ?? .unit, .number)
        }
        let levels = [0.42, 0.45, 0.5, 0.6, 0.8, 1.1, 1.5, 2, 2.6, 3.2]
        let contours = PanelChart.Line(
            Look(.grey, .circle), .thin,
            levels.flatMap { valley.contour($0, within: ws, bs) })
        func line(_ path: [Model<Double>], _ look: Look) -> PanelChart.Line {
            .init(look, .path, [path.map { ($0.w[0], $0.b) }])
        }
        let looks = [
            Look(.blue, .circle), Look(.ochre, .square), Look(.green, .triangle), Look(.purple, .diamond),
        ]
        let names = rates.map { number($0.rate) }
        // Steps too short to be seen add nothing.
        let shown = paths.map { Array($0.prefix(80)) }
        let slow = rates[0].path.enumerated().filter { $0.offset % 20 == 0 }.map(\.element)
        let rateLines = zip([slow] + rates.dropFirst().map { Array($0.path.prefix(40)) }, looks.dropFirst())
        let panel = { (title: String, lines: [PanelChart.Line]) in
            PanelChart.Panel(title: title, x: axis("w", ws), y: axis("b", bs), lines: [contours] + lines)
        }
        let chart = PanelChart(
            note: "Contours of J(w, b), and where steps lead from different starts, and with different α",
            legend: [
                (.line(Look(.grey, .circle), isStrong: false), "J the same"),
                (.point(looks[1]), "α too small, each 20th step"),
                (.point(looks[2]), "α right"), (.point(looks[3]), "α too large"),
            ],
            panels: [
                panel("α = 1, four starts", zip(shown, looks).map { line($0, $1) }),
                panel("α = \(Prose.list(names))", rateLines.map { line($0, $1) }),
            ], plotHeight: 330)
        let end = valley.minimum
        return Figure(
            "lesson-descent", "Steps down the contours of J",
            description:
                "Closed contours around w = \(number(end.w[0])), b = \(number(end.b)). Left: from four "
                + "starts the steps with α = 1 end there. Right: with α = \(names[0]) they are still far away after "
                + "400 steps, with \(names[1]) they arrive, and with \(names[2]) they jump from side to side.",
            chart, table)
    }
}

/// J(w, b) of one feature: convex, with one minimum.
private struct Valley {
    let minimum: Model<Double>

    /// L, the greatest curvature that J can have.
    let greatestCurvature: Double

    private let data: Dataset<Double>
    private let rung: Rung<Double>

    init(_ data: Dataset<Double>, _ rung: Rung<Double>) throws {
        (self.data, self.rung) = (data, rung)
        greatestCurvature = Curvature.greatest(of: data) ?? .infinity
        minimum = try GradientDescent(learningRate: 1, iterations: 2000)
            .run(rung.prepare(data, threads: 1), from: Model(zeros: 1)).model
    }

    func cost(_ model: Model<Double>) -> Double { model.cost(on: data) }

    /// The model before the first step and after each.
    func path(
        from start: Model<Double>, learningRate: Double, steps: Int
    ) throws -> [Model<Double>] {
        var path: [Model<Double>] = []
        let run = try GradientDescent(learningRate: learningRate, iterations: steps).run(
            rung.prepare(data, threads: 1), from: start
        ) { _, _, model in
            path.append(model)
            return true
        }
        return path + [run.model]
    }

    /// Where J has a value, as far as that is within bounds.
    ///
    /// J is convex, so that on each ray from its minimum it rises and has the value once: bisection finds it.
    func contour(
        _ level: Double, within ws: ClosedRange<Double>, _ bs: ClosedRange<Double>
    ) -> [[(x: Double, y: Double)]] {
        var runs: [[(x: Double, y: Double)]] = [[]]
        for k in 0...240 {
            let angle = 2 * Double.pi * Double(k) / 240
            // The ellipses are about twice as long in b as in w.
            let (dw, db) = (cos(angle), 2 * sin(angle))
            func model(_ t: Double) -> Model<Double> {
                Model(w: [minimum.w[0] + t * dw], b: minimum.b + t * db)
            }
            var (low, high) = (0.0, 10.0)
            for _ in 0..<24 {
                let middle = (low + high) / 2
                if cost(model(middle)) < level { low = middle } else { high = middle }
            }
            let found = model(high)
            if ws.contains(found.w[0]), bs.contains(found.b) {
                runs[runs.count - 1].append((found.w[0], found.b))
            } else if !(runs.last?.isEmpty ?? true) {
                runs.append([])
            }
        }
        return runs.filter { $0.count > 1 }
    }
}
