extension Results {
    /// Bytes beyond these are those of no cache, and could not be multiplied by a number of threads.
    private static let sizes = 0..<1 << 40

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
        if let i = machine.caches.firstIndex(where: { !Self.sizes.contains($0.bytes) }) {
            return ("machine.caches[\(i)].bytes", "cannot be \(machine.caches[i].bytes)")
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
    fileprivate var contradiction: (field: String, what: String)? {
        var seen: Set<Int> = []
        for (i, block) in blocks.enumerated() {
            let field = "blocks[\(i)].index"
            if !Sample.numbers.contains(block.index) { return (field, "cannot be \(block.index)") }
            if !seen.insert(block.index).inserted { return (field, "is \(block.index), as of one before it") }
        }
        let roles = [
            ("rungs", rungs), ("controls", controls), ("ceilings", ceilings), ("peers", peers),
        ]
        for (name, results) in roles {
            for (i, rung) in results.enumerated() {
                for (j, sample) in rung.samples.enumerated() {
                    guard let (field, value) = sample.impossibleField else { continue }
                    return ("\(name)[\(i)].samples[\(j)].\(field)", "cannot be \(value)")
                }
            }
        }
        return nil
    }
}

extension Sample {
    /// Numbers beyond this count nothing that was timed, and could not be moved on in a merge.
    fileprivate static let numbers = 0..<1 << 40

    /// As long as a sample can be asked to be, on as many processors as there may be.
    private static let times = 0..<SamplerSettings.possibleNanoseconds.upperBound + 1
    private static let processorTimes = 0..<1_000_000_000_000_000_001

    /// A field that no run can have written, and its value; nil where there is none.
    fileprivate var impossibleField: (name: String, value: Int)? {
        let fields = [
            ("block", block, Self.numbers), ("round", round, Self.numbers), ("steps", steps, Self.numbers),
            ("nanoseconds", nanoseconds, Self.times), ("cpuNanoseconds", cpuNanoseconds, Self.processorTimes),
        ]
        return fields.first { !$0.2.contains($0.1) }.map { ($0.0, $0.1) }
    }
}
