import Measurement

/// The ladder in one cell: what each rung gains over the one it builds on, and what all of them gain
/// together, on a logarithmic scale, where factors are lengths and their products are lengths put together.
/// Below them stand the peers that have a time there.
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

    /// The figure.
    func figure(id: String) -> Figure {
        let title = "What each rung gains, and all of them together"
        let description = description
        return Figure(
            id: id, title: title, description: description,
            svg: chart.svg(id: id, title: title, description: description), table: table)
    }

    private var chart: RowChart {
        let factors = (cell.timed + cell.timedPeers).compactMap { cell.factorOverReference($0) }
        let scale = Scale.logarithmic(
            [1, 2] + factors.flatMap { [$0.median, $0.interval.low, $0.interval.high] })
        let (base, first) = (TextSize.shortened(reference.rung), cell.rungs.first?.rung ?? "")
        let standIn =
            cell.referenceIsStandIn
            ? " \(TextSize.shortened(first)) has no time; \(base) stands in for it." : ""
        let peers = cell.timedPeers.isEmpty ? "" : " Grey points are peers, programs in other languages."
        return RowChart(
            note: Captions.cell(cell.cell)
                + ". Bars go from the rung that one builds on to itself; open ones show no clear difference (≈)."
                + peers + standIn,
            x: Axis("times as fast as \(base)", scale ?? .unit, .factor), columns: ["own", "so far"],
            rows: cell.rungs.map(row) + cell.timedPeers.map(peerRow), places: [1])
    }

    private func row(_ rung: RungResult) -> RowChart.Row {
        guard let factor = cell.factorOverReference(rung) else {
            return RowChart.Row(rung.rung, [], columns: ["–", "–"], remark: Captions.absence(rung))
        }
        let own = cell.factorOverPrevious(rung)
        let columns = [Figures.factor(own, in: cell), Figures.factor(factor)]
        let interval = RowChart.Mark.interval(low: factor.interval.low, high: factor.interval.high)
        let look = looks[rung.rung]
        let before = rung.after.flatMap { name in cell.rungs.firstIndex { $0.rung == name } }
        guard let own, let before, let start = cell.factorOverReference(cell.rungs[before]) else {
            let point = RowChart.Mark.point(factor.median, look: look, tooltip: words(rung))
            return RowChart.Row(rung.rung, [interval, point], columns: columns)
        }
        let bar = RowChart.Mark.bar(
            from: start.median, to: factor.median, hue: look.hue,
            isOpen: cell.isIndistinguishable(own), tooltip: words(rung))
        return RowChart.Row(
            rung.rung, [.link(at: start.median, row: before), bar, interval], columns: columns)
    }

    private func peerRow(_ peer: RungResult) -> RowChart.Row {
        let factor = cell.factorOverReference(peer)
        let marks: [RowChart.Mark] =
            factor.map {
                [
                    .interval(low: $0.interval.low, high: $0.interval.high),
                    .point($0.median, look: Look(.grey, .diamond), tooltip: peerWords(peer)),
                ]
            } ?? []
        return RowChart.Row(Self.name(ofPeer: peer), marks, columns: ["–", Figures.factor(factor)])
    }

    /// So that no peer is taken for a rung.
    private static func name(ofPeer peer: RungResult) -> String { "peer \(peer.rung)" }

    private func peerWords(_ peer: RungResult) -> String {
        let factor = cell.factorOverReference(peer).map { "\(Captions.factor($0)) over \(reference.rung); " }
        let time = peer.stepTime.map { "\(Captions.time($0)) a step" }
        return "\(Self.name(ofPeer: peer)): " + (factor ?? "") + (time ?? "")
    }

    /// One rung in words.
    private func words(_ rung: RungResult) -> String {
        guard let time = rung.stepTime, let factor = cell.factorOverReference(rung) else {
            return "\(rung.rung): \(Captions.absence(rung))"
        }
        let own = zip([rung.after], [cell.factorOverPrevious(rung)]).compactMap { after, own -> String? in
            guard let after, let own else { return nil }
            let doubt = cell.isIndistinguishable(own) ? ", no clear difference" : ""
            return "\(Captions.factor(own)) over \(after)\(doubt); "
        }
        return "\(rung.rung): " + own.joined() + "\(Captions.factor(factor)) over \(reference.rung); "
            + "\(Captions.time(time)) a step"
    }

    private var description: String {
        "At \(Captions.cell(cell.cell)). "
            + (cell.rungs.map(words) + cell.timedPeers.map(peerWords)).map { $0 + "." }.joined(separator: " ")
    }

    private var table: DataTable {
        DataTable(
            [
                "rung", "what it changes", "time of a step", "times as fast as the one it builds on",
                "times as fast as \(reference.rung)",
            ],
            cell.rungs.map { rung in
                [
                    rung.rung, rung.idea, rung.stepTime.map(Captions.time) ?? Captions.absence(rung),
                    Captions.interval(cell.factorOverPrevious(rung))
                        + (cell.factorOverPrevious(rung).map(cell.isIndistinguishable) == true ? " ≈" : ""),
                    Captions.interval(cell.factorOverReference(rung)),
                ]
            }
                + cell.timedPeers.map { peer in
                    [
                        Self.name(ofPeer: peer), peer.idea, peer.stepTime.map(Captions.time) ?? "–", "–",
                        Captions.interval(cell.factorOverReference(peer)),
                    ]
                }, leading: 2)
    }
}
