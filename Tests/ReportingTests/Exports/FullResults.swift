import Problems
import Measurement

/// Results made up for tests of formats: everything that results can hold is in them once.
enum FullResults {
    static let results: Results = {
        var results = empty(cells: [cell, smallCell])
        results.ceilings = Ceilings(
            bandwidths: [.init(threads: 1, workingSetBytes: 1 << 20, bytesPerSecond: 2e10)],
            multiplyAddRates: [.init(scalar: .float, threads: 1, operationsPerSecond: 1e11)],
            wakeUpCosts: [
                WakeUpCost(
                    threads: 2, emptyCallNanoseconds: 500, arrivalNanoseconds: 4000,
                    arrivalAfterRestNanoseconds: 50_000)
            ],
            clock: ClockCost(readingNanoseconds: 20.5, resolutionNanoseconds: 1))
        results.notes = [
            RungNote(rung: "loops.flat", why: "one walk"),
            RungNote(rung: "loops.flat", .network, why: "one walk, too"),
        ]
        results.functions = [
            FunctionResult(
                function: "exp", scalar: .float, values: 1024, vectorSamples: samples([100, 110]),
                foundationSamples: samples([1500, 1600]), greatestUlps: 0.93, arguments: 1 << 20)
        ]
        results.advice = Advice.all(of: results)
        return results
    }()

    /// Without ceilings and advice.
    static func empty(
        cells: [CellResult] = [], processor: String = "A \"fast\" \\ one\n"
    ) -> Results {
        var settings = SamplerSettings()
        settings.maximumRunNanoseconds = 1_000_000_000
        (settings.precision, settings.refiningNanoseconds) = (0.03, 1_000_000_000)
        var results = Results(
            date: "2025-01-02T03:04:05Z", command: "unlooped bench --m 1000", seed: .max, settings: settings,
            plan: Plan(
                preset: "quick", cells: cells.map { $0.cell } + [network],
                rungs: ["loops.flat", "simd.fused"],
                data: ["some, data", "--label=y"], dataFingerprint: "00ff",
                peers: [
                    Peer(name: "numpy", command: "numpy", version: "NumPy 2", isThreaded: true),
                    Peer(name: "other", command: "./other 1", version: "O", isThreaded: false),
                ]),
            machine: Machine(
                processor: processor, processors: 2, cores: 2, isVirtual: true, governor: "performance",
                caches: [
                    .init(level: 1, kind: "Data", bytes: 32768),
                    .init(level: 2, kind: "Unified", bytes: 1 << 20),
                ], memoryBytes: 1 << 34, pageBytes: 4096, operatingSystem: "OS", kernel: "K",
                hugePages: "madvise"),
            build: Build(
                configuration: "release", optimization: "-O", instructionSet: "x86-64-v3",
                compiler: "Swift 6.3", commit: "0123456789ab", fingerprint: "0123456789abcdef"),
            cells: cells,
            trainings: [
                TrainingOutcome(
                    dataset: "d", m: 1, nx: 2, testSamples: 3, iterations: 3, learningRate: 0.1,
                    reference: "r",
                    entries: [
                        .init(
                            rung: "loops.flat", scalar: .double, cost: 0.1, accuracy: 1, testAccuracy: 0.5,
                            seconds: 2,
                            costDistance: 0, costBound: 1e-9, weightDistance: 0, weightBound: 1e-8,
                            course: [.init(updates: 0, cost: 0.7, seconds: 0.1)])
                    ])
            ])
        results.plan.removedVariables = ["MKL_CBWR=AVX2"]
        return results
    }

    /// Two rungs with a time, one that was skipped, one that failed; a control and a ceiling; a peer with
    /// a time and one without.
    static let cell: CellResult = {
        var cell = timedCell
        cell.chosen = "simd.fused"
        return cell
    }()

    private static let timedCell = CellResult(
        cell: Cell(m: 1000, nx: 128, scalar: .float, threads: 1),
        blocks: (0..<6).map { index in
            Block(
                index: index, isFreshProcess: index == 1, startUnixSeconds: 1e9, seconds: 1.5, rounds: 4,
                end: index == 0 ? .completed : .budget, largePageBytes: 1 << 20,
                conditions: Conditions(
                    minorFaults: 3, majorFaults: 1, involuntarySwitches: 2, othersSeconds: 0.25,
                    stolenSeconds: 0.125, hertz: 2.3e9))
        },
        rungs: [
            rung("loops.flat", samples: samples([100, 103, 101, 102, 99, 104, 700, 98])),
            rung("simd.fused", after: "loops.flat", samples: samples([30, 31, 32, 33, 34])),
            rung("dispatch.fused", verdict: nil, skipped: "a step takes \"too, long\""),
            rung("arrays.whole", verdict: failed, samples: samples([55])),
        ],
        controls: [rung("simd.fused again", after: "simd.fused", samples: samples([31, 30]))],
        ceilings: [rung("read.one", verdict: nil, samples: samples([10, 11]))],
        peers: [
            rung("numpy", samples: samples([300, 310])),
            rung("other", verdict: nil, skipped: "it died"),
        ])

    /// The first rung is absent, and nobody judged the second.
    static let smallCell = CellResult(
        cell: Cell(m: 10, nx: 3, scalar: .double, threads: 2, data: "some, data"),
        rungs: [
            rung("loops.flat", verdict: failed),
            rung("simd.fused", after: "loops.flat", verdict: nil, samples: samples([7, 8, 9])),
        ])

    /// Planned, and not timed yet.
    static let network = Cell(
        problem: .network, m: 10, nx: 3, hidden: [4], activation: "relu", scalar: .float, threads: 1)

    static let passed = CellVerdict(error: 1e-8, bound: 1e-7, ratio: 0.1, passed: true, element: "J")
    static let failed = CellVerdict(
        error: .infinity, bound: 1e-7, ratio: .infinity, passed: false, element: "dw[3]")

    static func rung(
        _ name: String, after: String? = nil, verdict: CellVerdict? = passed, samples: [Sample] = [],
        skipped: String? = nil
    ) -> RungResult {
        RungResult(
            rung: RungInfo(name, after: after, "an idea", sums: .running),
            work: .step(Shape(1000, 128), in: .float, passes: 1), preparedBytes: 64, workers: 1,
            verdict: verdict, samples: samples, skipped: skipped)
    }

    /// Samples of three steps, of which a third of the time is no whole number, in six blocks; one that takes 700 ns was
    /// disturbed.
    static func samples(_ nanoseconds: [Int]) -> [Sample] {
        nanoseconds.enumerated().map { i, time in
            Sample(
                block: i % 6, round: i, position: i % 3, steps: 3, nanoseconds: time,
                cpuNanoseconds: time - 1,
                waitedNanoseconds: time == 700 ? 300 : 0)
        }
    }
}
