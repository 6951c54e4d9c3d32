import Measurement

/// The change that each rung makes, its worth in the largest cell, and why.
struct LadderTopic: Topic {
    static let id = "ladder"
    static let title = "The ladder"
    static let about =
        "For each version its factor, its cause, and how near it comes to what the machine can do."
    static let figureIDs = ["ladder"]

    let results: Results

    var figures: [Figure] {
        [results.largestCell.flatMap { LadderFigure($0)?.figure(id: "ladder") }].compactMap(\.self)
    }

    var items: [Item] {
        guard let cell = results.largestCell else {
            return [Item].leftOut("the ladder", since: "nothing was timed", command: "unlooped bench")
                + absences
        }
        let why: [Item] = [.heading("Why"), causes(cell)]
        let ladder = figures.first.map { [.explained($0, why)] } ?? why
        return [about(cell)] + ladder + otherX(cell) + absences + standIn(cell)
    }

    private func about(_ cell: CellResult) -> Item {
        .paragraph(
            """
            Each rung changes one thing in the one that it builds on, so its factor tells what that one \
            thing is worth: here at \(Prose.cell(cell.cell)), where X has \
            \(ByteCount(cell.cell.xBytes)). A step is J, dw, db and the update of w and b, the same for all.
            """)
    }

    /// For each rung its factor and why.
    func causes(_ cell: CellResult) -> Item {
        .list(
            cell.rungs.map { rung in
                let why = results.note(of: rung.rung, cell.cell.problem)?.why.map { [Phrase($0)] } ?? []
                return Phrase("\(strong: rung.rung), ") + opening(rung, cell)
                    + (why + RungCause(rung: rung, result: cell, results: results).sentences).map { " " + $0 }
                    .reduce(Phrase(), +)
            })
    }

    private func opening(_ rung: RungResult, _ cell: CellResult) -> Phrase {
        guard rung.stepTime != nil else {
            return rung.verdict?.passed == false
                ? "\(rung.idea): rejected by the judge, so it has no time." : "\(rung.idea): not timed."
        }
        guard let previous = rung.after, let factor = cell.factorOverPrevious(rung) else {
            return "\(rung.idea)."
        }
        let mark = factor.holdsOne == true ? ", no clear difference" : ""
        return """
            \(strong: Numbers.factor(factor))\(Numbers.parentheses(factor.interval)) over \(previous)\(mark): \
            \(rung.idea).
            """
    }

    /// The factors of the rungs that make the step of X as rounded.
    private func otherX(_ cell: CellResult) -> [Item] {
        let gains = cell.timed.filter { $0.storage != .scalar }.compactMap { rung -> Phrase? in
            guard let after = rung.after, let factor = cell.factorOverPrevious(rung) else { return nil }
            return """
                \(strong: rung.rung): \(Numbers.timesInterval(factor)) over \(after).
                """
        }
        guard !gains.isEmpty else { return [] }
        return [
            .heading("Beside the ladder"),
            .paragraph(
                """
                Some keep X in 16 bits, each value rounded to 8 significant bits and so off by at most 2⁻⁸ of \
                it. That is the step of slightly other data: their bounds are wider by as much as the rounding \
                of X can change J, dw and db, and they are never called the fastest.
                """), .list(gains),
        ]
    }

    private var absences: [Item] {
        let sentences = Prose.absences(results) { $0.rungs }
        return sentences.isEmpty ? [] : [.heading("Not timed"), .list(sentences)]
    }

    private func standIn(_ cell: CellResult) -> [Item] {
        guard cell.referenceIsStandIn, let reference = cell.reference, let first = cell.rungs.first else {
            return []
        }
        let text: Phrase = """
            \(first.rung) has no time at \(Prose.cell(cell.cell)), so \(reference.rung), the slowest \
            that has one, stands in for it as what all are compared with.
            """
        return [.paragraph(text)]
    }
}

/// The ladder in one cell as a tree: each rung hangs from the one that it builds on, with a bar for what its one change
/// is worth. Rungs that round X, which make the step of slightly other data, are below all others.
struct LadderFigure {
    private let cell: CellResult
    private let reference: RungResult
    private let looks: Looks

