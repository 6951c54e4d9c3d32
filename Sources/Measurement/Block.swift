/// Some rounds of a cell, sampled on data and scratch of their own.
///
/// Two allocations of the same data can differ more in speed than two samples of one, by how their pages
/// fall into the caches; and what slows a machine often lasts longer than a block. So what is claimed of
/// a cell rests on several blocks, some time apart.
package struct Block: Codable, Sendable, Equatable {
    /// Why sampling ended.
    package enum End: String, Codable, Sendable {
        /// All rounds were made.
        case completed
        /// The time for the cell was over before.
        case budget
    }

    /// Its number, from 0.
    package let index: Int

    /// Whether it ran in a process of its own, started for it.
    package let isFreshProcess: Bool

    /// When its sampling began, in seconds since 1970.
    package let startUnixSeconds: Double

    /// How long its sampling took, warm-up included.
    package let seconds: Double

    /// Rounds that all implementations were sampled in.
    package let rounds: Int

    /// Why sampling ended.
    package let end: End

    /// How many bytes of X lay on pages of 2 MiB; nil where the system does not tell.
    package let largePageBytes: Int?

    /// A block.
    package init(
        index: Int, isFreshProcess: Bool, startUnixSeconds: Double, seconds: Double, rounds: Int, end: End,
        largePageBytes: Int?
    ) {
        (self.index, self.isFreshProcess) = (index, isFreshProcess)
        (self.startUnixSeconds, self.seconds) = (startUnixSeconds, seconds)
        (self.rounds, self.end, self.largePageBytes) = (rounds, end, largePageBytes)
    }
}
