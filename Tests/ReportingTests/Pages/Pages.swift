import Problems
import Measurement
import Reporting

/// Results for tests of pages.
enum Pages {
    /// Rungs of four families on a grid in both scalars and on a data set with a name, with controls and ceilings, notes and training.
    static var full: Results {
        let cells = ScalarKind.allCases.flatMap { scalar in
            [8, 32, 128].flatMap { nx in
                [10, 50, 100, 10_000].map { cell(m: $0, nx: nx, scalar) }
            } + [cell(m: 10_000, nx: 128, scalar, threads: 1)]
        }
        var results = Examples.results(cells + [cell(m: 500, nx: 20, .float, data: "d_2")])
        results.ceilings = Ceilings(
            bandwidths: [1, 2].flatMap { threads in
                [1 << 14, 1 << 20, 1 << 26].map {
                    .init(threads: threads, workingSetBytes: $0, bytesPerSecond: 4e10 * Double(threads))
                }
            },
            multiplyAddRates: ScalarKind.allCases.flatMap { scalar in
                [1, 2].map { .init(scalar: scalar, threads: $0, operationsPerSecond: 1e11) }
            },
            wakeUpCosts: [
                WakeUpCost(
                    threads: 2, emptyCallNanoseconds: 500, arrivalNanoseconds: 4000,
                    arrivalAfterRestNanoseconds: nil)
            ],
            clock: ClockCost(readingNanoseconds: 20, resolutionNanoseconds: 1))
        results.notes = [
            RungNote(rung: "loops.a", why: "Where it starts."),
            RungNote(rung: "simd.b", why: "Lanes."),
        ]
        results.trainings = [training]
        return results
    }

    static func cell(m: Int, nx: Int, _ scalar: ScalarKind, threads: Int = 2, data: String? = nil)
        -> CellResult
    {
        let time = 1000 + m * nx
        return CellResult(
            cell: Cell(m: m, nx: nx, scalar: scalar, threads: threads, data: data),
            rungs: [
                Examples.rung("loops.a", nanoseconds: 8 * time),
                Examples.rung("arrays.w", after: "loops.a", nanoseconds: 2 * time, passes: 2),
                Examples.rung("simd.b", after: "loops.a", nanoseconds: time),
                Examples.rung(
                    "dispatch.b", after: "simd.b", nanoseconds: 20_000 + time / 2, threaded: true,
                    workers: threads),
            ],
            controls: [Examples.rung("loops.a again", after: "loops.a", nanoseconds: 8 * time)],
            ceilings: [
                Examples.rung("read.one", nanoseconds: time / 2),
                Examples.rung("read.all", nanoseconds: time / 4, threaded: true),
            ],
            peers: [
                Examples.rung("numpy", idea: "NumPy 2", nanoseconds: 3 * time, threaded: true),
                Examples.rung("c-fast", idea: "gcc 14", nanoseconds: time * 9 / 10, threaded: true),
                Examples.rung(
                    "python", idea: "Python 3", nanoseconds: 1, rounds: 0, passed: nil, skipped: "it is slow"),
            ])
    }

    static let training = TrainingOutcome(
        dataset: "d_1", m: 569, nx: 30, iterations: 1000, learningRate: 0.1, reference: "a.b in double",
        entries: [
            .init(
                rung: "a.b", scalar: .float, cost: 0.0625, accuracy: 0.9877, seconds: 0.01,
                costDistance: 1e-8, costBound: 1e-6, weightDistance: 2e-6, weightBound: 1e-4,
                course: [
                    .init(updates: 0, cost: 0.69, seconds: 1e-6), .init(updates: 1, cost: 0.5, seconds: 1e-5),
                    .init(updates: 1000, cost: 0.0625, seconds: 0.01),
                ])
        ])

    /// Signs that mean something in HTML, SVG or Markdown, also with an accent on them.
    static let hostile =
        "<script>alert(1)</script>\"'&amp;|`*_[x](http://evil.example/)\u{0}\n# h\n<\u{301}b \"\u{301}onload=\"1$x$~y~"

    /// Results in which every string is hostile.
    static var hostileResults: Results {
        let name = "loops." + hostile
        let rungs = [
            Examples.rung(name, idea: hostile, nanoseconds: 1000),
            Examples.rung("simd.b", after: name, idea: hostile, nanoseconds: 100),
            Examples.rung(
                "none" + hostile, idea: hostile, nanoseconds: 1, rounds: 0, passed: nil, skipped: hostile),
        ]
        let peers = [
            Examples.rung("peer" + hostile, idea: hostile, nanoseconds: 90),
            Examples.rung(
                "gone" + hostile, idea: hostile, nanoseconds: 1, rounds: 0, passed: nil, skipped: hostile),
            Examples.rung("wrong" + hostile, idea: hostile, nanoseconds: 90, passed: false),
        ]
        let cells = [100, 1000].flatMap { m in
            [8, 16].map { Examples.cell(rungs, m: m, nx: $0, peers: peers) }
        }
        let machine = Machine(
            processor: hostile, processors: 2, governor: hostile,
            caches: [.init(level: 1, kind: hostile, bytes: 1 << 15)], memoryBytes: 1 << 34,
            operatingSystem: hostile, kernel: hostile, hugePages: hostile)
        var results = Results(
            date: hostile, command: hostile, seed: 1, settings: SamplerSettings(),
            plan: Plan(preset: hostile, cells: cells.map { $0.cell }, rungs: []), machine: machine,
            build: Build(configuration: hostile, instructionSet: hostile, compiler: hostile, commit: hostile),
            cells: cells,
            trainings: [
                TrainingOutcome(
                    dataset: hostile, m: 1, nx: 1, iterations: 1, learningRate: 1, reference: hostile,
                    entries: [
                        .init(
                            rung: name, scalar: .float, cost: .nan, accuracy: 0, seconds: 0,
                            costDistance: .nan, costBound: nil, weightDistance: .infinity, weightBound: nil,
                            course: [.init(updates: .max, cost: .nan, seconds: .infinity)])
                    ])
            ])
        results.advice = [Advice(.load, hostile), Advice(.debugBuild, hostile)]
        results.notes = [RungNote(rung: name, why: hostile)]
        return results
    }

    /// Results that lack most of what a report is about.
    static var sparse: [(name: String, results: Results)] {
        let skipped = Examples.rung("a.s", nanoseconds: 1, rounds: 0, passed: nil, skipped: "slow")
        let wrong = Examples.rung("a.w", nanoseconds: 1, rounds: 3, passed: false)
        let one = Examples.rung("a.b", nanoseconds: 10, rounds: 1)
        let odd = [1, 1_000_000_000_000].enumerated().map {
            Examples.rung("a.\($0)", after: $0 == 0 ? nil : "a.0", nanoseconds: $1)
        }
        return [
            ("no cells", Examples.results([])),
            ("a cell without rungs", Examples.results([Examples.cell([])])),
            ("one rung, one round", Examples.results([Examples.cell([one])])),
            ("only a skipped one", Examples.results([Examples.cell([skipped])])),
            ("only a failed one", Examples.results([Examples.cell([wrong])])),
            ("the first is skipped", Examples.results([Examples.cell([skipped, one] + odd)])),
            ("twelve orders of magnitude", Examples.results([Examples.cell(odd)])),
            (
                "a rung in one cell of two",
                Examples.results([Examples.cell([one], m: 10), Examples.cell(odd, m: 100)])
            ),
        ]
    }
}
