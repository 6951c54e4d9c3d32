/// What was found in one cell.
public struct CellResult: Codable, Sendable, Equatable {
    /// Why sampling ended.
    public enum End: String, Codable, Sendable {
        /// All rounds were made.
        case completed
        /// The time for the cell was over before.
        case budget
        /// The user asked for it.
        case interrupted
    }

    /// Which cell it is.
    public let cell: Cell

    /// Why sampling ended.
    public let end: End

    /// The implementations, in the order of the ladder.
    public let rungs: [RungResult]

    /// A result.
    public init(cell: Cell, end: End, rungs: [RungResult]) {
        (self.cell, self.end, self.rungs) = (cell, end, rungs)
    }

    /// Whether the time for the cell was over before all rounds were made.
    public var budgetEnded: Bool { end == .budget }

    /// The implementations that have a time.
    public var timed: [RungResult] { rungs.filter { $0.stepTime != nil } }

    /// The first rung of the ladder that ran: what all are compared with.
    public var reference: RungResult? { timed.first }

    /// The one with the shortest median.
    public var fastest: RungResult? {
        timed.min {
            ($0.stepTime?.medianNanoseconds ?? .infinity) < ($1.stepTime?.medianNanoseconds ?? .infinity)
        }
    }

    /// The implementation with this name.
    public func rung(_ name: String) -> RungResult? { rungs.first { $0.rung == name } }

    /// How many times faster an implementation is than the reference.
    public func factorOverReference(_ rung: RungResult) -> Factor? {
        reference.flatMap { Factor(of: rung.samples, over: $0.samples) }
    }

    /// How many times faster an implementation is than the one it builds on; nil where that one has no
    /// time here.
    public func factorOverPrevious(_ rung: RungResult) -> Factor? {
        rung.after.flatMap { self.rung($0) }.flatMap { Factor(of: rung.samples, over: $0.samples) }
    }

    /// Bytes of X, counted once, by the time of a step: billions per second, which are bytes per
    /// nanosecond.
    public func gigabytesPerSecond(_ rung: RungResult) -> Double? {
        rung.stepTime.map { Double(cell.xBytes) / $0.medianNanoseconds }
    }
}
