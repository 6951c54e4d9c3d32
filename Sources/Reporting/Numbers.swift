import Foundation
import Measurement

/// All numbers of a report as text. Where there is no value, the text is a dash.
package enum Numbers {
    package static let none = "–"

    /// Three significant digits, such as `0.0123`, `1.23`, `12.3`, `1230`; powers of ten where that would
    /// be long.
    package static func three(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        guard value != 0 else { return "0" }
        let exponent = Int(log10(value.magnitude).rounded(.down))
        guard (-4..<6).contains(exponent) else { return String(format: "%.2e", value) }
        // Rounding may carry into the next power of ten, 9.996 to 10.0.
        let digits = max(0, 2 - exponent)
        let text = fixed(value, digits)
        guard digits > 0, Double(text).map({ $0.magnitude >= pow(10, Double(exponent + 1)) }) == true else {
            return text
        }
        return fixed(value, digits - 1)
    }

    static func three(_ value: Double?) -> String { value.map { three($0) } ?? none }

    /// So many digits after the point.
    static func fixed(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

    /// Up to seven significant digits.
    static func seven(_ value: Double) -> String { String(format: "%.7g", value) }

    /// As short as possible: `0.5`, `20`.
    static func short(_ value: Double) -> String { String(format: "%g", value) }

    /// A whole number, in groups of three.
    static func grouped(_ value: Int) -> String {
        var digits = String(value)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return ([digits] + groups).joined(separator: "\u{202F}")
    }

    /// `1 cell`, `3 cells`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// `1 thread`, `2 threads`.
    static func threads(_ count: Int) -> String { Self.count(count, "thread") }

    /// A whole number with three digits, for sizes that were computed: `12 300`.
    static func roundedSize(_ value: Double) -> String {
        let unit = pow(10, max(0, log10(value).rounded(.down) - 2))
        return Int(exactly: (value / unit).rounded() * unit).map(grouped) ?? three(value)
    }

    /// A size in powers of two, as caches have: `48 KiB`, `1.50 MiB`, `32 MiB`.
    package static func binary(_ bytes: Int) -> String {
        let (unit, factor) = bytes >= 1 << 20 ? ("MiB", 0x1p20) : ("KiB", 0x1p10)
        let value = Double(bytes) / factor
        return (value == value.rounded() ? "\(Int(value))" : three(value)) + " " + unit
    }

    /// `87 %`, `8.7 %`.
    package static func percent(_ fraction: Double?) -> String {
        fraction.map { percent($0, digits: $0 < 0.0995 ? 1 : 0) } ?? none
    }

    static func percent(_ fraction: Double, digits: Int) -> String { fixed(100 * fraction, digits) + " %" }

    /// `18.3 to 28.0`
    static func range(_ interval: Interval) -> String { "\(three(interval.low)) to \(three(interval.high))" }

    /// `1.93 (1.85 to 2.01)`
    static func interval(_ median: Double, _ low: Double, _ high: Double) -> String {
        "\(three(median)) (\(three(low)) to \(three(high)))"
    }

    // MARK: How many times as fast

    /// `12.3×`
    package static func factor(_ factor: BlockEstimate?) -> String { factor.map { times($0.median) } ?? none }

    static func times(_ ratio: Double) -> String { three(ratio) + "×" }

    /// `1.02× ≈` where there is no clear difference.
    package static func marked(_ factor: BlockEstimate?) -> String { self.factor(factor) + doubt(factor) }

    /// ` ≈` where there is no clear difference.
    static func doubt(_ factor: BlockEstimate?) -> String { factor?.holdsOne == true ? " ≈" : "" }

    /// `12.6 (12.1 to 13.0)`, or `12.6` without an interval.
    static func interval(_ factor: BlockEstimate?) -> String {
        factor.map { three($0.median) + parentheses($0.interval) } ?? none
    }

    /// `12.6× (12.1 to 13.0)`, or `12.6×` without an interval.
    static func timesInterval(_ factor: BlockEstimate) -> String {
        self.factor(factor) + parentheses(factor.interval)
    }

    /// ` (12.1 to 13.0)`; nothing where there is no interval.
    static func parentheses(_ interval: Interval?) -> String {
        interval.map { " (\(range($0)))" } ?? ""
    }

    /// `95 % interval 18.3 to 28.0`, or `2 blocks, too few for an interval`.
    static func coverage(_ factor: BlockEstimate) -> String {
        factor.interval.map { percent($0.coverage, digits: 0) + " interval " + range($0) }
            ?? "\(count(factor.blocks, "block")), too few for an interval"
    }

    // MARK: Times and rates

    static func seconds(_ seconds: Double) -> String { "\(TimeSpan(seconds * 1e9))" }

    static func nanoseconds(_ nanoseconds: Double?) -> String {
        nanoseconds.map { "\(TimeSpan($0))" } ?? none
    }

    /// The median of a step: `2.71 ms`
    package static func time(_ time: StepTime?) -> String { nanoseconds(time?.medianNanoseconds) }

    /// `2.71 ms (2.60 ms to 2.81 ms)`, or `2.71 ms` without an interval.
    static func timeInterval(_ time: StepTime) -> String {
        Self.time(time)
            + (time.estimate.interval.map { " (\(nanoseconds($0.low)) to \(nanoseconds($0.high)))" } ?? "")
    }

    /// Half the width of the interval: `±1.2 %`; a dash without one.
    package static func spread(_ time: StepTime?) -> String {
        time?.estimate.precision.map { "±" + percent($0, digits: 1) } ?? none
    }

    /// Billions.
    package static func giga(_ value: Double?) -> String { three(value.map { $0 / 1e9 }) }

    // MARK: Agreement

    /// Error / bound of a verdict.
    package static func verdict(_ verdict: CellVerdict?) -> String {
        three(verdict?.ratio) + (verdict?.passed == false ? " fails" : "")
    }
}

/// One time divided by another, of cells that were not sampled in the same rounds, so that there are no ratios
/// round by round: the ratio of the medians, between the greatest and the least that their intervals allow. Such
/// an interval is wider than need be. Without intervals the ends are the median.
struct TimeRatio {
    let median, low, high: Double
    /// Whether both times have intervals.
    let hasInterval: Bool

    /// Of a time to itself, about which there is no doubt.
    static let one = TimeRatio(median: 1, low: 1, high: 1, hasInterval: true)

    /// `1.93 (1.85 to 2.01)`, or `1.93` without an interval.
    var text: String { hasInterval ? Numbers.interval(median, low, high) : Numbers.three(median) }
}

extension TimeRatio {
    init(_ time: StepTime, over other: StepTime) {
        let (spans, others) = (time.estimate.span, other.estimate.span)
        median = time.medianNanoseconds / other.medianNanoseconds
        low = spans.lowerBound / others.upperBound
        high = spans.upperBound / others.lowerBound
        hasInterval = time.estimate.interval != nil && other.estimate.interval != nil
    }
}

/// The kinds of value along an axis, which decide how ticks are labelled.
package enum Quantity: Sendable {
    /// A pure number, or one whose unit is in the axis' title.
    case number
    case count
    case nanoseconds
    /// A number of bytes, in powers of two.
    case bytes
    /// How many times faster, or larger.
    case factor
    /// A part of 1, in percent.
    case fraction

    /// The label of a tick: `20 µs`, `64 KiB`, `10⁵`, `0.5×`.
    package func label(_ value: Double) -> String {
        switch self {
        case .number, .count: Self.short(value)
        case .factor: Self.short(value) + "×"
        case .fraction: Self.short(100 * value) + " %"
        case .nanoseconds:
            Self.scaled(value, [("ns", 1), ("µs", 1e3), ("ms", 1e6), ("s", 1e9)], Self.short)
        case .bytes:
            Self.scaled(
                value, [("B", 1), ("KiB", 0x1p10), ("MiB", 0x1p20), ("GiB", 0x1p30), ("TiB", 0x1p40)]
            ) { String(format: "%.4g", $0) }
        }
    }

    /// In the greatest unit that the value reaches.
    private static func scaled(
        _ value: Double, _ units: [(name: String, factor: Double)], _ text: (Double) -> String
    ) -> String {
        let unit = units.last { value.magnitude * (1 + 1e-9) >= $0.factor } ?? units[0]
        return text(value / unit.factor) + " " + unit.name
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
        return sign + (Int(text).map(Numbers.grouped) ?? text)
    }

    private static func superscript(_ exponent: Int) -> String {
        let digits: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
        return (exponent < 0 ? "⁻" : "")
            + String(String(exponent.magnitude).compactMap { $0.wholeNumberValue }.map { digits[$0] })
    }
}
