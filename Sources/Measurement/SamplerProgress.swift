/// How far the sampling of a cell is.
public struct SamplerProgress: Sendable, Equatable {
    /// The round that is running, from 0; nil during the warm-up.
    public let round: Int?

    /// How many rounds there will be.
    public let rounds: Int

    /// The rung that is about to run.
    public let rung: String
}
