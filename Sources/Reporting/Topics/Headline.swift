import Measurement

/// The lines of a study that matter most: at most three. The first says how much faster the fastest rung is in
/// the largest cell; the others, what is left of that without threads, or with them, and which rung gains the most
/// over the one that it builds on.
struct Headline {
    let results: Results

    var lines: [Phrase] { [sentence] + [otherKind, greatestGain].compactMap(\.self) }

    /// The fastest rung against the first, in the largest cell.
    private var sentence: Phrase {
        guard let cell = results.largestCell, let fastest = cell.fastest, let first = cell.reference else {
            return "Nothing was timed."
        }
        let place = Prose.cell(cell.cell)
        let time = Numbers.time(fastest.stepTime)
        guard fastest.rung != first.rung, let factor = cell.factorOverReference(fastest) else {
            return "On this machine \(strong: fastest.rung) makes a step in \(time), at \(place)."
        }
        let standIn =
            cell.referenceIsStandIn ? ", which stands in for \(cell.rungs[0].rung), not timed here" : ""
        let ceiling =
            results.roofline(fastest, in: cell).map { roofline -> Phrase in
                ", at \(strong: Numbers.percent(roofline.fraction)) of what \(roofline.bound.rawValue) allows"
            } ?? ""
        let doubt = cell.isIndistinguishable(factor) ? " That cannot be told from no difference." : ""
        return """
            On this machine a step runs \(strong: Numbers.three(factor.median) + " times as fast") in \
            \(strong: fastest.rung) as in \(first.rung), \(first.idea)\(standIn) \
            (\(Numbers.coverage(factor)))\(ceiling): \(time) instead of \
            \(Numbers.time(first.stepTime)), at \(place).\(doubt)
            """
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
            \(kind) \(strong: other.rung) is the fastest, \(Numbers.three(factor.median)) times as fast \
            as \(first.rung): \(Numbers.time(other.stepTime)) a step.
            """
    }

    /// The rung on one thread that gains the most over the one that it builds on.
    private var greatestGain: Phrase? {
        guard let cell = results.largestCell else { return nil }
        let gains = cell.contenders.compactMap { rung -> (rung: RungResult, factor: Speedup)? in
            guard !rung.isThreaded, let factor = cell.factorOverPrevious(rung), factor.median > 1,
                !cell.isIndistinguishable(factor)
            else { return nil }
            return (rung, factor)
        }
        guard let best = gains.max(by: { $0.factor.median < $1.factor.median }) else { return nil }
        return """
            The one change that gains the most there is \(strong: best.rung.rung), \(best.rung.idea): \
            \(Numbers.three(best.factor.median)) times as fast as \(best.rung.after ?? "the one before").
            """
    }
}
