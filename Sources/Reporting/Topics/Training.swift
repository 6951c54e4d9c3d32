import Problems
import Measurement

/// The results of training on real data.
struct TrainingTopic: Topic {
    static let id = "training"
    static let title = "Training"
    static let about = "Whole trainings: the same J and the same weights from every version."
    static let problem: Cell.ProblemKind? = nil
    static let figureIDs = (0..<greatestCount).flatMap { place in
        ["training", "training-updates"].map { figureID($0, place) }
    }

    /// How many trainings can have figures.
    private static let greatestCount = 2

    /// The id of a figure of the training at this place among all.
    private static func figureID(_ name: String, _ place: Int) -> String {
        place == 0 ? name : name + "-\(place + 1)"
    }

    let results: Results

    var figures: [Figure] { results.trainings.indices.flatMap(figures) }

    /// How J falls in the training at this place among all, and how long each rung takes.
    private func figures(_ place: Int) -> [Figure] {
        guard place < Self.greatestCount else { return [] }
        let outcome = results.trainings[place]
        let figures =
            [fall(outcome, at: place), timeFigure(outcome, id: Self.figureID("training", place))]
        return figures.compactMap(\.self)
    }

    var items: [Item] {
        let places = results.trainings.indices.filter { !results.trainings[$0].entries.isEmpty }
        guard !places.isEmpty else {
            return .leftOut(
                "training on real data", since: "these results have none; bench only times",
                command: "unlooped")
        }
        return places.flatMap { place in
            let outcome = results.trainings[place]
            return (places.count > 1 ? [Item.heading(outcome.dataset)] : [])
                + [about(outcome), summary(outcome)] + figures(place).map(Item.figure) + [table(outcome)]
        }
    }

    private func about(_ outcome: TrainingOutcome) -> Item {
        .paragraph(
            """
            \(size(outcome)) from w = 0, b = 0 with \
            α = \(Numbers.short(outcome.learningRate)). Each implementation walks down the same J: what \
            differs is the time it takes, and the last digits. Distances are from \(outcome.reference).\
            \(outcome.testSamples.map { " \(Numbers.grouped($0)) other samples are for testing." } ?? "")
            """)
    }

    private func size(_ outcome: TrainingOutcome) -> String {
        "\(outcome.dataset): \(Numbers.grouped(outcome.m)) samples of \(Numbers.grouped(outcome.nx)) features, "
            + "\(Numbers.grouped(outcome.iterations)) updates"
    }

    /// The extremes, in a few sentences.
    private func summary(_ outcome: TrainingOutcome) -> Item {
        func distance(_ entry: TrainingOutcome.Entry) -> Double {
            entry.costDistance.isNaN ? .infinity : entry.costDistance
        }
        let first = outcome.entries[0]
        let tested = first.testAccuracy.map { " (\(accuracy($0)) on the samples for testing)" } ?? ""
        let fastest = outcome.contenders.min { $0.seconds < $1.seconds } ?? first
        let farthest = outcome.contenders.max { distance($0) < distance($1) } ?? first
        let strays = outcome.entries.count { !$0.holds }
        let verdict =
            strays == 0
            ? "All are within their bounds, where one is known."
            : "\(strays) of \(outcome.entries.count) are farther off than their bounds allow."
        return .paragraph(
            """
            \(first.rung) in \(first.scalar.rawValue) reaches J = \(Numbers.three(first.cost)) and an accuracy \
            of \(accuracy(first.accuracy))\(tested) in \(Numbers.seconds(first.seconds)); the fastest, \
            \(fastest.rung) in \(fastest.scalar.rawValue), takes \(Numbers.seconds(fastest.seconds)). The \
            farthest from the reference is \(farthest.rung) in \(farthest.scalar.rawValue), whose J is off by \
            \(Numbers.three(farthest.costDistance)). \(verdict)
            """)
    }

    private func table(_ outcome: TrainingOutcome) -> Item {
        let head = [
            "rung", "scalar", "J", "accuracy", "in tests", "time", "distance of J", "its bound",
            "distance of (w, b)", "its bound",
        ]
        let rows = outcome.entries.map { entry in
            [
                entry.rung, entry.scalar.rawValue, Numbers.seven(entry.cost), accuracy(entry.accuracy),
                entry.testAccuracy.map(accuracy) ?? Numbers.none, Numbers.seconds(entry.seconds),
                Numbers.three(entry.costDistance), Numbers.three(entry.costBound),
                Numbers.three(entry.weightDistance), Numbers.three(entry.weightBound),
            ]
        }
        return .table(
            "After \(Numbers.grouped(outcome.iterations)) updates", DataTable(head, rows, leading: 2))
    }

