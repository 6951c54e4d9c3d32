import Problems
import Testing

import Measurement

@Suite("Limits are found in results, with how near the fastest comes to each")
struct LimitTests {
    /// 32 KiB of L1, 1 MiB of L2, 4 MiB of L3, two processors.
    private let machine = Machine(
        processor: "P", processors: 2,
        caches: [
            .init(level: 1, kind: "Data", bytes: 32 << 10),
            .init(level: 1, kind: "Instruction", bytes: 1 << 30),
            .init(level: 2, kind: "Unified", bytes: 1 << 20),
            .init(level: 3, kind: "Unified", bytes: 4 << 20),
        ],
        memoryBytes: 1 << 34, operatingSystem: "OS", kernel: "K", hugePages: nil)

    private func rung(
        _ name: String, _ nanoseconds: [Int], bytes: Int, threaded: Bool = false, storage: Storage = .scalar
    ) -> RungResult {
        RungResult(
            rung: RungInfo(name, after: nil, "i", sums: .running, storage: storage, isThreaded: threaded),
            work: Work(operations: 100, bytes: bytes), preparedBytes: 0, workers: 1, verdict: nil,
            samples: nanoseconds.enumerated().map { round, time in
                Sample(
                    block: round, round: round, position: 0, steps: 1, nanoseconds: time, cpuNanoseconds: time
                )
            })
    }

    /// A cell in which `simd.a` takes so many nanoseconds, `simd.slow` twice as many, and reading X 900, or 600
    /// by all threads.
    private func cell(
        m: Int, nx: Int, _ scalar: ScalarKind = .float, threads: Int = 1, times: [Int] = [1000],
        more: [RungResult] = [], loss: [Int] = []
    ) -> CellResult {
        let cell = Cell(m: m, nx: nx, scalar: scalar, threads: threads)
        let bytes = cell.xBytes
        return CellResult(
            cell: cell,
            rungs: [
                rung("simd.slow", times.map { 2 * $0 }, bytes: bytes), rung("simd.a", times, bytes: bytes),
            ] + more,
            ceilings: [
                rung("read.one", times.map { _ in 900 }, bytes: bytes),
                rung("read.all", times.map { _ in 600 }, bytes: bytes, threaded: true),
            ] + (loss.isEmpty ? [] : [rung("loss.alone", loss, bytes: 0)]))
    }

    private func results(_ cells: [CellResult], functions: [FunctionResult]? = nil) -> Results {
        var results = Results(
            date: "", command: "", seed: 1, settings: SamplerSettings(),
            plan: Plan(cells: cells.map { $0.cell }, rungs: []), machine: machine,
            build: Build(configuration: "release", instructionSet: "i", compiler: "c"), cells: cells)
        results.functions = functions
        return results
    }

    private func values(_ limit: Limit, _ cells: [CellResult]) -> [Double] {
        limit.findings(in: results(cells)).map { $0.value }
    }

    @Test("Sizes of caches that are unknown are those of a common processor")
    func sizes() {
        let known = CacheSizes(machine.caches)
        #expect((known.first, known.second, known.last) == (32 << 10, 1 << 20, 4 << 20))
        #expect(known.beyond == 16 << 20)
        let unknown = CacheSizes([])
        #expect((unknown.first, unknown.second, unknown.last) == (32 << 10, 1 << 20, 32 << 20))
    }

    @Test("Each limit is about its own cells: scalar, threads, shape and the place of X")
    func cells() {
        let beyond = (16 << 20) / 4 / 128
        let cells = [
            cell(m: 1000, nx: 128), cell(m: 1000, nx: 128, .double), cell(m: 1000, nx: 128, threads: 2),
            cell(m: (2 << 20) / 4 / 16, nx: 16), cell(m: (2 << 20) / 4 / 8, nx: 8),
            cell(m: (3 << 20) / 4 / 16, nx: 16), cell(m: beyond, nx: 128), cell(m: beyond - 1, nx: 128),
            cell(m: 2 * beyond, nx: 64), cell(m: beyond, nx: 128, .double, threads: 2),
            cell(m: beyond, nx: 128, threads: 3), cell(m: 100_000, nx: 8, loss: [500]),
            cell(m: 100_000, nx: 8, threads: 2, loss: [500]), cell(m: 99_999, nx: 8, loss: [500]),
        ]
        func found(_ limit: Limit) -> [Cell] {
            limit.findings(in: results(cells)).compactMap {
                if case .rung(_, beside: _, in: let cell) = $0.subject { cell.cell } else { nil }
            }
        }
        #expect(found(.secondCache) == [cells[0].cell])
        #expect(found(.lastCache) == [cells[3].cell])
        #expect(found(.memory) == [cells[6].cell])
        #expect(found(.memoryOnAllThreads) == [cells[9].cell])
        #expect(found(.loss) == [cells[11].cell])
        #expect(found(.sixteenBits) == [])
        #expect(Limit.growth.findings(in: results(cells)) == [])
    }

