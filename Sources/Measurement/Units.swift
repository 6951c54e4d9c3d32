import Foundation

/// A time as people read it: `12.3 µs`.
package struct TimeSpan: CustomStringConvertible {
    private let nanoseconds: Double

    package init(_ nanoseconds: Double) { self.nanoseconds = nanoseconds }

    /// With three digits and a unit.
    package var description: String {
        threeDigits(nanoseconds, ["ns", "µs", "ms", "s"])
    }
}

/// A number of bytes as people read it, in powers of ten: `1.02 GB`.
package struct ByteCount: CustomStringConvertible {
    private let bytes: Int

    package init(_ bytes: Int) { self.bytes = bytes }

    /// With three digits and a unit.
    package var description: String {
        if bytes == .max { return "more than 9 EB" }
        guard bytes.magnitude >= 1000 else { return "\(bytes) B" }
        return threeDigits(Double(bytes), ["B", "kB", "MB", "GB", "TB", "PB", "EB"])
    }
}

/// `value` in the first of `units` in which it has at most three digits before the point; each is a thousand
/// times the one before.
private func threeDigits(_ value: Double, _ units: [String]) -> String {
    var (value, unit) = (value, 0)
    while value.magnitude >= 999.5, unit + 1 < units.count { (value, unit) = (value / 1000, unit + 1) }
    let digits = value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
    return String(format: "%.\(digits)f", value) + " " + units[unit]
}

extension Int {
    /// The product of two numbers that are not negative, or the greatest number.
    package func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
