/// How many times faster one implementation is than another in one cell.
public struct FactorPoint: Sendable, Equatable {
    /// Where.
    public let cell: Cell

    /// The factor.
    public let median: Double

    /// Its interval, lower end.
    public let low: Double

    /// Its interval, upper end.
    public let high: Double

    /// A point.
    public init(cell: Cell, median: Double, low: Double, high: Double) {
        (self.cell, self.median, self.low, self.high) = (cell, median, low, high)
    }

    /// Whether all three are factors, in order.
    var isUsable: Bool { 0 < low && low <= median && median <= high && high.isFinite }
}
