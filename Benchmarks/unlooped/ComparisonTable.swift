import Foundation
import Measurement
import Reporting

/// What `unlooped compare` prints.
struct ComparisonTable {
    private let comparison: ResultsComparison

    init(_ comparison: ResultsComparison) { self.comparison = comparison }

    /// What became slower, what faster, and a line on all else.
    var lines: [String] {
        table("became slower", comparison.slower, .red) + table("became faster", comparison.faster, .green)
            + [summary] + comparison.commonShifts.map(common) + [detectable, untested].compactMap(\.self)
            + unmatched
    }

    private func table(_ title: String, _ changes: [Change], _ style: Terminal.Style) -> [String] {
        guard !changes.isEmpty else { return [] }
        let head = ["", "rung", "cell", "old", "new", "ratio", "interval", "beyond all", "p", "blocks"]
        let rows = changes.enumerated().map { [String($0 + 1)] + row($1) }
        return [Terminal.styled(title, style, on: .output)] + TextTable(head, rows, leading: 3).lines + [""]
    }

    private func row(_ change: Change) -> [String] {
        [
            change.rung, "\(change.cell)", "\(TimeSpan(change.old.nanoseconds))",
            "\(TimeSpan(change.new.nanoseconds))", Self.factor(change.ratio),
            change.test.map { Self.interval($0.interval) } ?? "–",
            change.test.map { Self.factor($0.excess) } ?? "–",
            change.test.map { Self.probability($0.correctedPValue) } ?? "–",
            change.old.blocks == change.new.blocks
                ? "\(change.old.blocks)" : "\(change.old.blocks), \(change.new.blocks)",
        ]
    }

    private var summary: String {
        let (slower, faster) = (comparison.slower.count, comparison.faster.count)
        let others = comparison.changes.count { $0.verdict == .withinNoise }
        return "\(slower) slower, \(faster) faster, \(others) others within the noise or the threshold of "
            + Self.percent(comparison.threshold)
    }

    private func common(_ shift: CommonShift) -> String {
        let threads = shift.isThreaded ? "several threads" : "one thread"
        let numbers =
            "all \(shift.times) times on \(threads) together: \(Self.factor(shift.ratio)), "
            + Self.interval(shift.test.interval)
        return switch shift.verdict {
        case .slower:
            Terminal.styled("slower", .red, on: .output) + ", \(numbers): "
                + "the machine, what ran beside it, or what all implementations share"
        case .faster: Terminal.styled("faster", .green, on: .output) + ", \(numbers)"
        case .withinNoise, .tooFewBlocks: numbers
        }
    }

    private var detectable: String? {
        guard let ratio = comparison.detectableRatio, ratio > 1 + comparison.threshold else { return nil }
        return
            "half of the times scatter so much that a change by less than \(Self.percent(ratio - 1)) would "
            + "not be significant: time more blocks, or name several files for OLD and NEW"
    }

    private var untested: String? {
        let count = comparison.changes.count { $0.verdict == .tooFewBlocks }
        guard count > 0 else { return nil }
        return
            "\(count) cannot be tested, with fewer than 2 blocks on a side: give bench --blocks 2 or more, or "
            + "name several files for OLD and NEW"
    }

    /// A line for each implementation that is missing for the same reason, and for each missing cell.
    private var unmatched: [String] {
        var keys: [String] = []
        var cells: [String: [Cell]] = [:]
        for item in comparison.unmatched {
            let side = item.onlyIn == .old ? "OLD" : "NEW"
            let other = item.onlyIn == .old ? "NEW" : "OLD"
            let key =
                "only in \(side): \(item.rung ?? "a cell")"
                + (item.reason.map { " (in \(other): \($0))" } ?? "")
            if cells[key] == nil { keys.append(key) }
            cells[key, default: []].append(item.cell)
        }
        return keys.map { key in
            let places = cells[key] ?? []
            let more = places.count > 1 ? " and \(places.count - 1) more" : ""
            return key + ", " + (places.first.map { "\($0)" } ?? "") + more
        }
    }

    private static func factor(_ ratio: Double) -> String { Figures.three(ratio) + "×" }

    private static func interval(_ interval: Interval) -> String {
        "\(Figures.three(interval.low)) to \(Figures.three(interval.high))"
    }

    private static func probability(_ p: Double) -> String {
        p < 1e-9 ? "< 1e-9" : String(format: p < 0.001 ? "%.0e" : "%.3f", p)
    }

    private static func percent(_ fraction: Double) -> String { String(format: "%.3g %%", 100 * fraction) }
}
