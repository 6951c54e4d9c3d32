import Problems
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

    /// What the data are, as `DataChoice` writes it; nil for random data.
    var data: [String]?

    /// The peers that take part.
    var peers: [Peer] = []

    /// Why some of them are not to be timed, by name.
    var peerSkips: [String: String] = [:]

    /// The data of the cell, drawn or read.
    func dataset<Scalar: RealScalar>(_: Scalar.Type) throws -> Dataset<Scalar> {
        guard let data else { return try .synthetic(m: cell.m, nx: cell.nx, seed: seed) }
        let found = try DataChoice(commandWords: data).read(as: Scalar.self).data
        guard (found.m, found.nx) == (cell.m, cell.nx) else {
            throw InputError(
                message:
                    "\(data[0]): has m = \(found.m), n_x = \(found.nx) now; expected \(cell), as when the "
                    + "run was begun")
        }
        return found
    }
}
