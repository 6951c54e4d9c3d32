import Measurement

/// What each rung changes and what that is worth, in the largest cell, and why.
struct LadderSection {
    private let results: Results
    private let figure: Figure?

    init(_ results: Results, _ figure: Figure?) { (self.results, self.figure) = (results, figure) }

    /// The section.
    var section: Section {
        guard let cell = results.largestCell else {
            let none = Item.leftOut("the ladder", since: "nothing was timed", command: "unlooped bench")
            return Section("ladder", "The ladder", [none] + absences)
        }
        let why: [Item] = [.heading("Why"), causes(cell)]
        let ladder = figure.map { [.explained($0, why)] } ?? why
        return Section(
            "ladder", "The ladder", [about(cell)] + ladder + otherX(cell) + absences + standIn(cell))
    }

    private func about(_ cell: CellResult) -> Item {
        .paragraph(
            """
            Each rung changes one thing in the one that it builds on, so its factor tells what that one \
            thing is worth: here at \(Captions.cell(cell.cell)), where X has \
            \(ByteCount(cell.cell.xBytes)). A step is J, dw, db and the update of w and b, the same for all.
            """)
    }

    /// For each rung its factor and why.
    private func causes(_ cell: CellResult) -> Item {
        .list(
            cell.rungs.map { rung in
                let why = results.note(of: rung.rung)?.why.map { [Phrase($0)] } ?? []
                return Phrase("\(strong: rung.rung), ") + opening(rung, cell)
                    + (why + Cause(rung, in: cell, of: results).sentences).map { " " + $0 }
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
        let mark = cell.isIndistinguishable(factor) ? ", no clear difference" : ""
        return
            "\(strong: Figures.factor(factor)) (\(Figures.range(factor))) over \(previous)\(mark): \(rung.idea)."
    }

    /// What the rungs gain that make the step of X as rounded.
    private func otherX(_ cell: CellResult) -> [Item] {
        let gains = cell.timed.filter { $0.storage != .scalar }.compactMap { rung -> Phrase? in
            guard let after = rung.after, let factor = cell.factorOverPrevious(rung) else { return nil }
            return "\(strong: rung.rung): \(Figures.factor(factor)) (\(Figures.range(factor))) over \(after)."
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
        let sentences = Absences(results).sentences
        return sentences.isEmpty ? [] : [.heading("Not timed"), .list(sentences)]
    }

    private func standIn(_ cell: CellResult) -> [Item] {
        guard cell.referenceIsStandIn, let reference = cell.reference, let first = cell.rungs.first else {
            return []
        }
        return [
            .paragraph(
                """
                \(first.rung) has no time at \(Captions.cell(cell.cell)), so \(reference.rung), the slowest \
                that has one, stands in for it as what all are compared with.
                """)
        ]
    }
}
