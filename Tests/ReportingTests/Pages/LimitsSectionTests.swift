import Problems
import Measurement
import Testing

import Reporting

@Suite("The report says how near the limits the rungs come")
struct LimitsSectionTests {
    /// On a machine with 1 MiB of last cache: a cell beyond it where a step takes 1000 µs.
    private func cell(
        m: Int = 8192, nx: Int = 128, threads: Int = 1, time: Int = 1_000_000, reading: Int, loss: Int? = nil
    ) -> CellResult {
        let shape = Cell(m: m, nx: nx, scalar: .float, threads: threads)
        func ceiling(_ name: String, _ nanoseconds: Int, bytes: Int, threaded: Bool = false) -> RungResult {
            RungResult(
                rung: RungInfo(name, after: nil, "", sums: .running, isThreaded: threaded),
                work: .reading(bytes: bytes), preparedBytes: 0, workers: 1, verdict: nil,
                samples: Examples.rung("", nanoseconds: nanoseconds).samples)
        }
        return CellResult(
            cell: shape,
            blocks: [
                Block(
                    index: 0, isFreshProcess: false, startUnixSeconds: 0, seconds: 1, rounds: 7,
                    end: .completed, largePageBytes: shape.xBytes / 4)
            ],
            rungs: [
                RungResult(
                    rung: RungInfo("simd.b", after: nil, "", sums: .running),
                    work: .step(Shape(m, nx), in: .float, passes: 1), preparedBytes: 0, workers: 1,
                    verdict: nil, samples: Examples.rung("", nanoseconds: time).samples)
            ],
            ceilings: [
                ceiling("read.one", reading, bytes: shape.xBytes),
                ceiling("read.all", reading / 2, bytes: shape.xBytes, threaded: true),
            ] + (loss.map { [ceiling("loss.alone", $0, bytes: 0)] } ?? []))
    }

    private func function(_ name: String, ulps: Double, vector: Int) -> FunctionResult {
        FunctionResult(
            function: name, scalar: .float, values: 1000,
            vectorSamples: Examples.rung("", nanoseconds: vector).samples,
            foundationSamples: Examples.rung("", nanoseconds: 1000).samples, greatestUlps: ulps,
            arguments: 4_000_000)
    }

    private func results(_ cells: [CellResult], _ functions: [FunctionResult]? = []) -> Results {
        var results = Examples.results(cells)
        results.ceilings = Pages.full.ceilings
        results.functions = functions
        return results
    }

    private func text(_ results: Results) throws -> String {
        let section = try #require(Report(results).page.sections.first { $0.id == "limits" })
        return MarkdownPage(Page(title: "", lead: [], sections: [section], colophon: "")).text
    }

    @Test("It is there only where a run looked for limits")
    func presence() {
        func isThere(_ results: Results) -> Bool {
            Report(results).page.sections.contains { $0.id == "limits" }
        }
        #expect(!isThere(results([cell(reading: 950_000)], nil)))
        #expect(isThere(results([cell(reading: 950_000)])) && isThere(results([])))
        #expect(!isThere(Pages.full))
    }

    @Test("Each limit has a row, with the place that is farthest from it, and the command for it")
    func nearness() throws {
        let found = try text(
            results(
                [cell(reading: 950_000), cell(m: 16_384, time: 2_000_000, reading: 1_850_000)],
                [function("exp", ulps: 0.9, vector: 50), function("sigmoid", ulps: 1.9, vector: 100)]))
        #expect(
            found.contains(
                "| X at least 4 times the last cache, nₓ ≥ 128, one thread | of the speed of reading X once | "
                    + "simd.b at m = 16\u{202F}384, nₓ = 128, float, 1 thread | unlooped bench --m 16384 "
                    + "--nx 128 --scalar float --threads 1 --only simd,dispatch | 92.5 % (92.5 % to 92.5 %) |"
            ))
        #expect(
            found.contains(
                "as fast as Foundation's functions of one value | sigmoid, float | unlooped functions | 10.0× "
                    + "(10.0× to 10.0×) |"))
        #expect(
            found.contains("of error, at most | sigmoid, float | unlooped functions | 1.90 ulp |"))
        #expect(found.contains("| unlooped bench --preset limits | 1.000× (1.000× to 1.000×) |"))
        #expect(
            found.contains(
                "| X in 16 bits, beyond the caches | as fast as X in float | – | unlooped bench --preset limits | "
                    + "not timed |"))
        #expect(!found.contains("asked for"))
        // Two cells, two functions twice, one row of sizes.
        let all = try #require(found.components(separatedBy: "**All that was measured**").last)
        #expect(all.split(separator: "\n").count { $0.hasPrefix("| ") } == 2 + 2 + 4 + 1)
    }

    @Test("The parts of a step and the pages of X say what bounds it")
    func memory() throws {
        let found = try text(
            results([cell(m: 16_384, reading: 800_000)], [function("loss", ulps: 1, vector: 20)]))
        #expect(
            found.contains(
                "### What bounds it there\n\n- **80.0 %** of the speed of reading X once, simd.b at m = 16")
        )
        // 2·2·m·n_x operations at 100 billion a second, X at 40 GB/s, and 16 384 losses of 0.02 ns.
        #expect(
            found.contains(
                "reading X once 80 %, its multiply-adds 8.4 %, loading each value a second time, from L1 21 % and "
                    + "the loss of 16\u{202F}384 samples 0.0 %; together 109 %. These loads and instructions bound it"
            ))
        #expect(found.contains("In some block only 25 % of X lay on pages of 2 MiB."))
        let idle = try text(results([cell(m: 16_384, time: 4_000_000, reading: 800_000)]))
        #expect(idle.contains("The rest goes to what these do not count"))
    }

    @Test("Threads, few features, functions and growth have causes of their own")
    func others() throws {
        let threads = try text(results([cell(m: 16_384, threads: 2, reading: 800_000)]))
        #expect(threads.contains("2 threads read X 2.00 times as fast as one, and waking them takes 0.4 %"))
        let busy = try text(results([cell(m: 16_384, threads: 2, time: 3900, reading: 3120)]))
        #expect(busy.contains("as fast as one, and what waking them takes could not be told."))
        let narrow = try text(
            results([cell(m: 100_000, nx: 2, time: 100_000, reading: 10_000, loss: 50_000)]))
        #expect(
            narrow.contains("**2.00×** the time of the loss alone, its m values in L1, simd.b at m = 100"))
        let slow = try text(results([], [function("exp", ulps: 2.5, vector: 200)]))
        #expect(
            slow.contains("A vector takes as long as 10.0 multiply-adds of vectors at the machine's peak"))
        #expect(slow.contains("Foundation's 1.00 ns for a value are as long as 50.0."))
        #expect(slow.contains("That is the greatest at 4\u{202F}000\u{202F}000 arguments."))
        let growth = try text(
            results([cell(reading: 950_000), cell(m: 16_384, time: 2_400_000, reading: 2_300_000)]))
        #expect(growth.contains("differs by 1.211× over these sizes: memory itself does."))
        let steady = try text(
            results([cell(reading: 950_000), cell(m: 16_384, time: 2_400_000, reading: 1_900_000)]))
        #expect(steady.contains("differs by 1.000× over these sizes: most of it is not memory's."))
        let wide = try text(results([cell(m: 16, nx: 8192, reading: 100_000)]))
        #expect(!wide.contains("which L1"))
        let long = try text(results([cell(m: 512, nx: 8192, reading: 100_000)]))
        #expect(long.contains("w and dw have 65.5 kB together, which L1 (32 KiB) does not hold."))
    }
}
