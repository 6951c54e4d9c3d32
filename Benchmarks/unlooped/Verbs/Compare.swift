import Foundation
import Measurement
import Problems
import Reporting
import Study

/// `unlooped compare`: what became slower or faster between two results.
struct Compare: Verb {
    static let name = "compare"
    static let summary = "show what became slower or faster between two results of 'bench'"
    static let discussion = """
        OLD and NEW are each a results.json, or several of the same machine and build, separated by commas,
        whose blocks are joined. A change counts where it is significant, tested across blocks with a
        probability of 5 % of any false alarm in the whole comparison, and larger than the threshold. What
        all times have in common, such as another clock rate of the processor, is reported by itself, and a
        single change has to go beyond it. Exit status 1 where anything became slower, or all together.
        """
    @Positional("OLD", "results from before: a file, or several separated by commas") var old: String
    @Positional("NEW", "results from after") var new: String
    @Option(
        "--threshold", "T", "how large a change has to be to count, such as 5% or 0.05", .fraction,
        default: 0.03, shown: "3%")
    var threshold: Double
    @Option("--all", "print every pair, also those within the noise") var all: Bool
    @Option("--allow-different", "compare other machines, instruction sets, data and debug builds too")
    var allowsDifferent: Bool
    private let rungs = RungOptions()
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (oldPaths, newPaths) = (try ResultFiles.paths(in: old), try ResultFiles.paths(in: new))
        let (names, scalars) = (rungs.names, try rungs.scalars)
        let (old, new) = (try ResultFiles.read(oldPaths), try ResultFiles.read(newPaths))
        let comparison = ResultsComparison(old: old, new: new, threshold: threshold) { cell, rung in
            scalars.contains(cell.scalar) && names?.contains(rung) ?? true
        }
        try check(comparison, isWhole: names == nil && scalars.count > 1)
        warn(of: old, "OLD")
        warn(of: new, "NEW")
        if json {
            let answer = Answer(
                old: .init(oldPaths, old), new: .init(newPaths, new), isSlower: comparison.isSlower,
                comparison: comparison)
            print(try JSONText.line(answer))
        } else {
            print(ComparisonTable(comparison: comparison, isWhole: all).lines.joined(separator: "\n"))
        }
        return comparison.isSlower ? .failure : .success
    }

    /// - Parameter isWhole: whether nothing was left out by options.
    private func check(_ comparison: ResultsComparison, isWhole: Bool) throws(InputError) {
        if !comparison.obstacles.isEmpty {
            let why = comparison.obstacles.map { "\($0)" }.joined(separator: "; ")
            guard allowsDifferent else {
                throw InputError(
                    "'\(old)' and '\(new)' cannot be compared: \(why); compare what was timed alike, or give "
                        + "--allow-different to do it nevertheless")
            }
            Terminal.warn("\(why): what changed need not be the program")
        }
        if comparison.changes.isEmpty {
            throw InputError(
                "'\(old)' and '\(new)' have no time in common; expected the same cells and implementations"
                    + (isWhole ? "" : ", and some that --only and --scalar leave"))
        }
    }

    /// Reports what disturbed a run, and may be all that changed.
    private func warn(of results: Results, _ side: String) {
        for advice in results.advice where [.load, .disturbed, .drift].contains(advice.kind) {
            Terminal.warn("\(side): \(advice.message)")
        }
    }

    private struct Answer: Encodable {
        struct Source: Encodable {
            let files: [String]
            let date, command: String
            let machine: Machine
            let build: Build

            init(_ files: [String], _ results: Results) {
                (self.files, date, command) = (files, results.date, results.command)
                (machine, build) = (results.machine, results.build)
            }
        }

        let old, new: Source
        let isSlower: Bool
        let comparison: ResultsComparison
    }
}

/// The output of `unlooped compare`.
private struct ComparisonTable {
    let comparison: ResultsComparison

    /// Whether it has all pairs, and not only those that changed.
    let isWhole: Bool

