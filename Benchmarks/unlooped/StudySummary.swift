import Measurement
import Reporting

/// What the main job prints at its end: the lines that matter most, and where the rest is.
struct StudySummary {
    let results: Results
    let store: ResultStore

    /// The lines.
    var lines: [String] {
        let headline = MarkdownReport(results).headline.filter { $0 != "*" && $0 != "\\" }
        return [headline, otherKind, training].compactMap(\.self)
            + ["The report is in \(store.report); with it are \(store.json) and \(store.chart)."]
    }

    /// The fastest rung of the other kind: without threads where the fastest has some, and with threads
    /// where it has none.
    private var otherKind: String? {
        guard let cell = results.largestCell, let first = cell.reference, let fastest = cell.fastest else {
            return nil
        }
        let others = CellResult(
            cell: cell.cell, rungs: cell.rungs.filter { $0.isThreaded != fastest.isThreaded })
        guard let other = others.fastest, let factor = cell.factorOverReference(other) else { return nil }
        let kind = fastest.isThreaded ? "On one thread" : "Threads gain nothing here: of the threaded rungs"
        return "\(kind) \(other.rung) is the fastest, \(Figures.three(factor.median)) times as fast as "
            + "\(first.rung): \(Figures.time(other.stepTime)) a step."
    }

    /// What training led to, with the implementation that is the farthest from the reference.
    private var training: String? {
        guard let training = results.training, let first = training.entries.first else { return nil }
        func distance(_ entry: TrainingOutcome.Entry) -> Double {
            entry.costDistance.isNaN ? .infinity : entry.costDistance
        }
        let farthest = training.entries.max { distance($0) < distance($1) } ?? first
        let fastest = training.entries.min { $0.seconds < $1.seconds } ?? first
        return
            "Trained on \(training.dataset): \(first.rung) reaches J = \(Figures.three(first.cost)) and an "
            + "accuracy of \(Figures.three(100 * first.accuracy)) % in \(TimeSpan(first.seconds * 1e9)), "
            + "\(fastest.rung) takes \(TimeSpan(fastest.seconds * 1e9)); the farthest from the reference is "
            + "\(farthest.rung) in \(farthest.scalar.rawValue), whose J is off by "
            + "\(Figures.three(distance(farthest)))."
    }
}
