import Foundation

/// A number of bytes as people read it, in powers of ten: `1.02 GB`.
package struct ByteCount: Sendable, Equatable, CustomStringConvertible {
    /// The number.
    package let bytes: Int

    /// So many bytes.
    package init(_ bytes: Int) { self.bytes = bytes }

    /// With three digits and a unit.
    package var description: String {
        if bytes == .max { return "more than 9 EB" }
        let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
        var value = Double(bytes)
        guard value.magnitude >= 1000 else { return "\(bytes) B" }
        var unit = ""
        for next in units where value.magnitude >= 999.5 { (value, unit) = (value / 1000, next) }
        let digits = value.magnitude < 9.995 ? 2 : value.magnitude < 99.95 ? 1 : 0
        return String(format: "%.\(digits)f", value) + " " + unit
    }
}
