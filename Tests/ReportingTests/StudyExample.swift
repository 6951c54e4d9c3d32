import Problems
import Measurement

/// Results of a whole study made up for tests, with everything that figures can show.
enum StudyExample {
    /// A ladder with the name of each rung, the one that it builds on, and how many times faster it is than
    /// the first.
    static let ladder: [(name: String, after: String?, speed: Double)] = [
        ("loops.nested", nil, 1), ("loops.flat", "loops.nested", 3),
        ("loops.unchecked", "loops.flat", 4), ("loops.sample", "loops.unchecked", 12),
        ("arrays.whole", "loops.sample", 10), ("arrays.inPlace", "arrays.whole", 10.4),
        ("simd.lanes", "loops.unchecked", 12.5), ("simd.twoPass", "simd.lanes", 11),
        ("simd.fused", "simd.twoPass", 18), ("dispatch.loops", "loops.unchecked", 8),
        ("dispatch.arrays", "arrays.inPlace", 20), ("dispatch.simd", "simd.twoPass", 22),
        ("dispatch.fused", "simd.fused", 34),
    ]

    /// A cell in which rungs are as many times faster as the ladder says, those with threads in proportion
    /// to them; rounds differ by some per cent.
    static func cell(
        m: Int, nx: Int, scalar: ScalarKind, threads: Int, rounds: Int = 9, data: String? = nil
    ) -> CellResult {
        let rungs = ladder.enumerated().map { i, rung in
            let isThreaded = rung.name.hasPrefix("dispatch")
            let share = isThreaded && threads == 1 ? 0.55 : 1
            let perValue = 2 * (scalar == .double && rung.speed > 5 ? 1.9 : 1) / (rung.speed * share)
            let time = 900 * Double(i + 1) + perValue * Double(m) * Double(nx)
            let error = (scalar == .float ? 1e-8 : 1e-17) * Double(m).squareRoot()
            return RungResult(
                rung: RungInfo(
                    rung.name, after: rung.after, "idea \(i)", sums: .running, isThreaded: isThreaded),
                work: scalar == .float
                    ? .step(Shape(m, nx), in: .float, passes: 1)
                    : .step(Shape(m, nx), in: .double, passes: 1),
                preparedBytes: 0, workers: threads,
                verdict: CellVerdict(
                    error: error, bound: 100 * error, ratio: 0.01 * Double(i + 1), passed: true,
                    element: "dw[1]"),
                samples: (0..<rounds).map { round in
                    let noise = 1 + 0.01 * Double((round * 7 + i * 3) % 5)
                    return Sample(
                        block: round, round: round, position: i, steps: 1,
                        nanoseconds: Int(time * noise), cpuNanoseconds: Int(time * noise))
                })
        }
        let values = m * nx
        return CellResult(
            cell: Cell(m: m, nx: nx, scalar: scalar, threads: threads, data: data), rungs: rungs,
            peers: [
                Examples.rung("numpy", nanoseconds: 20_000 + values, threaded: true),
                Examples.rung("eigen-cpp-openmp", nanoseconds: 9000 + values / 20, threaded: true),
            ])
    }

    /// The ceilings of a machine whose caches are 1 MiB and smaller.
    static var ceilings: Ceilings {
        Ceilings(
            bandwidths: [1, 4].flatMap { threads in
                (14...24).map { power in
                    Ceilings.Bandwidth(
                        threads: threads, workingSetBytes: 1 << power,
                        bytesPerSecond: (power <= 15 ? 400e9 : power <= 20 ? 120e9 : 20e9)
                            * Double(threads).squareRoot())
                }
            },
            multiplyAddRates: ScalarKind.allCases.flatMap { scalar in
                [1, 4].map { threads in
                    Ceilings.MultiplyAddRate(
                        scalar: scalar, threads: threads,
                        operationsPerSecond: 1e11 * Double(threads) / Double(scalar.size))
                }
            }, wakeUpCosts: [], clock: ClockCost(readingNanoseconds: 20, resolutionNanoseconds: 1))
    }

    /// 3 × 3 shapes in both scalars on 4 threads, one shape on 1 and 2, ceilings and training; and a data set
    /// with a name, larger than them all, on 1 thread and on 4.
    static var results: Results {
        var results = grid
        for scalar in ScalarKind.allCases {
            for threads in [1, 4] {
                results.add(cell(m: 500_000, nx: 1024, scalar: scalar, threads: threads, data: "shirts"))
            }
        }
        let training = results.trainings[0]
        results.trainings.append(
            TrainingOutcome(
                dataset: "shirts", m: 500_000, nx: 1024, testSamples: 2000, iterations: 500,
                learningRate: 0.05, reference: "a.b", entries: training.entries))
        return results
    }

    /// The same without that data set.
    static var grid: Results {
        let cells = ScalarKind.allCases.flatMap { scalar in
            [8, 128, 1024].flatMap { nx in
                [100, 10_000, 100_000].map { cell(m: $0, nx: nx, scalar: scalar, threads: 4) }
            } + [1, 2].map { cell(m: 10_000, nx: 128, scalar: scalar, threads: $0) }
        }
        var results = Examples.results(cells)
        results.ceilings = ceilings
        results.notes = ladder.map { RungNote(rung: $0.name, why: nil) }
        results.trainings = [
            TrainingOutcome(
                dataset: "data", m: 569, nx: 30, iterations: 1000, learningRate: 0.1, reference: "a.b",
                entries: ScalarKind.allCases.flatMap { scalar in
                    ladder.map { rung in
                        TrainingOutcome.Entry(
                            rung: rung.name, scalar: scalar, cost: 0.06, accuracy: 0.98,
                            seconds: 0.07 / rung.speed, costDistance: 0, costBound: nil, weightDistance: 0,
                            weightBound: nil)
                    }
                })
        ]
        return results
    }
}
