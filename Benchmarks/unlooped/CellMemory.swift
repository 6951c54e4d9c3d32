import Ladders
import Problems
import Measurement

/// What timing a cell takes of memory, counted before anything is allocated.
package enum CellMemory {
    /// What the program and the harness take besides data and what implementations prepare.
    static let harnessBytes = 64 << 20

    /// Bytes for the data, for what all implementations of `names` prepare, since they take turns, and for
    /// the controls, which are prepared once more; `Int.max` where that is more than an `Int` holds.
    static func bytes(of cell: Cell, _ names: [String]) -> Int {
        // What is too large anyway is not counted in detail, where products might not fit an Int.
        guard cell.xBytes < 1 << 50, cell.m < 1 << 44, cell.nx < 1 << 44 else { return cell.xBytes }
        return switch cell.scalar {
        case .float: bytes(of: cell, Set(names), Float.self)
        case .double: bytes(of: cell, Set(names), Double.self)
        }
    }

    /// How many peers have room for a copy of X each, beside what the cell needs and a file with the data,
    /// which may lie in memory too.
    package static func copies(ofBytes xBytes: Int, beside neededBytes: Int, in availableBytes: Int) -> Int {
        let left = availableBytes - min(availableBytes, neededBytes)
        return max(0, left / max(1, xBytes) - 1)
    }

    private static func bytes<Scalar: LaneScalar>(
        of cell: Cell, _ names: Set<String>, _: Scalar.Type
    ) -> Int {
        let kinds = LogisticLadder.rungs(Scalar.self).filter { names.contains($0.name) }
        let prepared = kinds.map { $0.preparedBytes(Shape(cell.m, cell.nx), threads: cell.threads) }
        // The reference is one control, and whichever takes the most might be the other.
        let controls = (prepared.first ?? 0) + (prepared.dropFirst().max() ?? 0)
        return Dataset<Scalar>.byteCount(m: cell.m, nx: cell.nx) + prepared.reduce(0, +) + controls
            + harnessBytes
    }
}