    @Test("The fastest rung counts, round by round, against reading by as many threads, or against the loss")
    func bounds() {
        let m = (16 << 20) / 4 / 128
        #expect(values(.memory, [cell(m: m, nx: 128, times: [1000, 1000, 1800])]) == [0.9])
        #expect(values(.memoryOnAllThreads, [cell(m: m, nx: 128, threads: 2)]) == [0.6])
        #expect(values(.loss, [cell(m: 100_000, nx: 2, times: [700, 700], loss: [500, 500])]) == [1.4])
        #expect(values(.loss, [cell(m: 100_000, nx: 2)]) == [])
        // On one thread one that shares its work does not count, where there is another.
        let shared = rung("dispatch.a", [10], bytes: m * 512, threaded: true)
        #expect(values(.memory, [cell(m: m, nx: 128, more: [shared])]) == [0.9])
        #expect(values(.memoryOnAllThreads, [cell(m: m, nx: 128, threads: 2, more: [shared])]) == [60])
    }

    @Test("What rounds X is held to the fastest that does not, and to nothing else")
    func sixteenBits() {
        let m = (16 << 20) / 4 / 128
        let short = rung("simd.short", [500], bytes: m * 128 * 2, storage: .bfloat16)
        let found = [cell(m: m, nx: 128, more: [short])]
        #expect(values(.sixteenBits, found) == [2])
        #expect(values(.memory, found) == [0.9])
        #expect(values(.sixteenBits, [cell(m: m, nx: 128, .double, more: [short])]) == [])
    }

    @Test("Growth is the greatest time for a value over the least, of the rung that is fastest at the end")
    func growth() throws {
        let m = (16 << 20) / 4 / 128
        let cells = [
            cell(m: 4 * m, nx: 128, times: [4400]), cell(m: m, nx: 128, times: [1000]),
            cell(m: 2 * m, nx: 128, times: [1900]), cell(m: m, nx: 256),
        ]
        let finding = try #require(Limit.growth.findings(in: results(cells)).first)
        #expect(abs(finding.value - 1.1 / 0.95) < 1e-12)
        guard case .growth(rung: let rung, let found) = finding.subject else {
            Issue.record("no growth")
            return
        }
        #expect(rung == "simd.a" && found.map { $0.cell.m } == [m, 2 * m, 4 * m])
        #expect(Limit.growth.findings(in: results(cells)).count == 1)
    }

    @Test("A finding has the interval of the ratios round by round")
    func intervals() throws {
        let cell = cell(m: (16 << 20) / 4 / 128, nx: 128, times: [900, 1000, 1800, 1800, 1000, 900])
        let found = try #require(Limit.memory.findings(in: results([cell])).first)
        let interval = try #require(found.interval)
        #expect((interval.low - 0.5).magnitude < 1e-12 && (interval.high - 1).magnitude < 1e-12)
    }

    @Test(
        "Functions have their factor and their greatest error, and the farthest is the one with the least, or the greatest"
    )
    func functions() throws {
        func function(_ name: String, _ times: [Int], ulps: Double) -> FunctionResult {
            FunctionResult(
                function: name, scalar: .float, values: 10, vectorSamples: rung("", times, bytes: 0).samples,
                foundationSamples: rung("", times.map { _ in 1000 }, bytes: 0).samples, greatestUlps: ulps,
                arguments: 5)
        }
        let found = results(
            [],
            functions: [
                function("exp", [50, 100, 100], ulps: 1.5), function("loss", [125], ulps: 2.5),
            ])
        #expect(Limit.functionSpeed.findings(in: found).map { $0.value } == [10, 8])
        #expect(Limit.functionError.findings(in: found).map { $0.value } == [1.5, 2.5])
        #expect(LimitFinding.farthest(Limit.functionSpeed.findings(in: found))?.value == 8)
        #expect(LimitFinding.farthest(Limit.functionError.findings(in: found))?.value == 2.5)
        #expect(LimitFinding.farthest([]) == nil)
        #expect(found.functions?.first?.vectorNanoseconds == 10)
        #expect(found.lossNanoseconds(.float) == 12.5 && found.lossNanoseconds(.double) == nil)
    }

    @Test("The loss alone is no ceiling of reading")
    func roofline() throws {
        let found = cell(m: 100_000, nx: 2, loss: [10])
        let rung = try #require(found.rung("simd.a"))
        #expect(found.roofline(rung, operationsPerSecond: nil)?.fraction == 0.9)
        #expect(found.lossAlone?.rung == "loss.alone")
    }

    @Test("Merged results keep the functions of the first that has them, and JSON keeps them too")
    func kept() throws {
        let function = FunctionResult(
            function: "exp", scalar: .double, values: 3, vectorSamples: [], foundationSamples: [],
            greatestUlps: .infinity, arguments: 1)
        let merged = try results([cell(m: 1, nx: 1)]).merging([
            results([cell(m: 2, nx: 1)], functions: [function])
        ])
        #expect(merged.functions == [function])
        #expect(try Results(json: merged.json(), name: "r").functions == [function])
        #expect(function.factor == nil && function.vectorNanoseconds == nil)
    }
}
