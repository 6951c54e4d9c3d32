import Measurement

/// The lines of a study that matter most.
struct Headline {
    private let results: Results

    init(_ results: Results) { self.results = results }

    /// At most three lines: how much faster the fastest rung is in the largest cell, what is left of that
    /// without threads, or with them, and which rung gains the most over the one that it builds on.
    var lines: [Phrase] { [sentence] + [otherKind, greatestGain].compactMap(\.self) }

    /// The fastest rung against the first, in the largest cell.
    var sentence: Phrase {
        guard let cell = results.largestCell, let fastest = cell.fastest, let first = cell.reference else {
            return "Nothing was timed."
        }
        let place = Captions.cell(cell.cell)
        let time = Figures.time(fastest.stepTime)
        guard fastest.rung != first.rung, let factor = cell.factorOverReference(fastest) else {
            return "On this machine \(strong: fastest.rung) makes a step in \(time), at \(place)."
        }
        let standIn =
            cell.referenceIsStandIn ? ", which stands in for \(cell.rungs[0].rung), not timed here" : ""
        let doubt = cell.isIndistinguishable(factor) ? " That cannot be told from no difference." : ""
        return """
            On this machine a step runs \(strong: Figures.three(factor.median) + " times as fast") in \
            \(strong: fastest.rung) as in \(first.rung), \(first.idea)\(standIn) \
            (\(Figures.interval(factor)))\(ceiling(fastest, cell)): \(time) instead of \
            \(Figures.time(first.stepTime)), at \(place).\(doubt)
            """
    }

    private func ceiling(_ rung: RungResult, _ cell: CellResult) -> Phrase {
        guard let roofline = results.roofline(rung, in: cell) else { return "" }
        return ", at \(strong: Figures.percent(roofline.fraction)) of what \(roofline.bound.limit) allows"
    }

    /// The fastest rung of the other kind: without threads where the fastest has some, and with threads
    /// where it has none.
    private var otherKind: Phrase? {
        guard let cell = results.largestCell, let first = cell.reference, let fastest = cell.fastest else {
            return nil
        }
        let others = CellResult(
            cell: cell.cell, rungs: cell.rungs.filter { $0.isThreaded != fastest.isThreaded })
        guard let other = others.fastest, other.rung != first.rung,
            let factor = cell.factorOverReference(other)
        else { return nil }
        let kind =
            fastest.isThreaded ? "On one thread" : "Threads gain nothing there: of the threaded rungs"
        return """
            \(kind) \(strong: other.rung) is the fastest, \(Figures.three(factor.median)) times as fast \
            as \(first.rung): \(Figures.time(other.stepTime)) a step.
            """
    }

    /// The rung on one thread that gains the most over the one that it builds on.
    private var greatestGain: Phrase? {
        guard let cell = results.largestCell else { return nil }
        let gains = cell.contenders.compactMap { rung -> (rung: RungResult, factor: Factor)? in
            guard !rung.isThreaded, let factor = cell.factorOverPrevious(rung), factor.median > 1,
                !cell.isIndistinguishable(factor)
            else { return nil }
            return (rung, factor)
        }
        guard let best = gains.max(by: { $0.factor.median < $1.factor.median }) else { return nil }
        return """
            The one change that gains the most there is \(strong: best.rung.rung), \(best.rung.idea): \
            \(Figures.three(best.factor.median)) times as fast as \(best.rung.after ?? "the one before").
            """
    }
}

extension Roofline.Bound {
    /// What limits: `memory` or `arithmetic`.
    var limit: String { rawValue }
}
