import Measurement

/// The lines of a study that matter most: at most four. The first says how much faster the fastest rung is in
/// the largest cell; the others, what is left of that without threads, or with them, which rung gains the most
/// over the one that it builds on, and how well all times are known.
struct Headline {
    let results: Results

    var lines: [Phrase] {
        [sentence + (conditions.map { " " + $0 } ?? "")]
            + [otherKind, greatestGain, precision].compactMap(\.self)
    }

    /// How well the times are known, and why no better where that is not as well as was asked for.
    var precision: Phrase? {
        let all = results.precisions
        let known = all.filter { $0.isFinite }
        guard !all.isEmpty else { return nil }
        guard let most = Statistics.quantile(0.95, of: known) else {
            return """
                No time has an interval: that takes \(BlockEstimate.fewestBlocks) blocks. So nothing here says \
                whether a difference is more than chance.
                """
        }
        let unknown =
            known.count < all.count
            ? "; \(all.count - known.count) others rest on too few blocks for an interval" : ""
        var wanted = ""
        if let precision = results.settings.precision {
            let wide = known.count { $0 > precision }
            let goal = Numbers.short((1000 * precision).rounded() / 10) + " %"
            wanted =
                wide == 0
                ? " All are known to the \(goal) that were asked for."
                : " \(goal) were asked for, and \(wide) are not known as well: the time was over."
        }
        let speedups = Statistics.quantile(0.95, of: results.speedupPrecisions).flatMap { most -> Phrase? in
            most.isFinite
                ? """
                , and 95 % of the speedups over the rung that one builds on to \
                \(strong: Numbers.percent(most, digits: 1))
                """ : nil
        }
        let (disturbed, samples) = results.disturbedSamples
        let part = Double(disturbed) / Double(max(1, samples))
        let left =
            disturbed > 0 ? " \(Numbers.percent(part)) of the samples were disturbed and do not count." : ""
        return """
            95 % of the \(Numbers.count(known.count, "time")) are known to \
            \(strong: Numbers.percent(most, digits: 1) + " or better")
            """ + (speedups ?? "") + "\(unknown).\(wanted)\(left)"
    }

    /// The fastest rung against the first, in the largest cell.
    var sentence: Phrase {
        guard let cell = results.largestCell, let fastest = cell.fastest, let first = cell.reference else {
            return "Nothing was timed."
        }
        let place = Prose.cell(cell.cell)
        let time = Numbers.time(fastest.stepTime)
        guard fastest.rung != first.rung, let factor = cell.factorOverReference(fastest) else {
            return "The fastest version, \(strong: fastest.rung), makes a step in \(time), at \(place)."
        }
        let standIn =
            cell.referenceIsStandIn ? ", which stands in for \(cell.rungs[0].rung), not timed here" : ""
        let doubt = factor.holdsOne == true ? " That cannot be told from no difference." : ""
        return """
            The fastest version, \(strong: fastest.rung), is \
            \(strong: Numbers.three(factor.median) + " times as fast") as \(first.rung), \(first.idea)\(standIn): \
            \(time) instead of \(Numbers.time(first.stepTime)) a step.\(doubt)
            """
    }

    /// The cell that the sentence is about, and how well it is known.
    var conditions: Phrase? {
        guard let cell = results.largestCell, let fastest = cell.fastest, let first = cell.reference,
            fastest.rung != first.rung, let factor = cell.factorOverReference(fastest)
        else { return nil }
        let ceiling =
            results.roofline(fastest, in: cell).map { roofline -> Phrase in
                " It runs at \(Numbers.percent(roofline.fraction)) of what \(roofline.bound.rawValue) allows."
            } ?? ""
        return "At \(Prose.cell(cell.cell)) (\(Numbers.coverage(factor)))." + ceiling
    }

    /// The fastest rung of the other kind: without threads where the fastest has some, and with threads
    /// where it has none.
    var otherKind: Phrase? {
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
    var greatestGain: Phrase? {
        guard let cell = results.largestCell else { return nil }
        let gains = cell.contenders.compactMap { rung -> (rung: RungResult, factor: BlockEstimate)? in
            guard !rung.isThreaded, let factor = cell.factorOverPrevious(rung), factor.median > 1,
                factor.holdsOne != true
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
