import Ladders
import Measurement
import Problems

/// Steps of one implementation on random data, and nothing else: for a profiler.
package struct RungSteps {
    /// When it has made enough of them.
    package enum Limit {
        case steps(Int)
        case nanoseconds(Int)
    }

    /// Steps made.
    package private(set) var count = 0

    /// The time that they took.
    package private(set) var nanoseconds = 0

    /// Makes steps until there are enough, or Ctrl-C is pressed.
    package init(of rung: String, in cell: Cell, until limit: Limit) throws {
        try Grid(cells: [cell]).checkMemory { CellMemory.bytes(of: $0, [rung]) }
        guard let contestant = try Self.contestant(rung, cell, cell.scalar.type) else { return }
        var batch = 1
        while !Interrupt.isRequested {
            switch limit {
            case .steps(let steps):
                guard count < steps else { return }
                batch = min(batch, steps - count)
            case .nanoseconds(let time): guard nanoseconds < time else { return }
            }
            let time = try contestant.run(batch).nanoseconds
            count += batch
            nanoseconds += time
            // Ctrl-C, and the limit, are asked for ten times a second or so.
            if time < 50_000_000 { batch *= 2 }
        }
    }

    @specialized(where Scalar == Float) @specialized(where Scalar == Double)
    private static func contestant<Scalar: LaneScalar>(_ rung: String, _ cell: Cell, _: Scalar.Type) throws
        -> Contestant?
    {
        let data = try Dataset<Scalar>.synthetic(m: cell.m, nx: cell.nx, seed: 1)
        return LogisticLadder.rungs(Scalar.self).first { $0.name == rung }.map {
            Contestant($0, $0.prepare(data, threads: cell.threads), in: cell)
        }
    }
}