    /// The rungs that became slower, those that became faster, and a line on all others.
    var lines: [String] {
        rungs + table("became slower", comparison.slower, .red)
            + table("became faster", comparison.faster, .green)
            + (isWhole ? table("all others", others, .bold) : [])
            + remarks.map { $0.wrapped(to: Terminal.width) }
    }

    private var remarks: [String] {
        [summary]
            + comparison.commonShifts.map(common) + [detectable, untested].compactMap(\.self)
            + unmatched
    }

    /// Neither slower nor faster, as far as one can tell.
    private var others: [Change] {
        comparison.changes.filter { $0.verdict != .slower && $0.verdict != .faster }
    }

    private func table(_ title: String, _ changes: [Change], _ style: Terminal.Style) -> [String] {
        guard !changes.isEmpty else { return [] }
        let head = ["", "rung", "cell", "old", "new", "ratio", "interval", "beyond all", "p", "blocks"]
        let rows = changes.enumerated().map { [String($0 + 1)] + row($1) }
        return [Terminal.styled(title, style, on: .output)]
            + TextTable(head, rows, leading: 3, spare: ["p", "blocks", "beyond all", "old", "new"]).lines + [
                ""
            ]
    }

    /// The rungs that changed over all cells together.
    private var rungs: [String] {
        let changed = comparison.rungs.filter { $0.verdict == .slower || $0.verdict == .faster }
        guard !changed.isEmpty else { return [] }
        let rows = changed.map { change in
            [
                change.rung, change.verdict.rawValue, Self.factor(change.test.excess),
                Self.interval(change.test.interval),
                Self.probability(change.test.correctedPValue), "\(change.cells)",
            ]
        }
        let head = ["rung", "became", "beyond all", "interval", "p", "cells"]
        return [Terminal.styled("over all cells together", .bold, on: .output)]
            + TextTable(head, rows, leading: 2, spare: ["p", "cells"]).lines + [""]
    }

    /// `1000 × 8 float, 2 threads`, or `1000 × 784-128-1 relu float, 2 threads`.
    private static func place(_ cell: Cell) -> String {
        let shape =
            cell.hidden.isEmpty
            ? "\(cell.m) × \(cell.nx)" : "\(cell.m) × \(cell.shape.widths) \(cell.activation ?? "")"
        return (cell.data.map { "\($0) " } ?? "") + "\(shape) \(cell.scalar.rawValue), "
            + (cell.threads == 1 ? "1 thread" : "\(cell.threads) threads")
    }

    private func row(_ change: Change) -> [String] {
        [
            change.rung, Self.place(change.cell), "\(TimeSpan(change.old.nanoseconds))",
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
                + "the machine, what else it did, or what all implementations share"
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

    private static func factor(_ ratio: Double) -> String { Numbers.three(ratio) + "×" }

    private static func interval(_ interval: Interval) -> String {
        "\(Numbers.three(interval.low)) to \(Numbers.three(interval.high))"
    }

    private static func probability(_ p: Double) -> String {
        p < 1e-9 ? "< 1e-9" : String(format: p < 0.001 ? "%.0e" : "%.3f", p)
    }

    private static func percent(_ fraction: Double) -> String { String(format: "%.3g %%", 100 * fraction) }
}

/// Results from files: one, or several of the same machine and build that are merged.
enum ResultFiles {
    /// The paths in `list`, separated by commas; one path where a file's name has a comma in it.
    static func paths(in list: String) throws(UsageError) -> [String] {
        if FileManager.default.fileExists(atPath: list) { return [list] }
        let paths = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !paths.contains("") else {
            throw UsageError("'\(list)' lacks a file; expected one, or several separated by commas")
        }
        return paths
    }

    /// The results in one file, or in several merged.
    ///
    /// - Parameter paths: at least one.
    /// - Throws: `ResultsError` where a file holds no results, `InputError` where they cannot be merged.
    static func read(_ paths: [String]) throws -> Results {
        let parts = try paths.map { try Results(contentsOf: $0) }
        guard parts.count > 1 else { return parts[0] }
        do {
            return try parts[0].merging(Array(parts[1...]))
        } catch {
            throw InputError("'\(paths[error.index + 1])' cannot be merged with '\(paths[0])': \(error)")
        }
    }
}
