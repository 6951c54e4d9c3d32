/// The time of a step in one cell.
public struct GrowthPoint: Sendable, Equatable {
    /// Where.
    public let cell: Cell

    /// The time; a median, as a rule.
    public let nanoseconds: Double

    /// A point.
    public init(cell: Cell, nanoseconds: Double) { (self.cell, self.nanoseconds) = (cell, nanoseconds) }

    /// Whether the time is one that laws can be made of.
    var isUsable: Bool { nanoseconds > 0 && nanoseconds.isFinite }
}
