import Foundation
import Ladders
import Problems
import Measurement

/// What is timed, and how: the options that `bench` and the main job share.
struct GridSettings {
    /// What is to be timed.
    var plan: Plan

    /// How it is sampled.
    var sampler: SamplerSettings

    /// What data and orders follow from.
    let seed: UInt64

    /// What is computed in.
    let scalars: [ScalarKind]

    /// What runs beside the implementations.
    let peers: [PeerCommand]

    /// Whether a debug build may time.
    let allowsDebug: Bool

    /// The options, all of which a verb that reads them must declare.
    static let options: [Option] = [
        .value(
            "--preset", "NAME",
            "quick (a minute), standard (ten), full (hours), peers (twenty, for --peer), or limits (ten, beside "
                + "what the machine can do)", default: "quick"),
        .value("--m", "LIST", "numbers of samples; the preset's where not given"),
        .value("--nx", "LIST", "numbers of features; the preset's where not given"),
        .value("--threads", "LIST", "threads that may work at the same time; the preset's where not given"),
        .value("--scalar", "KIND", "float, double or both", default: "both"),
        .value("--only", "NAMES", "names or families, separated by commas; all where not given"),
        PeerCommand.option,
        .value("--seed", "S", "what random data and orders follow from", default: "1"),
        .value("--rounds", "N", "how often each implementation is sampled in a cell"),
        .value("--blocks", "N", "how often data are allocated anew; the last time in a fresh process"),
        .value("--min-sample-time", "MS", "how long a sample lasts, in milliseconds"),
        .value("--max-cell-time", "S", "how long timing a cell may take, in seconds"),
        .value("--max-time", "S", "how long the whole run may take, in seconds"),
        .toggle("--allow-debug", "time a debug build, whose times say nothing"),
    ]

    /// Reads the options.
    init(_ arguments: Arguments) throws(UsageError) {
        let preset = try arguments.choice("--preset", as: Preset.self) ?? .quick
        let choice = try RungChoice(arguments)
        let names = choice.names ?? preset.rungs(choice.all)
        seed = UInt64(try arguments.int("--seed", in: 0...Int.max) ?? 1)
        scalars = choice.scalars
        allowsDebug = arguments.has("--allow-debug")
        let isPreset = !["--m", "--nx", "--threads"].contains { arguments.has($0) }
        let grid = try Self.grid(arguments, preset, scalars)
        let cells = isPreset ? Self.fitting(grid, names).cells : grid.cells
        plan = Plan(
            preset: isPreset ? preset.rawValue : nil, cells: cells, rungs: names,
            data: cells.contains { $0.data != nil } ? [FashionMNIST.training.rawValue] : nil)
        sampler = try Self.sampler(arguments, preset)
        peers = try PeerCommand.all(arguments)
    }

    /// What a run that was cut short was asked for.
    init(resuming results: Results, allowsDebug: Bool) {
        (plan, sampler, seed) = (results.plan, results.settings, results.seed)
        scalars = ScalarKind.allCases.filter { kind in results.plan.cells.contains { $0.scalar == kind } }
        self.allowsDebug = allowsDebug
        peers = []  // Those of the plan.
    }

    /// The most cells of a grid: with a second for each, already more than a day.
    private static let possibleCells = 100_000

    private static func grid(
        _ arguments: Arguments, _ preset: Preset, _ scalars: [ScalarKind]
    ) throws(UsageError) -> Grid {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        let m = try arguments.ints("--m")
        let nx = try arguments.ints("--nx")
        let threads = try arguments.ints("--threads", in: Cell.possibleThreads)
        do {
            guard m != nil || nx != nil || threads != nil else {
                let realData = preset.realData(scalars: scalars, processors: processors)
                return try preset.grid(scalars: scalars, processors: processors)
                    .joined(with: Grid(cells: realData))
            }
            guard preset != .limits else {
                throw UsageError(
                    "--preset limits has shapes of its own; expected no --m, --nx or --threads beside it")
            }
            let (m, nx) = (m ?? preset.m, nx ?? preset.nx)
            let count = m.count * nx.count * scalars.count * (threads?.count ?? 1)
            guard count <= possibleCells else {
                throw UsageError(
                    "--m, --nx, --scalar and --threads make \(count) cells; expected \(possibleCells) at the "
                        + "most: leave out some values")
            }
            return try Grid(m: m, nx: nx, scalars: scalars, threads: threads ?? [processors])
        } catch let error as UsageError {
            throw error
        } catch {
            throw UsageError("\(error)")
        }
    }

    /// A preset's cells as far as this machine has the memory for them.
    private static func fitting(_ grid: Grid, _ names: [String]) -> Grid {
        let available = Memory.availableBytes
        return grid.keeping { CellMemory.bytes(of: $0, names) <= available }
    }

    private static func sampler(
        _ arguments: Arguments, _ preset: Preset
    ) throws(UsageError) -> SamplerSettings {
        var sampler = preset.sampler
        if let blocks = try arguments.int("--blocks", in: SamplerSettings.possibleBlocks) {
            sampler.blocks = blocks
        }
        if let rounds = try arguments.int("--rounds", in: SamplerSettings.possibleRounds) {
            sampler.rounds = rounds
            // Each block has a round at least.
            if !arguments.has("--blocks") { sampler.blocks = min(sampler.blocks, rounds) }
        }
        if let sample = try arguments.nanoseconds("--min-sample-time", unit: 1e6) {
            sampler.minimumSampleNanoseconds = sample
        }
        if let cell = try arguments.nanoseconds("--max-cell-time", unit: 1e9) {
            sampler.maximumCellNanoseconds = cell
        }
        sampler.maximumRunNanoseconds = try arguments.nanoseconds("--max-time", unit: 1e9)
        return sampler
    }

    /// Makes sure that the cells fit into memory.
    func checkMemory() throws(GridError) {
        try Grid(cells: plan.cells).checkMemory { CellMemory.bytes(of: $0, plan.rungs) }
    }

    /// Results in which nothing is timed yet.
    func results(date: Date = Date()) -> Results {
        var results = Results(
            date: date.formatted(.iso8601), command: CommandText.current, seed: seed, settings: sampler,
            plan: plan, machine: .current, build: Executable.build)
        results.notes = RungSources.notes(of: plan.rungs)
        return results
    }
}

extension GridError: ExitingError {
    /// Too large for this machine, or wrong usage.
    package var exitCode: ExitCode {
        if case .memory = self { .unavailable } else { .usage }
    }
}
