import Foundation
import Testing

@Suite("bench prints for other programs")
struct FormatTests {
    func bench(_ format: String) async throws -> Program.Run {
        try await Program.run(
            "bench", "--m", "50", "--nx", "4", "--threads", "1", "--scalar", "float", "--only", "loops.flat",
            "--rounds", "2", "--blocks", "1", "--min-sample-time", "0.1", "--allow-debug", "--format", format)
    }

    @Test("--format csv prints a header and a row for each sample, and nothing else")
    func csv() async throws {
        let run = try await bench("csv")
        #expect(run.code == 0, "\(run.error)")
        let lines = run.output.split(separator: "\n")
        #expect(lines.first?.hasPrefix("m,nx,hidden,activation,scalar,threads,data,rung,role,") == true)
        #expect(lines.count { $0.hasPrefix("50,4,,,float,1,,loops.flat,rung,0,") } >= 2)
        #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("50,4,,,float,1,,") })
    }

    @Test("--format google-benchmark prints one JSON object with the repetitions")
    func googleBenchmark() async throws {
        let run = try await bench("google-benchmark")
        #expect(run.code == 0, "\(run.error)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let rows = try #require(object?["benchmarks"] as? [[String: Any]])
        #expect(!rows.isEmpty)
        #expect(rows.allSatisfy { $0["name"] as? String == "gd/loops.flat/m:50/nx:4/f32/threads:1" })
    }

    @Test("A format that is none is told, with those there are")
    func unknown() async throws {
        let run = try await bench("cvs")
        #expect(run.code == 64)
        #expect(run.error.contains("'cvs'") && run.error.contains("csv") && run.output.isEmpty)
    }
}
