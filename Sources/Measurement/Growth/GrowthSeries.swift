import Problems

/// The times of one implementation over the shapes of a study, with one scalar and number of threads.
package struct GrowthSeries: Sendable, Equatable {
    /// The implementation.
    package let rung: String

    /// What it computed in.
    package let scalar: ScalarKind

    /// How many threads might work.
    package let threads: Int

    /// The times.
    package let points: [GrowthPoint]

    /// Series.
    package init(rung: String, scalar: ScalarKind, threads: Int, points: [GrowthPoint]) {
        (self.rung, self.scalar, self.threads, self.points) = (rung, scalar, threads, points)
    }

    /// A law for each place where X is in one of the cells.
    package func laws(caches: [Machine.Cache]) -> [CacheRegime: GrowthLaw] {
        Dictionary(grouping: points) { CacheRegime(xBytes: $0.cell.xBytes, caches: caches) }
            .mapValues { GrowthLaw($0) }
    }

    /// The slopes along `axis`, by the other size; those that have one.
    package func slopes(along axis: GrowthAxis) -> [Int: LogSlope] {
        Dictionary(grouping: points) { axis.fixedSize(of: $0.cell) }
            .compactMapValues { points in
                LogSlope(points.map { (Double(axis.size(of: $0.cell)), $0.nanoseconds) })
            }
    }
}
