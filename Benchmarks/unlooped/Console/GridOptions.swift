import Foundation
import Ladders
import Measurement
import Problems
import Study

extension Option<[ScalarKind]> {
    /// For what can be had in both types in one run.
    static var scalars: Self {
        Self(
            "--scalar", "KIND", "float, double or both",
            .one(of: ["float": [.float], "double": [.double], "both": ScalarKind.allCases]),
            default: ScalarKind.allCases, shown: "both")
    }
}

extension Option<ScalarKind> {
    /// For what computes in one type.
    static var scalar: Self { Self("--scalar", "KIND", "float or double", .choice, default: .double) }
}

extension Option<Int?> {
    /// Threads, all processors where not given.
    static var threads: Self {
        Self(
            "--threads", "N", "threads that may work at the same time; all processors where not given",
            .int(in: Cell.possibleThreads))
    }
}

extension Option<UInt64> {
    /// - Parameter use: what follows from the seed.
    static func seed(_ use: String) -> Self { Self("--seed", "N", use, .seed, default: 1) }
}

extension Option<[PeerCommand]> {
    static var peers: Self {
        Self(
            repeating: "--peer", "NAME|COMMAND",
            "the same step in other programs: names from Benchmarks/Peers, all, or a command line; may be repeated",
            Reader { text, flag throws(UsageError) in
                let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
                    $0.trimmingCharacters(in: .whitespaces)
                }
                guard parts != [""] else {
                    throw UsageError(option: flag, found: text, expected: "names of peers, or a command line")
                }
                guard parts.allSatisfy(PeerCommand.isName) else { return [PeerCommand(line: text)] }
                guard let names = PeerCommand.shipped else {
                    throw UsageError("\(flag) \(text): \(PeerCommand.missing)")
                }
                if let part = parts.first(where: { $0 != "all" && !names.contains($0) }) {
                    throw UsageError(
                        unknown: "peer (a command line has a space or a slash)", part, among: ["all"] + names)
                }
                return parts.flatMap { $0 == "all" ? names : [$0] }.compactMap(PeerCommand.init(name:))
            })
    }
}

extension [PeerCommand] {
    var unique: [PeerCommand] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

/// Which implementations take part, and in which scalar types.
struct RungOptions: OptionGroup {
    @Option(.scalars) var requested: [ScalarKind]
    @Option(
        "--only", "NAMES", "names or families, separated by commas; all where not given",
        .names(among: Ladder.allCases.names))
    var names: [String]?

    /// Of the scalar types that were requested, those that one of the implementations computes in.
    var scalars: [ScalarKind] {
        get throws(UsageError) {
            let scalars = requested.filter { scalar in
                Ladder.allCases.contains {
                    $0.rungs(in: scalar).contains { names?.contains($0.name) ?? true }
                }
            }
            guard scalars.isEmpty, let names else { return scalars }
            let others = ScalarKind.allCases.filter { !requested.contains($0) }.map { $0.rawValue }
            throw UsageError(
                "\(names.joined(separator: ", ")): computes in \(others.joined(separator: " and ")) only; "
                    + "give another --scalar")
        }
    }
}

/// Which implementation computes, and in what.
struct ImplementationOptions: OptionGroup {
    @Option(
        "--implementation", "NAME", "one of 'unlooped list'; where not given, one that is fast on such data",
        .name(among: Ladder.allCases.names))
    var given: String?
    @Option(.scalar) var scalar: ScalarKind

