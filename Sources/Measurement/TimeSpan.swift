import Foundation

/// A time as people read it: `12.3 µs`.
package struct TimeSpan: Sendable, Equatable, CustomStringConvertible {
    /// The time.
    package let nanoseconds: Double

    /// So many nanoseconds.
    package init(_ nanoseconds: Double) { self.nanoseconds = nanoseconds }

    /// With three digits and a unit.
    package var description: String {
        var (value, unit) = (nanoseconds, "ns")
        for (next, factor) in [("µs", 1000.0), ("ms", 1000), ("s", 1000)] where value.magnitude >= 999.5 {
            (value, unit) = (value / factor, next)
        }
        let digits = value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
        return String(format: "%.\(digits)f", value) + " " + unit
    }
}
