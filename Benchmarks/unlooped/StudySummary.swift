import Measurement
import Reporting

/// What the main job prints at its end: the lines that matter most, and where the rest is.
struct StudySummary {
    let results: Results
    let files: ResultFiles

    /// The lines.
    var lines: [String] {
        let headline = MarkdownReport(results).headline.filter { $0 != "*" && $0 != "\\" }
        return [headline, oneThread, training].compactMap(\.self)
            + ["The report is in \(files.report); with it are \(files.json) and \(files.chart)."]
    }

    /// The fastest rung without threads: what one core can do.
    private var oneThread: String? {
        guard let cell = results.largestCell, let first = cell.reference else { return nil }
        let alone = CellResult(
            cell: cell.cell, end: cell.end, rungs: cell.rungs.filter { !$0.isThreaded })
        guard let fastest = alone.fastest, fastest.rung != first.rung,
            fastest.rung != cell.fastest?.rung, let factor = alone.factorOverReference(fastest)
        else { return nil }
        return "On one thread \(fastest.rung) is the fastest, \(Figures.three(factor.median)) times as fast "
            + "as \(first.rung): \(Figures.time(fastest.stepTime)) a step."
    }

    private var training: String? {
        guard let training = results.training, let first = training.entries.first else { return nil }
        let distance = training.entries.map(\.costDistance).max() ?? 0
        let fastest = training.entries.min { $0.seconds < $1.seconds } ?? first
        return "Trained on \(training.dataset): accuracy \(Figures.three(100 * first.accuracy)) %, J = "
            + "\(Figures.three(first.cost)); all are within \(Figures.three(distance)) of the reference. "
            + "\(fastest.rung) took \(TimeSpan(fastest.seconds * 1e9)), "
            + "\(first.rung) \(TimeSpan(first.seconds * 1e9))."
    }
}
