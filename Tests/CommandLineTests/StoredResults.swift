import Problems
import Measurement

/// Results made up for tests, as text. Eight rungs, so that they have a common shift, in two cells.
enum StoredResults {
    static let names = [
        "loops.nested", "loops.flat", "loops.unchecked", "loops.sample", "arrays.whole", "arrays.inPlace",
        "simd.lanes", "simd.fused",
    ]

    /// - Parameters:
    ///   - all: how many times longer everything takes.
    ///   - slowed: how many times longer a rung takes, in `Float`.
    ///   - start: tells one run from another, seconds.
    static func text(
        all: Double = 1, slowed: [String: Double] = [:], start: Double = 0, blocks: Int = 6, m: Int = 1000,
        processor: String = "P", configuration: String = "release", instructionSet: String = "x86-64-v3"
    ) throws -> String {
        let cells = ScalarKind.allCases.map { scalar in
            let cell = Cell(m: m, nx: 8, scalar: scalar, threads: 1)
            let rungs = names.map { rung($0, all * (scalar == .float ? slowed[$0] ?? 1 : 1), blocks, start) }
            return CellResult(
                cell: cell, blocks: (0..<blocks).map { block($0, start + Double($0)) }, rungs: rungs)
        }
        let results = Results(
            date: "2025-01-02T03:04:05Z", command: "unlooped bench", seed: 1, settings: SamplerSettings(),
            plan: Plan(cells: cells.map { $0.cell }, rungs: names),
            machine: Machine(
                processor: processor, processors: 2, caches: [], memoryBytes: 1 << 34, operatingSystem: "OS",
                kernel: "K", hugePages: nil),
            build: Build(
                configuration: configuration, instructionSet: instructionSet, compiler: "Swift 6.3"),
            cells: cells)
        return String(decoding: try results.json(), as: UTF8.self)
    }

    private static func block(_ index: Int, _ start: Double) -> Block {
        Block(
            index: index, isFreshProcess: false, startUnixSeconds: start, seconds: 1, rounds: 1,
            end: .completed, largePageBytes: nil)
    }

    /// Times that scatter by about 1 % from block to block, another way in each run.
    private static func rung(_ name: String, _ factor: Double, _ blocks: Int, _ start: Double) -> RungResult {
        var generator = SplitMix64(seed: UInt64(start) &+ UInt64(names.firstIndex(of: name) ?? 0) &* 1000)
        return RungResult(
            rung: RungInfo(name, after: nil, "an idea", sums: .running), work: .reading(bytes: 1),
            preparedBytes: 0, workers: 1,
            verdict: CellVerdict(error: 0, bound: 1, ratio: 0, passed: true, element: "J"),
            samples: (0..<blocks).map { block in
                let time = Double.random(in: 99_000...101_000, using: &generator) * factor
                return Sample(
                    block: block, round: block, position: 0, steps: 1, nanoseconds: Int(time),
                    cpuNanoseconds: Int(time))
            })
    }
}