    private func accuracy(_ value: Double) -> String { Numbers.percent(value, digits: 2) }

    /// How long each rung takes to train on a data set; nil without a time.
    private func timeFigure(_ outcome: TrainingOutcome, id: String) -> Figure? {
        guard outcome.entries.contains(where: { $0.seconds > 0 && $0.seconds.isFinite }) else { return nil }
        let scalars = ScalarKind.allCases.filter { scalar in
            outcome.entries.contains { $0.scalar == scalar }
        }
        func entry(_ name: String, _ scalar: ScalarKind) -> TrainingOutcome.Entry? {
            outcome.entries.first { $0.rung == name && $0.scalar == scalar }
        }
        func point(_ entry: TrainingOutcome.Entry) -> RowChart.Mark? {
            guard entry.seconds > 0 else { return nil }
            return .point(
                entry.seconds * 1e9, look: .of(entry.scalar),
                tooltip: "\(entry.rung) in \(entry.scalar.rawValue): \(Numbers.seconds(entry.seconds)), "
                    + "J = \(Numbers.three(entry.cost))")
        }
        let about = size(outcome)
        let times = outcome.entries.map { $0.seconds * 1e9 }
        let chart = RowChart(
            note: about,
            x: Axis("time of all updates", Scale.logarithmic(times) ?? .unit, .nanoseconds),
            columns: scalars.map { $0.rawValue },
            rows: outcome.entries.map { $0.rung }.uniqued.map { name in
                let entries = scalars.map { entry(name, $0) }
                return RowChart.Row(
                    name, entries.compactMap { $0.flatMap(point) },
                    columns: entries.map { $0.map { Numbers.seconds($0.seconds) } ?? Numbers.none })
            }, legend: scalars.map { (Look.of($0), $0.rawValue) })
        let table = DataTable(
            ["rung", "scalar", "time", "J", "accuracy"],
            outcome.entries.map { entry in
                [
                    entry.rung, entry.scalar.rawValue, Numbers.seconds(entry.seconds),
                    Numbers.three(entry.cost), Numbers.percent(entry.accuracy),
                ]
            }, leading: 2)
        return Figure(id, "How long training takes", about, chart, table)
    }

    /// J against updates, a line for each scalar type, as all rungs take the same way; nil where that was not kept.
    private func fall(_ outcome: TrainingOutcome, at index: Int) -> Figure? {
        let firsts = ScalarKind.allCases.compactMap { scalar in
            outcome.entries.first { $0.scalar == scalar && $0.course?.isEmpty == false }
        }
        // The greatest difference between two rungs after as many updates, in parts of J.
        let points = Dictionary(grouping: outcome.contenders.flatMap { $0.course ?? [] }) { $0.updates }
        let spread = points.values.compactMap { points -> Double? in
            guard let low = points.map({ $0.cost }).min(), let high = points.map({ $0.cost }).max(), low > 0
            else { return nil }
            return (high - low) / low
        }.max()
        let note =
            "\(outcome.dataset). At no point do two rungs differ by more than \(Numbers.three(spread ?? 0)) of J"
        func place(_ point: TrainingOutcome.Point) -> String { "\(Numbers.grouped(point.updates)) updates" }
        let series = zip(firsts, Look.few).map { entry, look in
            Series(
                entry.scalar.rawValue, look, .strong,
                (entry.course ?? []).map {
                    Series.Point(
                        Double($0.updates), $0.cost,
                        tooltip: "\(entry.scalar.rawValue): J = \(Numbers.three($0.cost)) after \(place($0))")
                })
        }
        let chart = XYChart.logarithmic(
            note: note + ".", x: ("updates", .count), y: ("J", .number), series: series)
        let rows = firsts.flatMap { entry in
            (entry.course ?? []).map { [entry.scalar.rawValue, place($0), Numbers.three($0.cost)] }
        }
        return chart.map {
            Figure(
                Self.figureID("training-updates", index), "How J falls with each update", note, $0,
                DataTable(["line", "updates", "J"], rows))
        }
    }
}
