import Foundation
import Problems
import Measurement
import Testing
import unlooped

@Suite("The preset limits, and functions")
struct LimitsTests {
    private let caches: [Machine.Cache] = [
        .init(level: 1, kind: "Data", bytes: 32 << 10), .init(level: 2, kind: "Unified", bytes: 1 << 20),
        .init(level: 3, kind: "Unified", bytes: 36 << 20),
    ]

    @Test("Its shapes follow from the caches, and every target has cells")
    func shapes() throws {
        let cells = LimitCells.all(scalars: [.float, .double], processors: 3, caches: caches)
        #expect(Set(cells).count == cells.count)
        let float = cells.filter { $0.scalar == .float }
        #expect(float.count * 2 == cells.count)
        #expect(float.first == Cell(m: 1000, nx: 128, scalar: .float, threads: 1))
        let inLast = float.filter { $0.nx >= 16 && (9 << 20..<10 << 20).contains($0.xBytes) }
        #expect(inLast.map { $0.nx } == [16, 32, 128, 512, 1024, 4096, 12_288])
        #expect(
            float.filter { $0.nx <= 8 }.map { [$0.m, $0.nx] } == [
                [100_000, 2], [1_000_000, 2], [100_000, 8], [1_000_000, 8],
            ])
        let beyond = float.filter { $0.xBytes >= 4 * 36 << 20 }
        #expect(beyond.count { $0.threads == 3 } == 2 && beyond.count { $0.nx == 1024 } == 2)
        let growing = beyond.filter { $0.nx == 128 && $0.threads == 1 }.map { $0.xBytes >> 20 }
        #expect(growing == [144, 288, 576, 1152, 2048])
        #expect(float.allSatisfy { [1, 3].contains($0.threads) })
    }

    @Test("On one processor no cell stands twice; where caches are unknown, there are shapes all the same")
    func unknown() {
        let cells = LimitCells.all(scalars: [.float], processors: 1, caches: [])
        #expect(Set(cells).count == cells.count)
        #expect(cells.contains { $0.xBytes == 2 << 30 } && cells.contains { $0.xBytes == 8 << 20 })
    }

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
        #expect(alone.samples.count == 1 && alone.samples.allSatisfy { $0.nanoseconds > 0 })
        #expect(LimitTarget.loss.findings(in: results).count == 1)
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
            #expect((row["factor"] as? [String: Any])?["rounds"] as? Int == 2)
        }
        let table = try await Program.run("functions", "--rounds", "1", "--scalar", "float")
        #expect(table.output.contains("\nsigmoid   float ") && !table.output.contains("double"))
    }
}
