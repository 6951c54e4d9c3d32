import Problems

/// The times of one implementation over the shapes of a study, with one scalar and number of threads.
package struct GrowthSeries: Sendable, Equatable {
    package let rung: String
    package let scalar: ScalarKind
    package let threads: Int
    package let points: [GrowthPoint]

    package init(rung: String, scalar: ScalarKind, threads: Int, points: [GrowthPoint]) {
        (self.rung, self.scalar, self.threads, self.points) = (rung, scalar, threads, points)
    }

    /// A law for each place where X is in one of the cells.
    package func laws(caches: [Machine.Cache]) -> [CacheRegime: GrowthLaw] {
        Dictionary(grouping: points) { CacheRegime(xBytes: $0.cell.xBytes, caches: caches) }
            .mapValues { GrowthLaw($0) }
    }
}

/// The factors of one implementation over the one it builds on, over the shapes of a study, with one scalar
/// and number of threads.
package struct FactorSeries: Sendable, Equatable {
    package let rung: String

    /// The implementation it builds on; for one with threads, the same on one thread.
    package let previous: String

    package let scalar: ScalarKind
    package let threads: Int
    package let points: [FactorPoint]

    package init(rung: String, previous: String, scalar: ScalarKind, threads: Int, points: [FactorPoint]) {
        (self.rung, self.previous, self.scalar) = (rung, previous, scalar)
        (self.threads, self.points) = (threads, points)
    }

    /// How the factor goes along `axis`, by the other size; where there are at least two sizes.
    package func overtakings(along axis: GrowthAxis) -> [Int: Overtaking] {
        Dictionary(grouping: points) { axis.fixedSize(of: $0.cell) }
            .compactMapValues { Overtaking($0, along: axis) }
    }
}

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
                                cell: cell.cell, median: $0.median, low: $0.span.lowerBound,
                                high: $0.span.upperBound)
                        }
                    })
            }
        }.filter { !$0.points.isEmpty }
    }

    /// Cells of the grid that differ in m and n_x only, with all implementations that any of them has.
    private var groups: [(scalar: ScalarKind, threads: Int, cells: [CellResult], rungs: [String])] {
        let grid = cells(on: nil)
        func kind(_ cell: CellResult) -> Cell {
            Cell(m: 1, nx: 1, scalar: cell.cell.scalar, threads: cell.cell.threads)
        }
        return grid.map(kind).uniqued.map { group in
            let found = grid.filter { kind($0) == group }
            return (group.scalar, group.threads, found, found.flatMap { $0.rungs.map { $0.rung } }.uniqued)
        }
    }
}

extension Sequence where Element: Hashable {
    /// Each element once, where it is first.
    package var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}

/// The size that grows while the other stays as it is.
package enum GrowthAxis: String, Sendable, CaseIterable {
    /// Samples, m.
    case samples
    /// Features of a sample, n_x.
    case features

    /// The size that grows.
    package func size(of cell: Cell) -> Int { self == .samples ? cell.m : cell.nx }

    /// The other size.
    package func fixedSize(of cell: Cell) -> Int { self == .samples ? cell.nx : cell.m }
}

/// The nearest place that holds all of X, counted once: a level of cache as one processor sees it, or
/// memory.
///
/// The memory that an implementation holds besides X is left out, and so is that several threads have several
/// caches: all implementations share the limits.
package enum CacheRegime: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// Any size, where the caches are unknown.
    case all
    /// X fits the cache of this level, and none nearer.
    case cache(level: Int)
    /// X is larger than each cache.
    case memory

    /// Where an X of so many bytes is.
    package init(xBytes: Int, caches: [Machine.Cache]) {
        let data = caches.filter { ["Data", "Unified"].contains($0.kind) }
        let level = data.filter { $0.bytes >= xBytes }.map { $0.level }.min()
        self = data.isEmpty ? .all : level.map { .cache(level: $0) } ?? .memory
    }

    /// `L2`, `memory`, or `anywhere`.
    package var description: String {
        switch self {
        case .all: "anywhere"
        case .cache(let level): "L\(level)"
        case .memory: "memory"
        }
    }
}
