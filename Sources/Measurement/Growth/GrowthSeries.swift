public import LogisticRegression

/// The times of one implementation over the shapes of a study, with one scalar and number of threads.
public struct GrowthSeries: Sendable, Equatable {
    /// The implementation.
    public let rung: String

    /// What it computed in.
    public let scalar: ScalarKind

    /// How many threads might work.
    public let threads: Int

    /// The times.
    public let points: [GrowthPoint]

    /// Series.
    public init(rung: String, scalar: ScalarKind, threads: Int, points: [GrowthPoint]) {
        (self.rung, self.scalar, self.threads, self.points) = (rung, scalar, threads, points)
    }

    /// A law for each place where X is in one of the cells.
    public func laws(caches: [Machine.Cache]) -> [CacheRegime: GrowthLaw] {
        Dictionary(grouping: points) { CacheRegime(xBytes: $0.cell.xBytes, caches: caches) }
            .mapValues { GrowthLaw($0) }
    }

    /// The slopes along `axis`, by the other size; those that have one.
    public func slopes(along axis: GrowthAxis) -> [Int: LogSlope] {
        Dictionary(grouping: points) { axis.fixedSize(of: $0.cell) }
            .compactMapValues { points in
                LogSlope(points.map { (Double(axis.size(of: $0.cell)), $0.nanoseconds) })
            }
    }
}
