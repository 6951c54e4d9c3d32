/// How far the sampling of a cell is.
package struct SamplerProgress: Sendable, Equatable {
    /// The round that is running, from 0; nil during the warm-up.
    package let round: Int?

    /// How many rounds there will be.
    package let rounds: Int

    /// The rung that is about to run.
    package let rung: String
}