    /// The name of the implementation, which computes `network`; nil where none is given.
    func name(for network: Network) throws(UsageError) -> String? {
        if let given { try check(given, computes: network, in: scalar) }
        return given
    }
}

/// Makes sure that an implementation is on the ladder of a network, or of logistic regression, and computes in a scalar
/// type.
func check(_ rung: String, computes network: Network, in scalar: ScalarKind) throws(UsageError) {
    let ladder = Ladder(of: Shape(1, 1, hidden: network.hidden))
    try check([rung], on: ladder)
    guard !ladder.rungs(in: scalar).contains(where: { $0.name == rung }) else { return }
    throw UsageError("\(rung) does not compute in \(scalar.rawValue); give another --scalar")
}

/// Makes sure that a ladder has one of some implementations.
private func check(_ rungs: [String], on ladder: Ladder) throws(UsageError) {
    guard !rungs.contains(where: ladder.names.contains) else { return }
    let verb = rungs.count == 1 ? "does" : "do"
    throw UsageError(
        "\(rungs.joined(separator: ", ")) \(verb) not compute \(ladder.subject)",
        possible: ["possible: " + ladder.names.joined(separator: ", ")])
}

/// The plan of a timing: the options that `bench` and the main job share.
struct GridOptions: OptionGroup {
    @Option(
        "--preset", "NAME",
        "quick (a minute), standard (ten), full (hours), peers (twenty, for --peer), limits (ten, compared with "
            + "what the machine can do), or networks (an hour)", .choice, default: .quick)
    var preset: Preset
    @Option("--m", "LIST", "numbers of samples; the preset's where not given", .ints()) var m: [Int]?
    @Option("--nx", "LIST", "numbers of features; the preset's where not given", .ints()) var nx: [Int]?
    @Option(
        "--threads", "LIST", "threads that may work at the same time; the preset's where not given",
        .ints(in: Cell.possibleThreads))
    var threads: [Int]?
    private let networkOptions = NetworksOptions()
    private let rungs = RungOptions()
    @Option(.peers) var peers: [PeerCommand]
    @Option(.seed("what random data and orders follow from")) var seed: UInt64
    @Option(
        "--rounds", "N", "how often each implementation is sampled in a cell, no more",
        .int(in: SamplerSettings.possibleRounds))
    var rounds: Int?
    @Option(
        "--blocks", "N",
        "fresh processes with data allocated anew for each cell, no more; it takes six for intervals",
        .int(in: SamplerSettings.possibleBlocks))
    var blocks: Int?
    @Option(
        "--precision", "P",
        "add blocks until the interval of each time is ±P or the time is over; 3%, in quick 5%, where none of "
            + "--precision, --rounds and --blocks is given",
        .fraction)
    var precision: Double?
    @Option("--min-sample-time", "MS", "how long a sample lasts, in milliseconds", .nanoseconds(unit: 1e6))
    var sampleTime: Int?
    @Option("--max-cell-time", "S", "how long timing a cell may take, in seconds", .nanoseconds(unit: 1e9))
    var cellTime: Int?
    @Option(
        "--max-time", "S", "how long the whole run may take, in seconds; blocks are added for as long",
        .nanoseconds(unit: 1e9))
    var runTime: Int?
    @Option("--allow-debug", "time a debug build, whose times say nothing") var allowsDebug

    /// The most cells of a grid: with a second for each, already more than a day.
    private static let possibleCells = 100_000

    func settings() throws(UsageError) -> GridSettings {
        let (scalars, networks) = (try rungs.scalars, try networkOptions.networks())
        if let precision, !(precision > 0 && precision < 1) {
            throw UsageError(
                "--precision is a part of a time, such as 2%; expected more than 0 and less than 100%")
        }
        if let names = rungs.names {
            try check(names, on: networks.isEmpty && preset != .networks ? .logistic : .networks)
        }
        if m != nil || nx != nil || threads != nil || !networks.isEmpty {
            guard !preset.hasOwnShapes else {
                throw UsageError(
                    "--preset \(preset.rawValue) has shapes of its own; expected no --m, --nx, --hidden or "
                        + "--threads beside it")
            }
            let lists = [
                (m ?? preset.m).count, (nx ?? preset.nx).count, max(1, networks.count), scalars.count,
                threads?.count ?? 1,
            ]
            let count = lists.reduce(1, *)
            guard count <= Self.possibleCells else {
                throw UsageError(
                    "--m, --nx, --hidden, --scalar and --threads make \(count) cells; expected \(Self.possibleCells) at "
                        + "the most: leave out some values")
            }
        }
        do throws(GridError) {
            var settings = try GridSettings(
                preset, m: m, nx: nx, networks: networks, threads: threads, scalars: scalars,
                rungs: rungs.names, peers: peers.unique, seed: seed)
            settings.sampler = sampler(settings.sampler)
            return settings
        } catch {
            throw UsageError("\(error)")
        }
    }

    /// The sampler of the preset with what is given.
    private func sampler(_ preset: SamplerSettings) -> SamplerSettings {
        var sampler = preset
        // Each block has a round at least.
        sampler.blocks = blocks ?? min(sampler.blocks, rounds ?? .max)
        sampler.rounds = rounds ?? sampler.rounds
        sampler.precision = precision ?? (blocks == nil && rounds == nil ? sampler.precision : nil)
        sampler.refiningNanoseconds = runTime ?? sampler.refiningNanoseconds
        sampler.minimumSampleNanoseconds = sampleTime ?? sampler.minimumSampleNanoseconds
        sampler.maximumCellNanoseconds = cellTime ?? sampler.maximumCellNanoseconds
        sampler.maximumRunNanoseconds = runTime
        return sampler
    }

    /// Refuses to time a debug build, unless that is allowed.
    func checkBuild() throws(UsageError) {
        #if DEBUG
        guard allowsDebug else {
            throw UsageError(
                "this is a debug build, up to 100 times slower, and its times say nothing; use "
                    + "'swift run -c release unlooped', or --allow-debug to try the program itself")
        }
        #endif
        Terminal.warnOfDebugBuild()
    }

    /// Says so where the preset would time Fashion-MNIST too, if it were installed.
    func noteAbsence(_ settings: GridSettings) {
        let times = settings.plan.preset != nil && preset.timesFashionMNIST && !settings.timesFashionMNIST
        guard times, !FashionMNIST.isInstalled else { return }
        Terminal.note("left out: Fashion-MNIST, which is not installed; \(FashionMNIST.advice)")
    }
}
