import Measurement

/// How the time of a step, and of one value of X, changes as m or n_x grows.
struct GrowthSection {
    private let results: Results
    private let figures: [Figure]

    init(_ results: Results, _ figures: [Figure]) { (self.results, self.figures) = (results, figures) }

    /// The section.
    var section: Section {
        guard !figures.isEmpty else {
            return Section.leftOut(
                "growth", "Growth",
                "growth", since: "no two cells differ in m alone or in nₓ alone",
                command: "unlooped bench --m 1000,10000,100000 --nx 8,128")
        }
        let about: Phrase = """
            In the pictures of the time for each value of X a line would be level if a value took the same \
            time whatever the size. Lines fall where a fixed cost, such as waking threads, is shared by more \
            and more values, and rise where X outgrows a cache.
            """
        return Section("growth", "Growth", [.paragraph(about), .list(changes)] + .figures(figures))
    }

    /// How the time for a value changes from the smallest to the largest cell, for the first rung and the
    /// fastest.
    private var changes: [Phrase] {
        guard let largest = results.largestCell, let first = largest.reference, let fastest = largest.fastest
        else { return [] }
        let names = first.rung == fastest.rung ? [first.rung] : [first.rung, fastest.rung]
        return GrowthAxis.allCases.flatMap { axis -> [Phrase] in
            let cells = results.cells(along: axis, largest.cell.scalar).filter { $0.fastest != nil }
            guard let smallest = cells.first, smallest.cell != largest.cell else { return [] }
            return names.compactMap { name in
                guard let start = time(name, smallest), let end = time(name, largest) else { return nil }
                return """
                    \(strong: name) takes \(Figures.three(start)) ns for a value at \
                    \(axis.grown(axis.size(of: smallest.cell))), and \(Figures.three(end)) ns at \
                    \(axis.grown(axis.size(of: largest.cell))), both at \
                    \(axis.fixed(axis.fixedSize(of: largest.cell))) in \(largest.cell.scalar.rawValue).
                    """
            }
        }
    }

    /// Nanoseconds of a step for each value of X.
    private func time(_ rung: String, _ cell: CellResult) -> Double? {
        cell.rung(rung)?.stepTime.map {
            $0.medianNanoseconds / (Double(cell.cell.m) * Double(cell.cell.nx))
        }
    }
}

extension GrowthAxis {
    /// A value of the size that grows: `m = 1 000`.
    func grown(_ size: Int) -> String { "\(sign) = " + Prose.grouped(size) }

    /// A value of the size that stays as it is: `nₓ = 128`.
    func fixed(_ size: Int) -> String { other.grown(size) }
}
