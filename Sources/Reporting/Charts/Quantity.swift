import Foundation

/// What the values along an axis are, which decides how they are written.
package enum Quantity: Sendable {
    /// A pure number, or one whose unit the axis' title tells.
    case number
    /// How many there are of something.
    case count
    /// A time, in nanoseconds.
    case nanoseconds
    /// A number of bytes, in powers of two.
    case bytes
    /// How many times faster, or larger.
    case factor
    /// A part of 1, in percent.
    case fraction

    /// A tick's value: `20 µs`, `64 KiB`, `10⁵`, `0.5×`.
    package func label(_ value: Double) -> String {
        switch self {
        case .number, .count: Self.short(value)
        case .factor: Self.short(value) + "×"
        case .fraction: Self.short(100 * value) + " %"
        case .nanoseconds: Self.time(value)
        case .bytes: Self.binary(value)
        }
    }

    /// `0.05`, `128`, `12 288`, `10⁵`, `2·10⁵`.
    private static func short(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        let (sign, magnitude) = (value < 0 ? "−" : "", value.magnitude)
        // A hair more, so that 1000 that came out as 999.999… has its exponent.
        let exponent = Int((log10(magnitude) + 1e-9).rounded(.down))
        let digits = String(format: "%.3g", magnitude / pow(10, Double(exponent)))
        if exponent >= 3 || exponent < -3 {
            if digits == "1" { return sign + "10" + superscript(exponent) }
            if !(0..<6).contains(exponent) { return sign + digits + "·10" + superscript(exponent) }
        }
        let text = String(format: "%.6g", magnitude)
        return sign + (Int(text).map(Prose.grouped) ?? text)
    }

    private static func superscript(_ exponent: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return (exponent < 0 ? "⁻" : "")
            + String(String(exponent.magnitude).compactMap { $0.wholeNumberValue }.map { digits[$0] })
    }

    private static func time(_ nanoseconds: Double) -> String {
        let units = [("ns", 1.0), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)]
        let (unit, factor) = units.last { nanoseconds.magnitude * (1 + 1e-9) >= $0.1 } ?? units[0]
        return short(nanoseconds / factor) + " " + unit
    }

    private static func binary(_ bytes: Double) -> String {
        let units = [("B", 1.0), ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40)]
        let (unit, factor) = units.last { bytes.magnitude * (1 + 1e-9) >= $0.1 } ?? units[0]
        return String(format: "%.4g", bytes / factor) + " " + unit
    }
}
