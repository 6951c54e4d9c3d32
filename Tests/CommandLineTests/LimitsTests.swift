import Foundation
import Problems
import Measurement
import Testing

@Suite("The preset limits, and functions")
struct LimitsTests {
    @Test("It times the rungs that can be the fastest, and takes no shapes")
    func plan() async throws {
        let run = try await Program.run("bench", "--preset", "limits", "--scalar", "double", "--dry-run")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains(/100000 +2 +double +1\b/))
        #expect(run.output.contains(/cells, [0-9] implementations,/))
        for flag in ["--m", "--nx", "--threads"] {
            let wrong = try await Program.run("bench", "--preset", "limits", flag, "2")
            #expect(wrong.code == 64 && wrong.output.isEmpty)
            #expect(wrong.error.contains("--preset limits has shapes of its own"))
        }
    }

    @Test("A cell of many samples of few features has the loss alone, on one thread")
    func lossAlone() async throws {
        let run = try await Program.run(
            "bench", "--allow-debug", "--m", "100000", "--nx", "2", "--threads", "1", "--scalar", "float",
            "--only", "loops.flat", "--rounds", "1", "--min-sample-time", "0.01", "--json")
        #expect(run.code == 0, "\(run.error)")
        let results = try Results(json: Data(run.output.utf8), name: "r")
        let alone = try #require(results.cells.first?.lossAlone)
        #expect(!alone.samples.isEmpty && alone.samples.allSatisfy { $0.nanoseconds > 0 })
    }

    @Test("functions prints a row for each function and scalar, none of them more than 2 ulp off")
    func functions() async throws {
        let run = try await Program.run("functions", "--rounds", "2", "--json")
        #expect(run.code == 0, "\(run.error)")
        let rows = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
        #expect(
            rows.map { $0["function"] as? String } == ["exp", "sigmoid", "loss", "exp", "sigmoid", "loss"])
        for row in rows {
            #expect(row["greatestUlps"] as? Double ?? .infinity <= 2)
            #expect(row["greatestUlps"] as? Double ?? 0 > 0.5)
            #expect(row["vectorNanoseconds"] as? Double ?? 0 > 0)
            #expect((row["factor"] as? [String: Any])?["blocks"] as? Int ?? 0 > 0)
        }
        let table = try await Program.run("functions", "--rounds", "1", "--scalar", "float")
        #expect(table.output.contains("\nsigmoid   float ") && !table.output.contains("double"))
    }
}
