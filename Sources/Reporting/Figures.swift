import Foundation
import Measurement

/// Numbers as the report writes them.
package enum Figures {
    /// Three significant digits, such as `0.0123`, `1.23`, `12.3`, `1230`; powers of ten where that would
    /// be long.
    package static func three(_ value: Double) -> String {
        guard value.isFinite else { return "\(value)" }
        guard value != 0 else { return "0" }
        let exponent = Int(log10(value.magnitude).rounded(.down))
        guard (-4..<6).contains(exponent) else { return String(format: "%.2e", value) }
        // Rounding may carry into the next power of ten, 9.996 to 10.0.
        let digits = max(0, 2 - exponent)
        let text = String(format: "%.\(digits)f", value)
        guard digits > 0, Double(text).map({ $0.magnitude >= pow(10, Double(exponent + 1)) }) == true else {
            return text
        }
        return String(format: "%.\(digits - 1)f", value)
    }

    /// A size in powers of two, as caches have: `48 KiB`, `1.50 MiB`, `32 MiB`.
    package static func binary(_ bytes: Int) -> String {
        let (unit, factor) = bytes >= 1 << 20 ? ("MiB", 0x1p20) : ("KiB", 0x1p10)
        let value = Double(bytes) / factor
        return (value == value.rounded() ? "\(Int(value))" : three(value)) + " " + unit
    }

    /// As short as it goes: `0.5`, `20`.
    static func short(_ value: Double) -> String { String(format: "%g", value) }

    /// `12.3×`; a dash of nothing.
    package static func factor(_ factor: Factor?) -> String { factor.map { three($0.median) + "×" } ?? "–" }

    /// `1.02× ≈` where it cannot be told from no difference in `cell`.
    package static func factor(_ factor: Factor?, in cell: CellResult) -> String {
        self.factor(factor) + (factor.map(cell.isIndistinguishable) == true ? " ≈" : "")
    }

    /// `95 % interval 18.3 to 28.0`, of a factor.
    static func interval(_ factor: Factor) -> String {
        String(format: "%.0f %% interval ", 100 * factor.interval.coverage) + range(factor)
    }

    /// `18.3 to 28.0`, the interval of a factor.
    static func range(_ factor: Factor) -> String {
        "\(three(factor.interval.low)) to \(three(factor.interval.high))"
    }

    /// Billions of bytes of X per second; a dash of nothing.
    package static func gigabytesPerSecond(_ rates: Rates?) -> String {
        rates.map { three($0.bytesPerSecond / 1e9) } ?? "–"
    }

    /// Billions of operations per second; a dash of nothing.
    package static func gigaflops(_ rates: Rates?) -> String {
        rates.map { three($0.operationsPerSecond / 1e9) } ?? "–"
    }

    /// `87 %`; a dash of nothing.
    package static func percent(_ fraction: Double?) -> String {
        fraction.map { String(format: $0 < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * $0) } ?? "–"
    }

    /// A time given in seconds.
    static func seconds(_ seconds: Double) -> String { "\(TimeSpan(seconds * 1e9))" }

    /// The time of a step; a dash of nothing.
    package static func time(_ time: StepTime?) -> String {
        time.map { "\(TimeSpan($0.medianNanoseconds))" } ?? "–"
    }

    /// Half the width of the median's interval, in percent: `±1.2 %`; a dash of nothing.
    package static func spread(_ time: StepTime?) -> String {
        time.map { String(format: "±%.1f %%", 100 * $0.spread) } ?? "–"
    }

    /// Error / bound of a verdict; a dash of none.
    package static func verdict(_ verdict: CellVerdict?) -> String {
        guard let verdict else { return "–" }
        return three(verdict.ratio) + (verdict.passed ? "" : " fails")
    }
}
