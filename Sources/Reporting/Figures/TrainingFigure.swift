import Problems
import Measurement

/// How long each rung takes to train on a data set.
struct TrainingFigure {
    private let outcome: TrainingOutcome
    private let names: [String]

    /// Nil without a time.
    init?(_ outcome: TrainingOutcome) {
        guard outcome.entries.contains(where: { $0.seconds > 0 && $0.seconds.isFinite }) else { return nil }
        self.outcome = outcome
        var names: [String] = []
        for entry in outcome.entries where !names.contains(entry.rung) { names.append(entry.rung) }
        self.names = names
    }

    /// The figure.
    func figure(id: String) -> Figure {
        let title = "How long training takes"
        let description =
            "\(about). "
            + outcome.entries.map {
                "\($0.rung) in \($0.scalar.rawValue): \(TimeSpan($0.seconds * 1e9))."
            }.joined(separator: " ")
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    private var about: String {
        "\(outcome.dataset): \(Prose.grouped(outcome.m)) samples of \(Prose.grouped(outcome.nx)) features, "
            + "\(Prose.grouped(outcome.iterations)) updates"
    }

    private func entry(_ name: String, _ scalar: ScalarKind) -> TrainingOutcome.Entry? {
        outcome.entries.first { $0.rung == name && $0.scalar == scalar }
    }

    private var chart: RowChart {
        let times = outcome.entries.map { $0.seconds * 1e9 }
        let scalars = ScalarKind.allCases.filter { scalar in
            outcome.entries.contains { $0.scalar == scalar }
        }
        return RowChart(
            note: about,
            x: Axis("time of all updates", Scale.logarithmic(times) ?? .unit, .nanoseconds),
            columns: scalars.map { $0.rawValue },
            rows: names.map { name in
                RowChart.Row(
                    name,
                    scalars.compactMap { scalar in
                        guard let entry = entry(name, scalar), entry.seconds > 0 else { return nil }
                        return .point(
                            entry.seconds * 1e9, look: .of(scalar),
                            tooltip: "\(name) in \(scalar.rawValue): \(TimeSpan(entry.seconds * 1e9)), "
                                + "J = \(Figures.three(entry.cost))")
                    },
                    columns: scalars.map { scalar in
                        entry(name, scalar).map { "\(TimeSpan($0.seconds * 1e9))" } ?? "–"
                    })
            }, legend: scalars.map { (Look.of($0), $0.rawValue) })
    }

    private var table: DataTable {
        DataTable(
            ["rung", "scalar", "time", "J", "accuracy"],
            outcome.entries.map { entry in
                [
                    entry.rung, entry.scalar.rawValue, "\(TimeSpan(entry.seconds * 1e9))",
                    Figures.three(entry.cost), Figures.percent(entry.accuracy),
                ]
            }, leading: 2)
    }
}
