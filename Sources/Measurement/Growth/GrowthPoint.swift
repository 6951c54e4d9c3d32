/// The time of a step in one cell.
package struct GrowthPoint: Sendable, Equatable {
    /// Where.
    package let cell: Cell

    /// The time; a median, as a rule.
    package let nanoseconds: Double

    /// A point.
    package init(cell: Cell, nanoseconds: Double) { (self.cell, self.nanoseconds) = (cell, nanoseconds) }

    /// Whether the time is one that laws can be made of.
    var isUsable: Bool { nanoseconds > 0 && nanoseconds.isFinite }
}
