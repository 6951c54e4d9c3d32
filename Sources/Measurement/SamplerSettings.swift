/// How the sampler samples.
package struct SamplerSettings: Codable, Sendable, Equatable {
    /// The rounds that can be asked for.
    package static let possibleRounds = 1...100_000

    /// The blocks that can be asked for.
    package static let possibleBlocks = 1...1000

    /// The times that can be asked for, up to thirty days.
    package static let possibleNanoseconds = 1...30 * 86_400_000_000_000

    /// How often each implementation is sampled, all blocks together.
    package var rounds: Int

    /// How often data and scratch are allocated anew. The last block runs in a fresh process.
    package var blocks: Int

    /// How long a sample should last; it has as many steps as that takes, at least one.
    package var minimumSampleNanoseconds: Int

    /// How long sampling a cell may take, all blocks together. The first round is always finished.
    package var maximumCellNanoseconds: Int

    /// How long the whole run may take; nil where there is no limit.
    package var maximumRunNanoseconds: Int?

    /// α of the steps. It changes the numbers, and not what has to be done for them.
    package var learningRate: Double

    /// Settings.
    package init(
        rounds: Int = 18, blocks: Int = 6, minimumSampleNanoseconds: Int = 3_000_000,
        maximumCellNanoseconds: Int = 60_000_000_000, maximumRunNanoseconds: Int? = nil,
        learningRate: Double = 0.1
    ) {
        (self.rounds, self.blocks) = (rounds, blocks)
        self.minimumSampleNanoseconds = minimumSampleNanoseconds
        self.maximumCellNanoseconds = maximumCellNanoseconds
        self.maximumRunNanoseconds = maximumRunNanoseconds
        self.learningRate = learningRate
    }

    /// The rounds of a block, numbered through the blocks of a cell; each has at least one.
    package func rounds(inBlock block: Int) -> Range<Int> {
        let rounds = max(rounds, blocks)
        return rounds * block / blocks..<rounds * (block + 1) / blocks
    }

    /// How long a step may take: an implementation that would need more than a third of the cell's time
    /// for all its rounds is skipped. Each round has a step that does not count beside the one that does,
    /// and each block two to warm up.
    package var maximumStepNanoseconds: Int {
        max(1, maximumCellNanoseconds / 3 / (2 * max(rounds, blocks) + 2 * blocks))
    }
}
