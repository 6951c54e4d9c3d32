import Foundation
import Measurement

/// What training on real data led to.
struct TrainingSection {
    private let results: Results
    private let figures: [[Figure]]

    /// - Parameter figures: those of each training.
    init(_ results: Results, _ figures: [[Figure]]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        let outcomes = zip(results.trainings, figures).filter { !$0.0.entries.isEmpty }
        guard !outcomes.isEmpty else {
            return Section.leftOut(
                "training", "Training",
                "training on real data", since: "these results have none; bench only times",
                command: "unlooped")
        }
        return Section(
            "training", "Training",
            outcomes.flatMap { outcome, figures in
                (outcomes.count > 1 ? [Item.heading(outcome.dataset)] : [])
                    + [about(outcome), summary(outcome)] + .figures(figures) + [table(outcome)]
            })
    }

    private func about(_ outcome: TrainingOutcome) -> Item {
        .paragraph(
            """
            \(outcome.dataset): \(Prose.grouped(outcome.m)) samples of \(Prose.grouped(outcome.nx)) features, \
            \(Prose.grouped(outcome.iterations)) updates from w = 0, b = 0 with \
            α = \(Figures.short(outcome.learningRate)). Each implementation walks down the same J: what \
            differs is the time it takes, and the last digits. Distances are from \(outcome.reference).\
            \(outcome.testSamples.map { " \(Prose.grouped($0)) other samples are for testing." } ?? "")
            """)
    }

    /// The extremes, in a sentence.
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
            \(first.rung) in \(first.scalar.rawValue) reaches J = \(Figures.three(first.cost)) and an accuracy \
            of \(accuracy(first.accuracy))\(tested) in \(Figures.seconds(first.seconds)); the fastest, \(fastest.rung) in \
            \(fastest.scalar.rawValue), takes \(Figures.seconds(fastest.seconds)). The farthest from the \
            reference is \(farthest.rung) in \(farthest.scalar.rawValue), whose J is off by \
            \(Figures.three(farthest.costDistance)). \(verdict)
            """)
    }

    private func table(_ outcome: TrainingOutcome) -> Item {
        let head = [
            "rung", "scalar", "J", "accuracy", "in tests", "time", "distance of J", "its bound",
            "distance of (w, b)", "its bound",
        ]
        let rows = outcome.entries.map { entry in
            [
                entry.rung, entry.scalar.rawValue, String(format: "%.7g", entry.cost),
                accuracy(entry.accuracy), entry.testAccuracy.map(accuracy) ?? "–",
                Figures.seconds(entry.seconds), Figures.three(entry.costDistance), bound(entry.costBound),
                Figures.three(entry.weightDistance), bound(entry.weightBound),
            ]
        }
        return .table("After \(Prose.grouped(outcome.iterations)) updates", DataTable(head, rows, leading: 2))
    }

    private func accuracy(_ value: Double) -> String { String(format: "%.2f %%", 100 * value) }

    private func bound(_ value: Double?) -> String { value.map(Figures.three) ?? "–" }
}
