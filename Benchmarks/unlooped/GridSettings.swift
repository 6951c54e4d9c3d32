import Foundation
import Implementations
import LogisticRegression
import Measurement

/// What is timed, and how: the options that `bench` and the main job share.
struct GridSettings {
    /// The cells.
    let grid: Grid

    /// How they are sampled.
    let sampler: SamplerSettings

    /// What data and orders follow from.
    let seed: UInt64

    /// The rungs that take part.
    let names: [String]

    /// What is computed in.
    let scalars: [ScalarKind]

    static let m = Option.value("--m", "LIST", "numbers of samples", default: "1000,10000,100000")
    static let nx = Option.value("--nx", "LIST", "numbers of features", default: "8,128")
    static let only = Option.value(
        "--only", "NAMES", "names or families, separated by commas; all where not given")
    static let scalar = Option.value("--scalar", "KIND", "float, double or both", default: "both")
    static let threads = Option.value(
        "--threads", "LIST", "threads that may work at the same time; all processors where not given")
    static let seed = Option.value("--seed", "S", "what random data and orders follow from", default: "1")
    static let sampleTime = Option.value(
        "--min-sample-time", "MS", "how long a sample lasts, in milliseconds", default: "5")
    static let cellTime = Option.value(
        "--max-cell-time", "S", "how long timing a cell may take, in seconds", default: "60")

    /// How often each implementation is sampled.
    static func rounds(_ number: Int) -> Option {
        .value("--rounds", "N", "how often each implementation is sampled", default: "\(number)")
    }

    /// Reads the options, all of which the verb must have declared.
    init(_ arguments: Arguments) throws(UsageError) {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let all = Catalog<Double>.all.map { $0.rung.name }
        names = try arguments.names("--only", among: all) ?? all
        seed = UInt64(try arguments.int("--seed", in: 0...Int.max) ?? 1)
        scalars = (try arguments.choice("--scalar", as: ScalarChoice.self) ?? .both).kinds
        do {
            grid = try Grid(
                m: try arguments.ints("--m") ?? [], nx: try arguments.ints("--nx") ?? [],
                scalars: scalars, threads: try arguments.ints("--threads", in: 1...4096) ?? [processors]
            )
        } catch let error as UsageError {
            throw error
        } catch {
            throw UsageError("\(error)")
        }
        let cell = try Self.nanoseconds("--max-cell-time", 1e9, arguments)
        sampler = SamplerSettings(
            rounds: try arguments.int("--rounds", in: 1...100_000) ?? 15,
            minimumSampleNanoseconds: try Self.nanoseconds("--min-sample-time", 1e6, arguments),
            maximumCellNanoseconds: cell, maximumStepNanoseconds: max(1, cell / 10))
    }

    /// Results in which nothing is timed yet.
    func results(date: Date = Date()) -> Results {
        Results(
            date: date.formatted(.iso8601), command: CommandText.current, seed: seed, settings: sampler,
            machine: .current, build: Executable.build)
    }

    /// What times one cell after another.
    func runner(_ progress: @escaping (String) -> Void) -> CellRunner {
        CellRunner(settings: sampler, seed: seed, names: Set(names), progress: progress)
    }

    /// A time of at most a day.
    private static func nanoseconds(
        _ flag: String, _ unit: Double, _ arguments: Arguments
    ) throws(UsageError) -> Int {
        let value = try arguments.positive(flag) ?? 0
        guard value * unit <= 86400e9 else {
            throw UsageError(option: flag, found: arguments.text(flag) ?? "", expected: "a day at the most")
        }
        return max(1, Int(value * unit))
    }
}

extension GridError: ExitingError {
    /// Too large for this machine, or wrong usage.
    package var exitCode: ExitCode {
        if case .memory = self { .unavailable } else { .usage }
    }
}
