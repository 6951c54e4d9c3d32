import Problems

/// The factors of one implementation over the one it builds on, over the shapes of a study, with one scalar
/// and number of threads.
package struct FactorSeries: Sendable, Equatable {
    /// The implementation.
    package let rung: String

    /// The one it builds on; for one with threads, that is the same on one thread.
    package let previous: String

    /// What both computed in.
    package let scalar: ScalarKind

    /// How many threads might work.
    package let threads: Int

    /// The factors.
    package let points: [FactorPoint]

    /// Series.
    package init(rung: String, previous: String, scalar: ScalarKind, threads: Int, points: [FactorPoint]) {
        (self.rung, self.previous, self.scalar) = (rung, previous, scalar)
        (self.threads, self.points) = (threads, points)
    }

    /// How the pair stands along `axis`, by the other size; where there are at least two sizes.
    package func overtakings(along axis: GrowthAxis) -> [Int: Overtaking] {
        Dictionary(grouping: points) { axis.fixedSize(of: $0.cell) }
            .compactMapValues { Overtaking($0, along: axis) }
    }
}
