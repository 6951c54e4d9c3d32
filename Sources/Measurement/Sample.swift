/// One timing: some steps in a row.
public struct Sample: Codable, Sendable, Equatable {
    /// How long the steps took together.
    public let nanoseconds: Int

    /// How many steps there were, from w = 0, b = 0.
    public let steps: Int

    /// The round that the sample belongs to, from 0.
    public let round: Int

    /// Its place in that round, from 0.
    public let position: Int

    /// A sample.
    public init(nanoseconds: Int, steps: Int, round: Int, position: Int) {
        (self.nanoseconds, self.steps) = (nanoseconds, steps)
        (self.round, self.position) = (round, position)
    }

    /// Time of one step.
    public var nanosecondsPerStep: Double { Double(nanoseconds) / Double(steps) }
}
