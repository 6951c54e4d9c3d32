/// How many times faster one implementation is than another in one cell.
package struct FactorPoint: Sendable, Equatable {
    /// Where.
    package let cell: Cell

    /// The factor.
    package let median: Double

    /// Its interval, lower end.
    package let low: Double

    /// Its interval, upper end.
    package let high: Double

    /// A point.
    package init(cell: Cell, median: Double, low: Double, high: Double) {
        (self.cell, self.median, self.low, self.high) = (cell, median, low, high)
    }

    /// Whether all three are factors, in order.
    var isUsable: Bool { 0 < low && low <= median && median <= high && high.isFinite }
}
