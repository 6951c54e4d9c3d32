import Problems
import Measurement

/// How J falls in the course of training: against updates, where all rungs walk the same way, or against
/// time, where they do not.
struct CostFigure {
    /// The id of the figure, where there is one training.
    let name: String

    private let title: String
    private let note: String
    private let x: (title: String, quantity: Quantity)
    private let lines: [(name: String, look: Look, weight: Series.Weight, points: [(x: Double, y: Double)])]

    /// J against updates, a line for each scalar type; nil where that was not kept.
    init?(updatesOf outcome: TrainingOutcome) {
        let firsts = ScalarKind.allCases.compactMap { scalar in
            outcome.entries.first { $0.scalar == scalar && $0.course?.isEmpty == false }
        }
        let looks = [Look(.blue, .circle), Look(.ochre, .square, .long)]
        lines = zip(firsts, looks).map { entry, look in
            let points = (entry.course ?? []).map { (x: Double($0.updates), y: $0.cost) }
            return (entry.scalar.rawValue, look, .strong, points)
        }
        guard !lines.isEmpty else { return nil }
        (title, name) = ("How J falls with each update", "training-updates")
        x = ("updates", .count)
        let spread = Self.spread(outcome.contenders)
        note =
            "\(outcome.dataset). At no point do two rungs differ by more than \(Figures.three(spread)) of J."
    }

    /// J against time, a line for each rung; nil where that was not kept.
    init?(timesOf outcome: TrainingOutcome, _ scalar: ScalarKind) {
        let entries = outcome.entries.filter { $0.scalar == scalar && $0.course?.isEmpty == false }
        let looks = Looks(entries.map { $0.rung })
        let fastest = outcome.contenders.filter { $0.scalar == scalar }.min { $0.seconds < $1.seconds }?.rung
        lines = entries.map { entry in
            let points = (entry.course ?? []).map { (x: $0.seconds * 1e9, y: $0.cost) }
            let isStrong = entry.rung == fastest || entry.rung == entries.first?.rung
            return (entry.rung, looks[entry.rung], isStrong ? .strong : .thin, points)
        }
        guard !lines.isEmpty else { return nil }
        (title, name) = ("How J falls with time, in \(scalar.rawValue)", "training-time-\(scalar.rawValue)")
        x = ("time since the first step began", .nanoseconds)
        note = "\(outcome.dataset), \(Prose.grouped(outcome.iterations)) updates"
    }

    /// The greatest difference between two rungs after as many updates, in parts of J.
    private static func spread(_ entries: [TrainingOutcome.Entry]) -> Double {
        let points = Dictionary(grouping: entries.flatMap { $0.course ?? [] }) { $0.updates }
        return points.values.compactMap { points in
            guard let low = points.map({ $0.cost }).min(), let high = points.map({ $0.cost }).max(), low > 0
            else { return nil }
            return (high - low) / low
        }.max() ?? 0
    }

    /// The figure; nil where no number can be shown on logarithmic axes.
    func figure(id: String) -> Figure? {
        let series = lines.map { line in
            Series(
                line.name, line.look, line.weight,
                line.points.filter { $0.x > 0 && $0.y > 0 && $0.x.isFinite && $0.y.isFinite }.map {
                    Series.Point(
                        $0.x, $0.y, tooltip: "\(line.name): J = \(Figures.three($0.y)) \(place($0.x))")
                })
        }.filter { !$0.points.isEmpty }
        guard let xScale = Scale.logarithmic(series.flatMap { $0.points.map { $0.x } }),
            let yScale = Scale.logarithmic(series.flatMap { $0.points.map { $0.y } })
        else { return nil }
        let chart = XYChart(
            note: note, x: Axis(x.title, xScale, x.quantity), y: Axis("J", yScale, .number), style: .lines,
            series: series)
        let description =
            note + " "
            + lines.compactMap { line in
                line.points.last.map { "\(line.name): J = \(Figures.three($0.y)) \(place($0.x))." }
            }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    private func place(_ x: Double) -> String {
        switch self.x.quantity {
        case .nanoseconds: "after \(TimeSpan(x))"
        default: "after \(Prose.grouped(Int(exactly: x) ?? .max)) updates"
        }
    }

    private var table: DataTable {
        DataTable(
            ["line", x.title, "J"],
            lines.flatMap { line in
                line.points.map { point in
                    let place = "\(place(point.x).dropFirst("after ".count))"
                    return [line.name, place, Figures.three(point.y)]
                }
            })
    }
}
