import Problems
import Measurement

/// Results made up for tests.
enum Examples {
    static let machine = Machine(
        processor: "A <fast> | cheap one", processors: 2,
        caches: [
            .init(level: 1, kind: "Data", bytes: 32768), .init(level: 3, kind: "Unified", bytes: 1 << 20),
        ],
        memoryBytes: 1 << 34, operatingSystem: "OS", kernel: "K", hugePages: "madvise")

    /// A rung whose every step takes `nanoseconds`, in so many blocks of one round.
    static func rung(
        _ name: String, after: String? = nil, idea: String = "an idea", nanoseconds: Int, rounds: Int = 7,
        passes: Int = 1, threaded: Bool = false, workers: Int = 1, passed: Bool? = true,
        storage: Storage = .scalar, skipped: String? = nil
    ) -> RungResult {
        RungResult(
            rung: RungInfo(
                name, after: after, idea, sums: .running, storage: storage,
                isThreaded: threaded),
            work: .step(Shape(10000, 100), in: .float, passes: passes, storage: storage), preparedBytes: 0,
            workers: workers,
            verdict: passed.map {
                CellVerdict(error: 1e-7, bound: 1e-6, ratio: 0.1, passed: $0, element: "J")
            },
            samples: (0..<rounds).map { round in
                Sample(
                    block: round, round: round, position: 0, steps: 4,
                    nanoseconds: nanoseconds * 4, cpuNanoseconds: nanoseconds * 4)
            },
            skipped: skipped)
    }

    static func cell(
        _ rungs: [RungResult], m: Int = 10000, nx: Int = 100, scalar: ScalarKind = .float,
        threads: Int = 2, ceilings: [RungResult] = [], peers: [RungResult] = []
    ) -> CellResult {
        CellResult(
            cell: Cell(m: m, nx: nx, scalar: scalar, threads: threads), rungs: rungs, ceilings: ceilings,
            peers: peers)
    }

    static func results(_ cells: [CellResult], configuration: String = "release") -> Results {
        Results(
            date: "2025-01-02T03:04:05Z", command: "unlooped bench", seed: 1, settings: SamplerSettings(),
            plan: Plan(cells: cells.map { $0.cell }, rungs: []),
            machine: machine,
            build: Build(configuration: configuration, instructionSet: "x86-64-v3", compiler: "Swift 6.3"),
            cells: cells)
    }
}
