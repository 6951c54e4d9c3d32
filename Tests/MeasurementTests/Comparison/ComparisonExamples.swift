import Problems
import Measurement

/// Results made up for comparisons: of each time only the medians of its blocks matter.
enum ComparisonExamples {
    static let cell = Cell(m: 100, nx: 4, scalar: .float, threads: 2)
    static let otherCell = Cell(m: 1000, nx: 4, scalar: .double, threads: 2)

    /// Six medians near 1, in thousandths, that scatter by 0.9 %.
    static let steady = [1000, 1009, 991, 1005, 1012, 996]
    /// The same scatter in another order, with the same mean.
    static let steadyAgain = [1012, 991, 1005, 1000, 996, 1009]

    static let machine = machine()

    static func machine(processor: String = "P", caches: Int = 32768) -> Machine {
        Machine(
            processor: processor, processors: 2, caches: [.init(level: 1, kind: "Data", bytes: caches)],
            memoryBytes: 1 << 34, operatingSystem: "OS", kernel: "K", hugePages: nil)
    }

    static func build(
        _ configuration: String = "release", set: String = "x86-64-v3", compiler: String = "Swift 6.3"
    ) -> Build {
        Build(configuration: configuration, instructionSet: set, compiler: compiler)
    }

    /// A time whose median of each block is one of `medians`, in nanoseconds; three rounds in a block.
    static func rung(
        _ name: String, _ medians: [Int], threaded: Bool = false, passed: Bool = true, skipped: String? = nil
    ) -> RungResult {
        let samples = medians.enumerated().flatMap { block, median in
            // Of one, two and four steps, and the middle one decides.
            [(median - 1, 1), (2 * median, 2), (4 * median + 4, 4)].enumerated().map { i, sample in
                Sample(
                    block: block, round: 3 * block + i, position: 0, steps: sample.1,
                    nanoseconds: sample.0, cpuNanoseconds: 0)
            }
        }
        return RungResult(
            rung: RungInfo(name, after: nil, "i", sums: .running, isThreaded: threaded),
            work: .reading(bytes: 1), preparedBytes: 0, workers: 1,
            verdict: CellVerdict(error: 0, bound: 1, ratio: 0, passed: passed, element: "J"),
            samples: samples, skipped: skipped)
    }

    /// A cell with as many blocks as its first time has. `start` distinguishes the blocks of one run from another's.
    static func result(_ rungs: [RungResult], in cell: Cell = cell, start: Double = 0) -> CellResult {
        let blocks = Set(rungs.flatMap { $0.samples.map { $0.block } }).sorted()
        return CellResult(
            cell: cell,
            blocks: blocks.map {
                Block(
                    index: $0, isFreshProcess: false, startUnixSeconds: start + Double($0), seconds: 1,
                    rounds: 3, end: .completed, largePageBytes: nil)
            }, rungs: rungs)
    }

    static func results(
        _ cells: [CellResult], machine: Machine = machine, build: Build = build(), command: String = "c",
        data: [String]? = nil, fingerprint: String? = nil
    ) -> Results {
        Results(
            date: "2025-01-02T03:04:05Z", command: command, seed: 1, settings: SamplerSettings(),
            plan: Plan(
                cells: cells.map { $0.cell }, rungs: cells.first?.rungs.map { $0.rung } ?? [], data: data,
                dataFingerprint: fingerprint),
            machine: machine, build: build, cells: cells)
    }

    /// Times that all scatter alike, `r0`, `r1`, …, each `factors[i]` times 1 ms.
    static func ladder(_ factors: [Double], _ medians: [Int] = steady, threaded: Bool = false) -> Results {
        results([
            result(
                factors.enumerated().map { i, factor in
                    rung(
                        "r\(i)", medians.map { Int((Double($0) * 1000 * factor).rounded()) },
                        threaded: threaded)
                })
        ])
    }
}
