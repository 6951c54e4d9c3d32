import Measurement

/// What should be known before the numbers are believed, each with advice.
enum ReportWarning: Equatable {
    case debugBuild
    case load(Double, processors: Int)
    case fewRounds(Int)
    case endedEarly(cells: Int, interrupted: Bool)
    case notJudged(cells: Int)
    case absent(rung: String, reason: String, cells: Int)

    /// All that hold of `results`.
    static func all(of results: Results) -> [ReportWarning] {
        var warnings: [ReportWarning] = results.build.isDebug ? [.debugBuild] : []
        // The study's own threads are not there yet when the load is read.
        if let load = results.machine.loadAverage, load > 0.5 {
            warnings.append(.load(load, processors: results.machine.processors))
        }
        let rounds = results.cells.flatMap { $0.timed.map { $0.samples.count } }.min()
        if let rounds, rounds < 6 { warnings.append(.fewRounds(rounds)) }
        for end in [CellResult.End.budget, .interrupted] {
            let count = results.cells.count { $0.end == end }
            if count > 0 { warnings.append(.endedEarly(cells: count, interrupted: end == .interrupted)) }
        }
        let unjudged = results.cells.count { cell in cell.timed.contains { $0.verdict == nil } }
        if unjudged > 0 { warnings.append(.notJudged(cells: unjudged)) }
        return warnings + absences(in: results)
    }

    /// Each rung with each reason once.
    private static func absences(in results: Results) -> [ReportWarning] {
        var found: [(rung: String, reason: String, cells: Int)] = []
        for rung in results.cells.flatMap({ $0.rungs }) {
            guard let reason = rung.skipped else { continue }
            if let i = found.firstIndex(where: { $0.rung == rung.rung && $0.reason == reason }) {
                found[i].cells += 1
            } else {
                found.append((rung.rung, reason, 1))
            }
        }
        return found.map { .absent(rung: $0.rung, reason: $0.reason, cells: $0.cells) }
    }

    /// In Markdown.
    var text: String {
        switch self {
        case .debugBuild:
            "This is a **debug build**: its times say nothing. Run `swift run -c release unlooped`."
        case .load(let load, let processors):
            "Other programs were running when it began (load \(Figures.three(load)) on \(processors) "
                + "processors): close them and run again for calmer numbers."
        case .fewRounds(let rounds):
            "Some rungs have only \(rounds) \(rounds == 1 ? "sample" : "samples"): too few for an interval "
                + "of 95 %. Give more `--rounds`, or more time."
        case .endedEarly(let cells, let interrupted):
            interrupted
                ? "It was interrupted; \(Self.cells(cells)) \(cells == 1 ? "is" : "are") not complete."
                : "\(Self.cells(cells)) ended early, when the time for a cell was over."
        case .notJudged(let cells):
            "In \(Self.cells(cells)) there are times that no judge has seen the numbers of."
        case .absent(let rung, let reason, let cells):
            "\(Markdown.escaped(rung)) has no time in \(Self.cells(cells)): \(Markdown.escaped(reason))."
        }
    }

    private static func cells(_ count: Int) -> String { count == 1 ? "1 cell" : "\(count) cells" }
}
