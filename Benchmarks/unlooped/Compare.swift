import Foundation
import Ladders
import Problems
import Measurement

/// `unlooped compare`: what became slower or faster between two results.
struct Compare: Verb {
    static let name = "compare"
    static let summary = "tell what became slower or faster between two results of 'bench'"
    static let discussion = """
        OLD and NEW are each a results.json, or several of the same machine and build, separated by commas,
        whose blocks are joined. A change counts where it is significant, tested across blocks with a
        probability of 5 % of any false alarm in the whole comparison, and larger than the threshold. What
        all times have in common, such as another clock rate of the processor, is told by itself, and a
        single change has to go beyond it. Exit status 1 where anything became slower, or all together.
        """
    static let positionals = [
        Positional("OLD", "results from before: a file, or several separated by commas"),
        Positional("NEW", "results from after"),
    ]
    static let options: [Option] = [
        .value(
            "--threshold", "T", "how large a change has to be to count, such as 5% or 0.05", default: "5%"),
        .toggle("--allow-different", "compare other machines, instruction sets, data and debug builds too"),
        .value("--only", "NAMES", "names or families, separated by commas; all where not given"),
        .value("--scalar", "KIND", "float, double or both", default: "both"),
        .json,
    ]

    private let oldPaths, newPaths: [String]
    private let threshold: Double
    private let allowsDifferent, json: Bool
    private let names: [String]?
    private let scalars: [ScalarKind]

    init(_ arguments: Arguments) throws(UsageError) {
        (oldPaths, newPaths) = (
            try ResultFiles.paths(in: arguments.positionals[0]),
            try ResultFiles.paths(in: arguments.positionals[1])
        )
        threshold = try arguments.fraction("--threshold") ?? 0.05
        (allowsDifferent, json) = (arguments.has("--allow-different"), arguments.has("--json"))
        let choice = try RungChoice(arguments)
        (names, scalars) = (choice.names, choice.scalars)
    }

    func run() throws -> ExitCode {
        let (old, new) = (try ResultFiles.read(oldPaths), try ResultFiles.read(newPaths))
        let comparison = ResultsComparison(old: old, new: new, threshold: threshold) { cell, rung in
            scalars.contains(cell.scalar) && names?.contains(rung) ?? true
        }
        try check(comparison)
        warn(of: old, "OLD")
        warn(of: new, "NEW")
        if json {
            print(try JSONText.line(Answer(old: .init(oldPaths, old), new: .init(newPaths, new), comparison)))
        } else {
            print(ComparisonTable(comparison).lines.joined(separator: "\n"))
        }
        return comparison.isSlower ? .failure : .success
    }

    private func check(_ comparison: ResultsComparison) throws(InputError) {
        let between = "'\(oldPaths.joined(separator: ","))' and '\(newPaths.joined(separator: ","))'"
        if !comparison.obstacles.isEmpty {
            let why = comparison.obstacles.map { "\($0)" }.joined(separator: "; ")
            guard allowsDifferent else {
                throw InputError(
                    message: "\(between) cannot be compared: \(why); compare what was timed alike, or give "
                        + "--allow-different to do it nevertheless")
            }
            Terminal.warn("\(why): what changed need not be the program")
        }
        if comparison.changes.isEmpty {
            throw InputError(
                message: "\(between) have no time in common; expected the same cells and implementations"
                    + (names == nil && scalars.count > 1 ? "" : ", and some that --only and --scalar leave"))
        }
    }

    /// Tells what disturbed a run, and may be all that changed.
    private func warn(of results: Results, _ side: String) {
        for advice in results.advice where [.load, .disturbed, .drift].contains(advice.kind) {
            Terminal.warn("\(side): \(advice.message)")
        }
    }

    /// What `--json` prints.
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

        init(old: Source, new: Source, _ comparison: ResultsComparison) {
            (self.old, self.new, self.comparison) = (old, new, comparison)
            isSlower = comparison.isSlower
        }
    }
}
