import Foundation

/// The times of one implementation in one cell, in the old and in the new results.
struct TimePair {
    let cell: Cell
    let rung: String

    /// Whether it ran on several threads, which a neighbour on the machine slows more than one.
    let isThreaded: Bool

    /// The logarithms of the median times of a step in each block, in nanoseconds, by the block's number.
    let oldLogs, newLogs: [Int: Double]

    /// nil where one has no time.
    init?(_ cell: Cell, old: RungResult?, new: RungResult?) {
        guard let old, let new, old.stepTime != nil, new.stepTime != nil else { return nil }
        (self.cell, rung) = (cell, old.rung)
        isThreaded = old.isThreaded && cell.threads > 1
        (oldLogs, newLogs) = (old.blockMedians.mapValues(log), new.blockMedians.mapValues(log))
    }

    /// All times that both results have, in the order of the old ones.
    static func all(_ old: Results, _ new: Results) -> [TimePair] {
        old.cells.flatMap { before in
            before.rungs.compactMap { rung in
                TimePair(before.cell, old: rung, new: new[before.cell]?.rung(rung.rung))
            }
        }
    }

    var oldMean: Double { Self.mean(oldLogs) }
    var newMean: Double { Self.mean(newLogs) }

    /// nil where there are fewer than two blocks on a side.
    var test: WelchTest? { WelchTest(from: Self.ordered(oldLogs), to: Self.ordered(newLogs)) }

    private static func ordered(_ logs: [Int: Double]) -> [Double] {
        logs.sorted { $0.key < $1.key }.map { $0.value }
    }

    private static func mean(_ logs: [Int: Double]) -> Double {
        ordered(logs).reduce(0, +) / Double(logs.count)
    }
}
