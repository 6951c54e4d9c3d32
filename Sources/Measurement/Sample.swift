/// One timing: some steps in a row.
package struct Sample: Codable, Sendable, Equatable {
    /// The block that it belongs to, from 0.
    package let block: Int

    /// The round that it belongs to, from 0 and counted through all blocks of a cell.
    package let round: Int

    /// Its place in that round, from 0.
    package let position: Int

    /// How many steps there were, from w = 0, b = 0.
    package let steps: Int

    /// How long the steps took together.
    package let nanoseconds: Int

    /// How long processors worked for the program meanwhile, all its threads added up. On one thread it
    /// is less than `nanoseconds` where something else had the processor for a while.
    package let cpuNanoseconds: Int

    /// A sample.
    package init(block: Int, round: Int, position: Int, steps: Int, nanoseconds: Int, cpuNanoseconds: Int) {
        (self.block, self.round, self.position) = (block, round, position)
        (self.steps, self.nanoseconds, self.cpuNanoseconds) = (steps, nanoseconds, cpuNanoseconds)
    }

    /// Time of one step.
    package var nanosecondsPerStep: Double { Double(nanoseconds) / Double(steps) }

    /// Time of one step that processors worked.
    package var cpuNanosecondsPerStep: Double { Double(cpuNanoseconds) / Double(steps) }
}
