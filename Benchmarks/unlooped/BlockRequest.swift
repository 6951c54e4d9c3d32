import Measurement

/// One block of a cell that is to be sampled, here or in a fresh process, which reads it as JSON.
struct BlockRequest: Codable {
    /// The cell.
    let cell: Cell

    /// The number of the block.
    let block: Int

    /// How to sample.
    let settings: SamplerSettings

    /// How long it may take.
    let maximumNanoseconds: Int

    /// What data and orders follow from.
    let seed: UInt64

    /// The rungs that take part.
    let names: [String]

    /// Why some of them are not to be timed, by name.
    let skips: [String: String]

    /// The hash of the program's file, so that a program built anew in between does not answer; nil where
    /// unknown.
    let fingerprint: String?

    /// The rungs that run twice; nil where that is still to be chosen.
    let controls: [String]?

    /// The peers that take part.
    var peers: [Peer] = []

    /// Why some of them are not to be timed, by name.
    var peerSkips: [String: String] = [:]
}
