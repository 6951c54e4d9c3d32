import Measurement

/// The change that each rung makes, its worth in the largest cell, and why.
struct LadderTopic: Topic {
    static let id = "ladder"
    static let title = "The ladder"
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

/// The ladder in one cell: what each rung gains over the one it builds on, and what all of them gain together, on
/// a logarithmic scale, where factors are lengths and their products are lengths put together. Below the rungs are
/// the peers that have a time there.
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
        Figure(
            id, "What each rung gains, and all of them together", "At \(Prose.cell(cell.cell))", chart, table)
    }

    private var chart: RowChart {
        let factors = (cell.timed + cell.timedPeers).compactMap { cell.factorOverReference($0) }
        let scale = Scale.logarithmic(
            [1, 2] + factors.flatMap { [$0.median, $0.span.lowerBound, $0.span.upperBound] })
        let (base, first) = (TextSize.shortened(reference.rung), cell.rungs.first?.rung ?? "")
        let standIn =
            cell.referenceIsStandIn
            ? " \(TextSize.shortened(first)) has no time; \(base) stands in for it." : ""
        let peers = cell.timedPeers.isEmpty ? "" : " Grey points are peers, programs in other languages."
        return RowChart(
            note: Prose.cell(cell.cell)
                + ". Bars go from the rung that one builds on to itself; open ones show no clear difference (≈)."
                + peers + standIn,
            x: Axis("times as fast as \(base)", scale ?? .unit, .factor), columns: ["own", "so far"],
            rows: cell.rungs.map(row) + cell.timedPeers.map(peerRow), places: [1])
    }

    private func row(_ rung: RungResult) -> RowChart.Row {
        guard let factor = cell.factorOverReference(rung), let time = rung.stepTime else {
            return RowChart.Row(
                rung.rung, [], columns: [Numbers.none, Numbers.none], remark: Prose.absence(rung))
        }
        let own = cell.factorOverPrevious(rung)
        let columns = [Numbers.marked(own), Numbers.factor(factor)]
        let interval = RowChart.Mark.interval(low: factor.span.lowerBound, high: factor.span.upperBound)
        let look = looks[rung.rung]
        let over = zip([rung.after].compactMap(\.self), [own].compactMap(\.self)).map { after, own in
            let doubt = own.holdsOne == true ? ", no clear difference" : ""
            return "\(Numbers.timesInterval(own)) over \(after)\(doubt); "
        }
        let tooltip =
            "\(rung.rung): \(over.joined())\(Numbers.timesInterval(factor)) over \(reference.rung); "
            + "\(Numbers.timeInterval(time)) a step"
        let before = rung.after.flatMap { name in cell.rungs.firstIndex { $0.rung == name } }
        guard let own, let before, let start = cell.factorOverReference(cell.rungs[before]) else {
            let point = RowChart.Mark.point(factor.median, look: look, tooltip: tooltip)
            return RowChart.Row(rung.rung, [interval, point], columns: columns)
        }
        let bar = RowChart.Mark.bar(
            from: start.median, to: factor.median, hue: look.hue,
            isOpen: own.holdsOne == true, tooltip: tooltip)
        return RowChart.Row(
            rung.rung, [.link(at: start.median, row: before), bar, interval], columns: columns)
    }

    private func peerRow(_ peer: RungResult) -> RowChart.Row {
        let factor = cell.factorOverReference(peer)
        let time = peer.stepTime.map { "\(Numbers.timeInterval($0)) a step" } ?? ""
        let marks: [RowChart.Mark] =
            factor.map {
                let over = "\(Numbers.timesInterval($0)) over \(reference.rung); "
                return [
                    .interval(low: $0.span.lowerBound, high: $0.span.upperBound),
                    .point(
                        $0.median, look: Look(.grey, .diamond),
                        tooltip: "\(Self.name(ofPeer: peer)): \(over)\(time)"),
                ]
            } ?? []
        return RowChart.Row(Self.name(ofPeer: peer), marks, columns: [Numbers.none, Numbers.factor(factor)])
    }

    /// So that no peer is taken for a rung.
    private static func name(ofPeer peer: RungResult) -> String { "peer \(peer.rung)" }

    private var table: DataTable {
        DataTable(
            [
                "rung", "what it changes", "time of a step", "times as fast as the one it builds on",
                "times as fast as \(reference.rung)",
            ],
            cell.rungs.map { rung in
                let own = cell.factorOverPrevious(rung)
                return [
                    rung.rung, rung.idea, rung.stepTime.map(Numbers.timeInterval) ?? Prose.absence(rung),
                    Numbers.interval(own) + Numbers.doubt(own),
                    Numbers.interval(cell.factorOverReference(rung)),
                ]
            }
                + cell.timedPeers.map { peer in
                    [
                        Self.name(ofPeer: peer), peer.idea,
                        peer.stepTime.map(Numbers.timeInterval) ?? Numbers.none, Numbers.none,
                        Numbers.interval(cell.factorOverReference(peer)),
                    ]
                }, leading: 2)
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
