import Foundation
import Measurement

/// What training on real data led to.
struct TrainingSection {
    private let outcome: TrainingOutcome

    init(_ outcome: TrainingOutcome) { self.outcome = outcome }

    /// The section, with its heading.
    var markdown: String {
        let shape =
            "\(Markdown.escaped(outcome.dataset)): \(Prose.grouped(outcome.m)) samples of "
            + "\(Prose.grouped(outcome.nx)) features, \(Prose.grouped(outcome.iterations)) updates from "
            + "w = 0, b = 0 with α = \(outcome.learningRate). Distances are from "
            + "\(Markdown.escaped(outcome.reference))."
        let head = [
            "rung", "scalar", "J", "accuracy", "time", "distance of J", "distance of (w, b)",
        ]
        let rows = outcome.entries.map { entry in
            [
                Markdown.escaped(entry.rung), entry.scalar.rawValue, String(format: "%.7g", entry.cost),
                String(format: "%.2f %%", 100 * entry.accuracy), "\(TimeSpan(entry.seconds * 1e9))",
                distance(entry.costDistance, entry.costBound),
                distance(entry.weightDistance, entry.weightBound),
            ]
        }
        return "## Training\n\n\(shape)\n\n" + Markdown.table(head, leading: 2, rows)
    }

    private func distance(_ value: Double, _ bound: Double?) -> String {
        Figures.three(value) + (bound.map { " (bound \(Figures.three($0)))" } ?? "")
    }
}