    /// Nil where no rung has a time.
    init?(_ cell: CellResult) {
        guard let reference = cell.reference else { return nil }
        (self.cell, self.reference) = (cell, reference)
        looks = Looks(cell.rungs.map { $0.rung })
    }

    func figure(id: String) -> Figure {
        Figure(id, "What each change is worth", "At \(Prose.cell(cell.cell))", chart, table)
    }

    private var chart: RowChart {
        let factors = cell.timed.compactMap { cell.factorOverPrevious($0) }
        let scale = Scale.logarithmic(
            [0.9, 1.1] + factors.flatMap { [$0.median, $0.span.lowerBound, $0.span.upperBound] })
        let standIn = cell.referenceIsStandIn ? " \(standInWords)" : ""
        return RowChart(
            note: Prose.cell(cell.cell)
                + ". A bar to the right: faster than the rung that it hangs from; to the left: slower; open: no clear "
                + "difference (≈)."
                + (cell.timed.contains { $0.storage != .scalar }
                    ? " Last: X in 16 bits, over the same without." : "")
                + standIn,
            x: Axis("times as fast as the rung that it hangs from, logarithmic", scale ?? .unit, .factor),
            columns: ["factor", "a step"], rows: tree.map(row), places: [1], leastPlot: 280)
    }

    private var standInWords: String {
        let first = TextSize.shortened(cell.rungs.first?.rung ?? "")
        return "\(first) has no time; \(TextSize.shortened(reference.rung)) stands in for it."
    }

    /// The rungs so that each is below the one that it builds on, and above all that do not build on it; below all
    /// others those that round X.
    var tree: [(rung: RungResult, branch: RowChart.Row.Branch?)] {
        let ladder = cell.rungs.filter { $0.storage == .scalar }
        let names = Set(ladder.map { $0.rung })
        let children = Dictionary(grouping: ladder) { $0.after.flatMap { names.contains($0) ? $0 : nil } }
        var rows: [(rung: RungResult, branch: RowChart.Row.Branch?)] = []
        var seen: Set<String> = []
        func add(_ rung: RungResult, _ branch: RowChart.Row.Branch?) {
            guard seen.insert(rung.rung).inserted else { return }
            let place = rows.count
            rows.append((rung, branch))
            for child in children[rung.rung] ?? [] {
                add(child, .init(parent: place, depth: (branch?.depth ?? 0) + 1))
            }
        }
        for root in children[nil] ?? [] { add(root, nil) }
        for rung in ladder { add(rung, nil) }  // in results that are wrong, some build on each other
        return rows + cell.rungs.filter { $0.storage != .scalar }.map { ($0, nil) }
    }

    private func row(_ rung: RungResult, _ branch: RowChart.Row.Branch?) -> RowChart.Row {
        guard let time = rung.stepTime else {
            return RowChart.Row(
                rung.rung, [], columns: [Numbers.none, Numbers.none], remark: Prose.absence(rung),
                branch: branch)
        }
        let own = cell.factorOverPrevious(rung)
        let columns = [Numbers.marked(own), Numbers.time(time)]
        guard let own, let after = rung.after else {
            return RowChart.Row(rung.rung, [], columns: columns, branch: branch)
        }
        let doubt = own.holdsOne == true ? ", no clear difference" : ""
        let whole =
            cell.factorOverReference(rung).map { "\(Numbers.factor($0)) over \(reference.rung); " } ?? ""
        let bar = RowChart.Mark.bar(
            from: 1, to: own.median, hue: looks[rung.rung].hue, isOpen: own.holdsOne == true,
            tooltip: "\(rung.rung), \(rung.idea): \(Numbers.timesInterval(own)) over \(after)\(doubt); "
                + "\(whole)\(Numbers.timeInterval(time)) a step")
        let interval = RowChart.Mark.interval(low: own.span.lowerBound, high: own.span.upperBound)
        return RowChart.Row(rung.rung, [bar, interval], columns: columns, branch: branch)
    }

