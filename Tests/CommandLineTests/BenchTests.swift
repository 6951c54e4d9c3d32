import Foundation
import Measurement
import Reporting
import Testing

@Suite("bench and the main job time, and write results")
struct BenchTests {
    /// Also in a debug build, as the tests are run in one too.
    static let tiny = [
        "--allow-debug", "--m", "50", "--nx", "4", "--rounds", "3", "--blocks", "3", "--min-sample-time",
        "0.1",
    ]

    /// What every report has.
    static let files: Set = ["report.html", "report.md", "results.csv", "ladder.svg"]

    func shell(_ line: String) async throws -> Program.Run {
        try await Program.shell("\"$unlooped\" " + line)
    }

    @Test("A row for each implementation, and the report beside the results")
    func table() async throws {
        let folder = try TemporaryFolder()
        let out = folder.path("a/results.json")
        let run = try await shell("bench \(Self.tiny.joined(separator: " ")) --scalar float --out \(out)")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 50, n_x = 4, float"))
        for name in ["loops.nested", "simd.fused", "dispatch.fused"] {
            #expect(run.output.contains("\n\(name) "))
        }
        #expect(run.output.contains(" 1× "))
        let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path("a")))
        #expect(names.isSuperset(of: Self.files.union(["results.json"])))
        #expect(names.subtracting(Report.fileNames) == ["results.json"])
        #expect(try folder.text("a/report.md").contains("| loops.nested |"))
        #expect(try folder.text("a/results.json").contains("\"schemaVersion\": 5"))
    }

    @Test("Networks are judged and timed like logistic regression, several in one run")
    func networks() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell(
            "bench \(Self.tiny.joined(separator: " ")) --hidden 5 --hidden 3,2 --activation tanh --scalar float "
                + "--only loops.nested,simd.packed,simd.fused --out \(folder.path("r.json"))")
        #expect(run.code == 0, "\(run.error)")
        for layers in ["5", "3 × 2"] {
            #expect(run.output.contains("m = 50, n_x = 4, hidden \(layers) tanh, float"), "\(run.output)")
        }
        #expect(run.output.contains(" of peak "))
        let results = try Results(contentsOf: folder.path("r.json"))
        #expect(results.cells.map { $0.cell.hidden } == [[5], [3, 2]])
        for cell in results.cells {
            #expect(cell.rungs.map { $0.rung } == ["loops.nested", "simd.packed", "simd.fused"])
            #expect(cell.rungs.allSatisfy { $0.verdict?.passed == true && $0.stepTime != nil })
            #expect(cell.chosen != nil)
        }
        #expect(results.note(of: "simd.packed", .network)?.why != nil)
        #expect(results.note(of: "loops.nested", .logistic) == nil)
    }

    @Test("--json prints all of it, and writes no file")
    func json() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell(
            "bench \(Self.tiny.joined(separator: " ")) --only loops.flat,simd.lanes,simd.fused --seed 5 --json"
        )
        #expect(run.code == 0, "\(run.error)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let cells = try #require(object?["cells"] as? [[String: Any]])
        #expect(cells.count == 2)
        #expect(object?["seed"] as? Int == 5)
        let rungs = try #require(cells[0]["rungs"] as? [[String: Any]])
        #expect(
            rungs.compactMap { $0["rung"] as? String }
                == ["loops.flat", "simd.lanes", "simd.fused"])
        for rung in rungs {
            // What was disturbed was taken again.
            let samples = try #require(rung["samples"] as? [[String: Any]])
            #expect(Set(samples.compactMap { $0["round"] as? Int }) == [0, 1, 2])
        }
        #expect(try folder.names.isEmpty)
    }

    @Test(
        "A grid or an output that cannot be is told before any work, and nothing is left",
        arguments: [
            ("--m 0", 64, "--m is '0'"), ("--nx 4,4", 64, "n_x names 4 twice"),
            ("--m 1e12 --nx 128", 69, "of memory"), ("--m 1e18 --nx 1e18", 69, "more than 9 EB"),
            ("--rounds 0", 64, "--rounds"), ("--only loop", 64, "--only"),
            ("--min-sample-time 1e300", 64, "30 days at the most"), ("--precision 0", 64, "--precision"),
            ("--precision 100%", 64, "--precision"), ("--threads 0", 64, "--threads"),
            ("--hidden 0", 64, "--hidden is '0'"), ("--hidden 1e9", 64, "--hidden is '1e9'"),
            ("--hidden 8,,4", 64, "--hidden is ''"),
            ("--hidden 4" + String(repeating: ",4", count: 64), 64, "--hidden has 65 layers; expected 63"),
            ("--hidden 4 --activation wave", 64, "'wave'"), ("--activation tanh", 64, "give --hidden too"),
            ("--hidden 4 --hidden 4", 64, "hidden names 4 twice"),
            ("--hidden 4 --only simd.columns", 64, "simd.columns does not compute networks"),
            ("--m 5 --only simd.packed", 64, "simd.packed does not compute logistic regression"),
            ("--preset networks --hidden 4", 64, "has shapes of its own"),
            ("--m 5 --nx 5 --hidden 1000000,1000000", 69, "fewer units"),
        ] as [(String, Int32, String)])
    func wrong(options: String, code: Int32, message: String) async throws {
        let folder = try TemporaryFolder()
        for verb in ["bench --out \(folder.path("x/r.json"))", "--out \(folder.path("x"))"] {
            let run = try await shell(verb + " --allow-debug " + options)
            #expect(run.code == code, "\(run.error)")
            #expect(run.output.isEmpty)
            #expect(run.error.contains(message), "\(run.error)")
            #expect(try folder.names.isEmpty)
        }
    }

    @Test("A debug build refuses to time, unless told to")
    func debug() async throws {
        let folder = try TemporaryFolder()
        let words = Self.tiny.filter { $0 != "--allow-debug" }.joined(separator: " ")
        let run = try await shell("bench \(words) --only simd.fused --out \(folder.path("r.json"))")
        #if DEBUG
        #expect(run.code == 64)
        #expect(run.error.contains("--allow-debug"))
        #expect(try folder.names.isEmpty)
        #else
        #expect(run.code == 0)
        #endif
    }

    @Test("--dry-run prints the cells and what they take, and does nothing")
    func dryRun() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell(
            "bench --dry-run --m 100,2000 --nx 8 --only simd.lanes,simd.fused --scalar float --out \(folder.path("r.json"))"
        )
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("64.0 kB"))
        #expect(run.output.contains("2 cells, 2 implementations"))
        #expect(try folder.names.isEmpty)
    }

    @Test("Blocks are added until times are as precise as was asked for, each in a fresh process")
    func precision() async throws {
        let folder = try TemporaryFolder()
        func results(_ options: String, endingAt index: Int? = nil) async throws -> Results {
            let words =
                "bench --allow-debug --force --m 50 --nx 4 --scalar float --only loops.flat,simd.fused "
                + "--min-sample-time 0.01 --out \(folder.path("r.json")) \(options)"
            let isThere: @Sendable () -> Bool = {
                (try? folder.text("r.json").contains("\"index\":\(index ?? -1),")) == true
            }
            let run = try await Program.run(
                arguments: words.split(separator: " ").map(String.init),
                interruptWhen: index == nil ? nil : isThere, limit: 200)
            #expect(run.code == (index == nil ? 0 : 130), "\(run.error)")
            return try Results(contentsOf: folder.path("r.json"))
        }
        // It would never be reached: the run is ended once there are eight blocks.
        let endless = try await results("--precision 0.0001% --max-time 86400", endingAt: 7)
        let blocks = try #require(endless.cells.first).blocks
        #expect(blocks.count >= 8 && blocks.map { $0.index } == Array(0..<blocks.count))
        #expect(blocks.allSatisfy { $0.isFreshProcess && $0.conditions != nil })
        #expect(endless.settings.precision == 1e-6 && endless.isComplete)
        #expect(endless.advice.contains { $0.kind == .spread })
        let easy = try await results("--precision 99% --max-time 86400")
        #expect(try #require(easy.cells.first).blocks.count >= 6)
        let fixed = try await results("--blocks 2")
        #expect(try #require(fixed.cells.first).blocks.count == 2)
        #expect(fixed.settings.precision == nil && fixed.advice.contains { $0.kind == .fewSamples })
    }

    @Test("An implementation that is too slow is skipped from that size on, and said to be")
    func tooSlow() async throws {
        let run = try await shell(
            "bench --allow-debug --m 4,64,4096 --nx 512 --only loops.nested,loops.flat --scalar float --json "
                + "--rounds 3 --blocks 3 --min-sample-time 0.01 --max-cell-time 1e-9")
        #expect(run.code == 0, "\(run.error)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let cells = try #require(object?["cells"] as? [[String: Any]])
        #expect(cells.count == 3)
        for (i, cell) in cells.enumerated() {
            let rungs = try #require(cell["rungs"] as? [[String: Any]])
            #expect(rungs.compactMap { $0["rung"] as? String } == ["loops.nested", "loops.flat"])
            for rung in rungs {
                let reason = try #require(rung["skipped"] as? String)
                #expect(reason.hasPrefix(i == 0 ? "a step takes " : "from m = 4, n_x = 512 on a step takes "))
                #expect((rung["samples"] as? [Any])?.isEmpty == true)
            }
        }
    }
}
