import Foundation
import Problems
import Measurement
import Reporting
import Testing

@Suite("Google Benchmark's tools can read the results")
struct GoogleBenchmarkTests {
    typealias Object = [String: Any]

    func document(_ results: Results) throws -> (context: Object, rows: [Object]) {
        let text = try GoogleBenchmark(results).text()
        #expect(text.hasSuffix("}\n"))
        // JSON has neither, and Google Benchmark's readers would take both.
        for number in ["NaN", "Infinity", "inf"] { #expect(!text.contains(number)) }
        let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? Object)
        #expect(Set(object.keys) == ["context", "benchmarks"])
        return (
            try #require(object["context"] as? Object), try #require(object["benchmarks"] as? [Object])
        )
    }

    func names(_ rows: [Object]) -> [String] {
        rows.compactMap { $0["name"] as? String }.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
    }

    @Test("Rungs and peers with a time are in it, under names that contain the cell, family by family")
    func rows() throws {
        let rows = try document(FullResults.results).rows
        #expect(
            names(rows) == [
                "gd/loops.flat/m:1000/nx:128/f32/threads:1", "gd/simd.fused/m:1000/nx:128/f32/threads:1",
                "gd/simd.fused/m:10/nx:3/f64/threads:2/data:some, data",
                "gd/peer.numpy/m:1000/nx:128/f32/threads:1",
            ])
        // Of eight samples one was disturbed, and does not count.
        #expect(rows.count == 7 + 5 + 3 + 2)
        let places = rows.compactMap { row in
            (row["family_index"] as? Int).flatMap { family in
                (row["per_family_instance_index"] as? Int).map { [family, $0] }
            }
        }
        #expect(
            places == Array(repeating: [0, 0], count: 7) + Array(repeating: [1, 0], count: 5)
                + Array(repeating: [1, 1], count: 3) + Array(repeating: [2, 0], count: 2))
    }

    @Test("The name of a network's cell has its layers and activation")
    func network() throws {
        let network = Network(hidden: [128, 64], activation: .tanh)
        let cell = CellResult(
            cell: Cell(m: 10, nx: 3, network: network, scalar: .float, threads: 1),
            rungs: [Examples.rung("a.b", nanoseconds: 10)])
        let rows = try document(FullResults.empty(cells: [cell])).rows
        #expect(names(rows) == ["gd/a.b/m:10/nx:3/hidden:128-64/tanh/f32/threads:1"])
    }

    @Test("A sample is a repetition, and its times times its iterations are the sample's")
    func repetitions() throws {
        let rows = try document(FullResults.results).rows
        let samples = FullResults.cell.rungs[0].samples.counted
        for (i, (row, sample)) in zip(rows, samples).enumerated() {
            #expect(row["run_name"] as? String == row["name"] as? String)
            #expect(row["run_type"] as? String == "iteration")
            #expect(row["time_unit"] as? String == "ns")
            #expect(row["repetitions"] as? Int == samples.count)
            #expect(row["repetition_index"] as? Int == i)
            #expect(row["threads"] as? Int == 1)
            let iterations = try #require(row["iterations"] as? Int)
            let (real, cpu) = (row["real_time"] as? Double, row["cpu_time"] as? Double)
            #expect(iterations == sample.steps)
            #expect(real == sample.nanosecondsPerStep)
            #expect(real.map { Int(($0 * Double(iterations)).rounded()) } == sample.nanoseconds)
            #expect(cpu.map { Int(($0 * Double(iterations)).rounded()) } == sample.cpuNanoseconds)
        }
        #expect(rows[7]["repetitions"] as? Int == 5)
        #expect(rows[7]["repetition_index"] as? Int == 0)
        #expect(rows[12]["threads"] as? Int == 2)
    }

    @Test("Counters are flat numbers; what is not known is left out")
    func counters() throws {
        let rows = try document(FullResults.results).rows
        let time = 100e-9 / 3
        let bytes = try #require(rows[0]["bytes_per_second"] as? Double)
        #expect(abs(bytes / (1000 * 128 * 4 / time) - 1) < 1e-12)
        let operations = try #require(rows[0]["operations_per_second"] as? Double)
        #expect(abs(operations / (4 * 1000 * 128 / time) - 1) < 1e-12)
        #expect(rows[0]["error_over_bound"] as? Double == 0.1)
        #expect(rows[0]["prepared_bytes"] as? Int == 64)
        #expect(rows[14]["error_over_bound"] == nil)
        for row in rows { #expect(!row.values.contains { $0 is NSNull || $0 is [Any] || $0 is Object }) }
    }

    @Test("No number is infinite, whatever the results hold")
    func finite() throws {
        let odd = CellVerdict(error: 0, bound: 0, ratio: .nan, passed: true, element: "")
        let sample = Sample(block: 0, round: 0, position: 0, steps: 1, nanoseconds: 1, cpuNanoseconds: 0)
        let cell = CellResult(
            cell: Cell(m: .max, nx: .max, scalar: .float, threads: 1),
            rungs: [FullResults.rung("a.b", verdict: odd, samples: [sample])])
        let (context, rows) = try document(FullResults.empty(cells: [cell]))
        #expect(rows.count == 1)
        #expect(rows[0]["real_time"] as? Double == 1)
        #expect(rows[0]["error_over_bound"] == nil)
        #expect((context["load_avg"] as? [Double])?.isEmpty == true)
    }

    @Test("The context says where and how it was measured")
    func context() throws {
        let context = try document(FullResults.results).context
        #expect(context["date"] as? String == "2025-01-02T03:04:05Z")
        #expect(context["executable"] as? String == "unlooped")
        #expect(context["num_cpus"] as? Int == 2)
        #expect((context["load_avg"] as? [Double])?.isEmpty == true)
        #expect(context["library_build_type"] as? String == "release")
        #expect(context["json_schema_version"] as? Int == 1)
        let caches = try #require(context["caches"] as? [Object])
        #expect(caches.map { $0["type"] as? String } == ["Data", "Unified"])
        #expect(caches.map { $0["level"] as? Int } == [1, 2])
        #expect(caches.map { $0["size"] as? Int } == [32768, 1 << 20])
        #expect(context["processor"] as? String == "A \"fast\" \\ one\n")
        #expect(context["seed"] as? String == "18446744073709551615")
        #expect(context["instruction_set"] as? String == "x86-64-v3")
    }

    @Test("Results without a time have a context and no rows")
    func nothing() throws {
        #expect(try document(FullResults.empty()).rows.isEmpty)
        let skipped = CellResult(
            cell: Cell(m: 1, nx: 1, scalar: .float, threads: 1),
            rungs: [FullResults.rung("a.b", skipped: "slow")])
        #expect(try document(FullResults.empty(cells: [skipped])).rows.isEmpty)
    }
}
