/// How much slower or faster all times became together: the clock rate, a neighbour on the same machine, or
/// a change that all implementations share. Those on one thread and those on several each have a shift,
/// since a neighbour that keeps one processor busy slows only the latter.
package struct CommonShift: Codable, Sendable, Equatable {
    /// Whether it is that of the times on several threads.
    package let isThreaded: Bool

    /// How many times it was taken from.
    package let times: Int

    /// New / old.
    package let ratio: Double

    /// The test of the shift, against no change.
    package let test: Change.Test

    /// What can be said of it; it counts by the same rule as a change.
    package let verdict: Change.Verdict

    /// nil where the group has none.
    init?(_ group: TimeGroup, correctedPValue: Double?, threshold: Double) {
        guard let test = Change.Test(group.shift, correctedPValue: correctedPValue) else { return nil }
        (isThreaded, times) = (group.isThreaded, group.pairs.count)
        (ratio, self.test) = (test.excess, test)
        verdict = test.verdict(threshold: threshold)
    }
}