    private var table: DataTable {
        DataTable(
            [
                "rung", "builds on", "what it changes", "time of a step", "times as fast as that",
                "times as fast as \(reference.rung)",
            ],
            cell.rungs.map { rung in
                let own = cell.factorOverPrevious(rung)
                return [
                    rung.rung, rung.after ?? Numbers.none, rung.idea,
                    rung.stepTime.map(Numbers.timeInterval) ?? Prose.absence(rung),
                    Numbers.interval(own) + Numbers.doubt(own),
                    Numbers.interval(cell.factorOverReference(rung)),
                ]
            }, leading: 3)
    }
}

/// Why a rung is as fast as it is, as far as the results show: what a step of it moves, how many threads worked,
/// how near it comes to what the machine can do, and, where it is slower than the rung that it builds on, a likely
/// reason.
private struct RungCause {
    let rung: RungResult
    let result: CellResult
    let results: Results

    private var previous: RungResult? { rung.after.flatMap(result.rung) }

    /// Whether reading X is most of what a step moves. In a network it is but a part.
    private var isAboutX: Bool { result.cell.problem == .logistic }

    /// None where the rung has no time.
    var sentences: [Phrase] {
        guard rung.stepTime != nil else { return [] }
        let reason = slowdown.map { "It is slower here: \($0)." } ?? movedDifference
        return [reason, workers, ceiling].compactMap { $0.map { Phrase($0) } }
    }

    /// Where a step moves much more or less than one of the rung before: by a tenth or more.
    private var movedDifference: String? {
        guard let previous, isAboutX,
            (rung.work.bytes - previous.work.bytes).magnitude * 10 >= previous.work.bytes
        else { return nil }
        return "A step moves \(ByteCount(rung.work.bytes)) where \(previous.rung) moves "
            + "\(ByteCount(previous.work.bytes))\(exceedsCaches ? "" : ", from cache, since X fits into one")."
    }

    private var workers: String? {
        guard rung.isThreaded, let workers = rung.workers else { return nil }
        return workers == 1 ? "One thread worked on it." : "\(workers) threads worked on it."
    }

    private var ceiling: String? {
        results.roofline(rung, in: result).map {
            "It runs at \(Numbers.percent($0.fraction)) of what \($0.bound.rawValue) allows."
        }
    }

    /// Why it is slower than the rung that it builds on; nil unless that is by more than 5 %, and no chance.
    private var slowdown: String? {
        guard let previous, let factor = result.factorOverPrevious(rung), factor.median < 1 / 1.05,
            factor.holdsOne != true
        else { return nil }
        if rung.isThreaded, !previous.isThreaded { return threading(previous) }
        let bytes = ByteCount(rung.work.bytes)
        if isAboutX, rung.work.bytes > previous.work.bytes {
            let ratio = Numbers.three(Double(rung.work.bytes) / Double(previous.work.bytes))
            return "a step of it moves \(bytes) where \(previous.rung) moves "
                + "\(ByteCount(previous.work.bytes)) (\(ratio) times as much)"
                + (exceedsCaches
                    ? ", and X (\(ByteCount(result.cell.xBytes))) is larger than the caches"
                    : ", though from cache to cache, since X fits into one")
        }
        if rung.preparedBytes - previous.preparedBytes > 1 << 20 {
            let more = ByteCount(rung.preparedBytes - previous.preparedBytes)
            return "it holds \(more) more of its own, which takes room in the caches"
        }
        return
            "the counted work does not tell why, as it is no more (\(bytes) a step); what it changes costs "
            + "more here than it saves"
    }

    private func threading(_ previous: RungResult) -> String {
        if let workers = rung.workers, workers <= 1 {
            return "there are too few samples to share, or one thread took all of them before another woke"
        }
        if let time = previous.stepTime, time.medianNanoseconds < 200_000 {
            return "there is too little work for threads: alone, \(previous.rung) takes "
                + "\(Numbers.time(time)), and waking workers and waiting for the last costs more"
        }
        if let others = results.othersProcessors, others > 0.05 {
            return
                "other programs took \(Numbers.percent(others)) of a processor meanwhile, and a step waits for "
                + "its slowest thread"
        }
        return "a step waits for its slowest thread, and what limits it, such as memory, is shared by all"
    }

    private var exceedsCaches: Bool {
        result.cell.xBytes > (results.machine.caches.map { $0.bytes }.max() ?? 0)
    }
}
