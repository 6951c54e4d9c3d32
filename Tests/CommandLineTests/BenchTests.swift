import Foundation
import Testing

@Suite("bench and the main job time, and write results")
struct BenchTests {
    static let tiny = ["--m", "50", "--nx", "4", "--rounds", "2", "--min-sample-time", "0.1"]

    func shell(_ line: String) async throws -> Program.Run {
        try await Program.shell("\"$unlooped\" " + line)
    }

    @Test("A row for each implementation, and the report beside the results")
    func table() async throws {
        let folder = try TemporaryFolder()
        let out = folder.path("a/r.json")
        let run = try await shell("bench \(Self.tiny.joined(separator: " ")) --scalar float --out \(out)")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 50, n_x = 4, float"))
        for name in ["loops.nested", "simd.fused", "dispatch.fused"] {
            #expect(run.output.contains("\n\(name) "))
        }
        #expect(run.output.contains("1.00×"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("a")).sorted()
                == ["ladder.svg", "r.json", "report.md"])
        #expect(try folder.text("a/report.md").contains("| **loops.nested** |"))
        #expect(try folder.text("a/r.json").contains("\"schemaVersion\" : 1"))
    }

    @Test("--json prints all of it, and writes no file")
    func json() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell(
            "bench \(Self.tiny.joined(separator: " ")) --only loops.flat,simd --seed 5 --json"
        )
        #expect(run.code == 0, "\(run.error)")
        let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let cells = try #require(object?["cells"] as? [[String: Any]])
        #expect(cells.count == 2)
        #expect(object?["seed"] as? Int == 5)
        let rungs = try #require(cells[0]["rungs"] as? [[String: Any]])
        #expect(
            rungs.compactMap { $0["rung"] as? String }
                == ["loops.flat", "simd.lanes", "simd.twoPass", "simd.fused"])
        #expect(rungs.allSatisfy { ($0["samples"] as? [Any])?.count == 2 })
        #expect(try folder.names.isEmpty)
    }

    @Test(
        "A grid or an output that cannot be is told before any work, and nothing is left",
        arguments: [
            ("--m 0", 64, "--m is '0'"), ("--nx 4,4", 64, "n_x names 4 twice"),
            ("--m 1e12 --nx 128", 69, "of memory"), ("--m 1e18 --nx 1e18", 69, "more than 9 EB"),
            ("--rounds 0", 64, "--rounds"), ("--only loop", 64, "--only"),
            ("--min-sample-time 1e300", 64, "a day at the most"), ("--threads 0", 64, "--threads"),
        ] as [(String, Int32, String)])
    func wrong(options: String, code: Int32, message: String) async throws {
        let folder = try TemporaryFolder()
        for verb in ["bench --out \(folder.path("x/r.json"))", "--out \(folder.path("x"))"] {
            let run = try await shell(verb + " " + options)
            #expect(run.code == code, "\(run.error)")
            #expect(run.output.isEmpty)
            #expect(run.error.contains(message), "\(run.error)")
            #expect(try folder.names.isEmpty)
        }
    }

    @Test("A folder that cannot be written to is told before any work")
    func notWritable() async throws {
        let run = try await shell("bench \(Self.tiny.joined(separator: " ")) --out /proc/none/r.json")
        #expect(run.code == 73)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("cannot write '/proc/none/r.json'"))
    }

    @Test("Ctrl-C writes what there is")
    func interrupt() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run(
            "bench", "--m", "50,2000", "--nx", "4,256", "--only", "loops.flat", "--rounds", "500",
            "--min-sample-time", "1", "--scalar", "double", "--out", folder.path("r.json"),
            interruptOnOutput: "loops.flat")
        #expect(run.code == 130, "\(run.error)")
        #expect(try folder.text("r.json").contains("loops.flat"))
        #expect(try folder.names == ["ladder.svg", "r.json", "report.md"])
    }

    @Test("The main job writes the report, with training in it")
    func study() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell(
            "\(Self.tiny.joined(separator: " ")) --scalar float --iterations 5 --only loops.flat,simd.fused "
                + "--out \(folder.path("out"))")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("The report is in "))
        #expect(run.output.contains("Trained on wdbc"))
        #expect(try folder.text("out/report.md").contains("## Training"))
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path("out")).sorted()
                == ["ladder.svg", "report.md", "results.json"])
    }
}
