/// How the sampler samples.
public struct SamplerSettings: Codable, Sendable, Equatable {
    /// How often each implementation is sampled.
    public var rounds: Int

    /// How long a sample should last; it has as many steps as that takes, at least one.
    public var minimumSampleNanoseconds: Int

    /// How long sampling a cell may take. The first round is always finished.
    public var maximumCellNanoseconds: Int

    /// An implementation whose step takes longer is skipped.
    public var maximumStepNanoseconds: Int

    /// α of the steps. It changes the numbers, and not what has to be done for them.
    public var learningRate: Double

    /// Settings.
    public init(
        rounds: Int = 15, minimumSampleNanoseconds: Int = 5_000_000,
        maximumCellNanoseconds: Int = 60_000_000_000, maximumStepNanoseconds: Int = 5_000_000_000,
        learningRate: Double = 0.1
    ) {
        self.rounds = rounds
        self.minimumSampleNanoseconds = minimumSampleNanoseconds
        self.maximumCellNanoseconds = maximumCellNanoseconds
        self.maximumStepNanoseconds = maximumStepNanoseconds
        self.learningRate = learningRate
    }
}
