import Problems

extension Results {
    /// The times of each implementation, scalar and number of threads, in the order of the ladder.
    package var growthSeries: [GrowthSeries] {
        groups.flatMap { group in
            group.rungs.map { rung in
                GrowthSeries(
                    rung: rung, scalar: group.scalar, threads: group.threads,
                    points: group.cells.compactMap { cell in
                        cell.rung(rung)?.stepTime.map {
                            GrowthPoint(cell: cell.cell, nanoseconds: $0.medianNanoseconds)
                        }
                    })
            }
        }.filter { !$0.points.isEmpty }
    }

    /// The factors of each implementation over the one it builds on, in the order of the ladder.
    package var factorSeries: [FactorSeries] {
        groups.flatMap { group in
            group.rungs.compactMap { name in
                let found = group.cells.compactMap { cell in cell.rung(name).map { (cell, $0) } }
                guard let previous = found.lazy.compactMap({ $0.1.after }).first else { return nil }
                return FactorSeries(
                    rung: name, previous: previous, scalar: group.scalar, threads: group.threads,
                    points: found.compactMap { cell, rung in
                        cell.factorOverPrevious(rung).map {
                            FactorPoint(
                                cell: cell.cell, median: $0.median, low: $0.interval.low,
                                high: $0.interval.high)
                        }
                    })
            }
        }.filter { !$0.points.isEmpty }
    }

    /// Cells of the grid that differ in m and n_x only, with all implementations that any of them has.
    private var groups: [(scalar: ScalarKind, threads: Int, cells: [CellResult], rungs: [String])] {
        var groups: [(scalar: ScalarKind, threads: Int, cells: [CellResult], rungs: [String])] = []
        for cell in cells(on: nil) {
            let (scalar, threads) = (cell.cell.scalar, cell.cell.threads)
            let found = groups.firstIndex { $0.scalar == scalar && $0.threads == threads }
            let i = found ?? groups.count
            if found == nil { groups.append((scalar, threads, [], [])) }
            groups[i].cells.append(cell)
            for rung in cell.rungs where !groups[i].rungs.contains(rung.rung) {
                groups[i].rungs.append(rung.rung)
            }
        }
        return groups
    }
}
