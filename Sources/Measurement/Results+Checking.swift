extension Results {
    /// What no run can have written, though each field by itself can be read: the field, and what is wrong
    /// with it. What follows counts on it; nil where all is well.
    var contradiction: (field: String, what: String)? {
        if let (field, what) = settings.contradiction { return ("settings.\(field)", what) }
        for (field, cells) in [("plan.cells", plan.cells), ("cells", cells.map { $0.cell })] {
            if let i = cells.firstIndex(where: { !$0.isPossible }) {
                return ("\(field)[\(i)]", "cannot be timed: \(cells[i])")
            }
        }
        if plan.data?.isEmpty != false, let cell = plan.cells.first(where: { $0.data != nil }) {
            return ("plan.data", "is missing, which says how to read \(cell)")
        }
        var seen: Set<Cell> = []
        for (i, cell) in cells.enumerated() {
            if !seen.insert(cell.cell).inserted {
                return ("cells[\(i)]", "is the same cell as one before it: \(cell.cell)")
            }
            if let (field, what) = cell.contradiction { return ("cells[\(i)].\(field)", what) }
        }
        return nil
    }
}

extension SamplerSettings {
    fileprivate var contradiction: (field: String, what: String)? {
        let times = Self.possibleNanoseconds
        for (field, value, possible) in [
            ("blocks", blocks, Self.possibleBlocks), ("rounds", rounds, Self.possibleRounds),
            ("minimumSampleNanoseconds", minimumSampleNanoseconds, times),
            ("maximumCellNanoseconds", maximumCellNanoseconds, times),
            ("maximumRunNanoseconds", maximumRunNanoseconds ?? times.upperBound, times),
        ] where !possible.contains(value) {
            return (field, "is \(value); expected \(possible.lowerBound) to \(possible.upperBound)")
        }
        return learningRate.isFinite
            ? nil : ("learningRate", "is \(learningRate); expected a finite number")
    }
}

extension CellResult {
    /// Numbers beyond this count nothing that was timed, and could not be moved on in a merge.
    private static let numbers = 0..<1 << 40

    fileprivate var contradiction: (field: String, what: String)? {
        var seen: Set<Int> = []
        for (i, block) in blocks.enumerated() {
            let field = "blocks[\(i)].index"
            if !Self.numbers.contains(block.index) { return (field, "cannot be \(block.index)") }
            if !seen.insert(block.index).inserted { return (field, "is \(block.index), as of one before it") }
        }
        let roles = [
            ("rungs", rungs), ("controls", controls), ("ceilings", ceilings), ("peers", peers),
        ]
        for (name, results) in roles {
            for (i, rung) in results.enumerated() {
                let wrong = rung.samples.firstIndex {
                    !Self.numbers.contains($0.block) || !Self.numbers.contains($0.round)
                }
                guard let wrong else { continue }
                let (block, round) = (rung.samples[wrong].block, rung.samples[wrong].round)
                return ("\(name)[\(i)].samples[\(wrong)]", "cannot be of block \(block), round \(round)")
            }
        }
        return nil
    }
}
