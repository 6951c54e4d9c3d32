import Foundation
import Testing

@Suite("A run loses nothing, and can be continued")
struct StoreTests {
    static let tiny = BenchTests.tiny

    func shell(_ line: String) async throws -> Program.Run {
        try await Program.shell("\"$unlooped\" " + line)
    }

    @Test("A folder that cannot be written to is told before any work")
    func notWritable() async throws {
        let run = try await shell("bench \(Self.tiny.joined(separator: " ")) --out /proc/none/r.json")
        #expect(run.code == 73)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("cannot write '/proc/none/r.json'"))
    }

    @Test("Ctrl-C keeps the finished blocks, says how to go on, and --resume does so")
    func interrupt() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("r.json")
        let run = try await Program.run(
            "bench", "--allow-debug", "--m", "50,2000", "--nx", "4", "--only", "loops.flat", "--rounds", "3",
            "--blocks", "3", "--min-sample-time", "300", "--scalar", "double", "--out", file,
            interruptWhen: { (try? folder.text("r.json").contains("\"block\":0")) == true })
        #expect(run.code == 130, "\(run.error)")
        #expect(run.error.contains("cells are not complete"))
        #expect(run.error.contains("unlooped bench --resume \(file)"))
        let cut = try folder.text("r.json")
        #expect(cut.contains("\"index\":0") && !cut.contains("\"index\":2"))

        let more = try await Program.run("bench", "--allow-debug", "--resume", file)
        #expect(more.code == 0, "\(more.error)")
        #expect(more.output.contains("m = 50, n_x = 4") && more.output.contains("m = 2000, n_x = 4"))
        let whole = try folder.text("r.json")
        #expect(whole.contains("\"index\":2") && whole.contains("\"isFreshProcess\":true"))
        // What was there before is still there, to the nanosecond.
        let first = try #require(cut.firstMatch(of: /"nanoseconds":\d+/)?.output)
        #expect(whole.contains(first))

        let again = try await Program.run("bench", "--allow-debug", "--resume", file)
        #expect(again.code == 0 && again.output.contains("m = 50"), "\(again.error)")
    }

    @Test("Killing it loses the block in progress and no more")
    func killed() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("r.json")
        let run = try await Program.run(
            "bench", "--allow-debug", "--m", "50,60", "--nx", "4", "--only", "loops.flat", "--rounds", "3",
            "--blocks", "3", "--min-sample-time", "200", "--scalar", "double", "--out", file,
            interruptWhen: { (try? folder.text("r.json").contains("\"block\":0")) == true }, signal: SIGKILL)
        #expect(run.code == SIGKILL)
        #expect(try folder.text("r.json").hasSuffix("]\n}\n"))
        let more = try await Program.run("bench", "--allow-debug", "--resume", file)
        #expect(more.code == 0, "\(more.error)")
        #expect(try folder.text("r.json").contains("\"index\":2"))
    }

    @Test("A run can be ended in the middle of a step")
    func longStep() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.run(
            "bench", "--allow-debug", "--m", "20000", "--nx", "4000", "--only", "loops.nested", "--blocks",
            "1",
            "--rounds", "1", "--max-cell-time", "1e6", "--scalar", "double", "--out", folder.path("r.json"),
            interruptWhen: { FileManager.default.fileExists(atPath: folder.path("r.json")) })
        #expect(run.code == 130)
        // How soon it ends is checked by .ci/run, with nothing beside it.
        #expect(run.error.contains("--resume"))
        #expect(try folder.text("r.json").contains("\"schemaVersion\": 5"))
    }

    @Test("Files that exist are replaced with --force only, and those of no --out are kept")
    func existing() async throws {
        let folder = try TemporaryFolder()
        let words = Self.tiny.joined(separator: " ") + " --only simd.fused --scalar float"
        let file = try folder.file("r.json", "precious")
        let refused = try await shell("bench \(words) --out \(file)")
        #expect(refused.code == 73)
        #expect(refused.error.contains("it exists; name another file, or give --force"))
        #expect(try folder.text("r.json") == "precious" && folder.names == ["r.json"])
        let forced = try await shell("bench \(words) --out \(file) --force")
        #expect(forced.code == 0, "\(forced.error)")
        #expect(try folder.text("r.json") != "precious")

        for _ in 0..<2 {
            let run = try await Program.shell("cd \(folder.url.path) && \"$unlooped\" bench \(words)")
            #expect(run.code == 0, "\(run.error)")
        }
        let latest = try FileManager.default.contentsOfDirectory(atPath: folder.path("Reports/latest"))
        #expect(latest.count { $0.hasPrefix("results-20") } == 1)
        #expect(latest.contains("results.json") && latest.contains("report.md"))
    }

    @Test(
        "What cannot be continued is told, and left as it is",
        arguments: [
            ("{\"schemaVersion\": 5, \"date\"", 65, "cut off or damaged"),
            ("{\"schemaVersion\": 9}", 65, "schema version 9"), ("x,y", 65, "no results"),
        ] as [(String, Int32, String)])
    func wrongResume(text: String, code: Int32, message: String) async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("r.json", text)
        let run = try await shell("bench --allow-debug --resume \(file)")
        #expect(run.code == code, "\(run.error)")
        #expect(run.error.contains(message), "\(run.error)")
        #expect(try folder.text("r.json") == text)
    }

    @Test("--resume takes no grid, and needs its file")
    func resumeOptions() async throws {
        let run = try await shell("bench --resume r.json --m 5")
        #expect(run.code == 64)
        #expect(run.error.contains("expected no --m beside it"))
        #expect(try await shell("bench --allow-debug --resume /nonexistent/r.json").code == 66)
    }

    @Test("Results of another build or machine are not continued")
    func foreignResume() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("r.json")
        let words = Self.tiny.joined(separator: " ") + " --only simd.fused --scalar float --out \(file)"
        #expect(try await shell("bench \(words)").code == 0)
        let text = try folder.text("r.json")
        let processor = try #require(text.firstMatch(of: /"processor":"[^"]*"/)?.output)
        let other = text.replacingOccurrences(of: processor, with: "\"processor\":\"another\"")
        try Data(other.utf8).write(to: URL(fileURLWithPath: file))
        let run = try await shell("bench --allow-debug --resume \(file)")
        #expect(run.code == 65, "\(run.error)")
        #expect(run.error.contains("it was begun on another machine (another,"))
        #expect(try folder.text("r.json") == other)
    }

    @Test("A run that is out of time says which cells are missing, and can be continued")
    func maxTime() async throws {
        let folder = try TemporaryFolder()
        let words = Self.tiny.joined(separator: " ") + " --only simd.fused --out \(folder.path("r.json"))"
        let run = try await shell("bench \(words) --max-time 0.001")
        #expect(run.code == 0, "\(run.error)")
        #expect(
            run.error.contains("2 of 2 cells are not complete, as the time for the run (--max-time) was over")
        )
        let more = try await shell("bench --allow-debug --resume \(folder.path("r.json"))")
        #expect(more.code == 0, "\(more.error)")
    }

    @Test("A disk that is full loses nothing that was written before", .enabled(if: canMount))
    func fullDisk() async throws {
        let folder = try TemporaryFolder()
        let disk = folder.path("disk")
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        let words =
            "--allow-debug --m 50,60,70,80 --nx 4 --rounds 30 --blocks 3 --min-sample-time 0.1 --scalar float"
        let run = try await Program.shell(
            "mount -t tmpfs -o size=96k none \(disk) && \"$unlooped\" bench \(words) --out \(disk)/r.json; "
                + "code=$?; cp \(disk)/r.json \(folder.path("kept.json")); ls -a \(disk) > \(folder.path("list")); "
                + "umount \(disk); exit $code")
        #expect(run.code == 73, "\(run.error)")
        #expect(run.error.contains("No space left on device; continue with: unlooped bench --resume"))
        #expect(try folder.text("kept.json").hasSuffix("]\n}\n"))
        #expect(try !folder.text("list").contains(".tmp"))
    }

    /// Whether this user may mount a small disk, and there is a system that can.
    static let canMount: Bool = {
        #if os(Linux)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c", "d=$(mktemp -d) && mount -t tmpfs -o size=64k none $d && umount $d && rmdir $d",
        ]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
        #else
        return false
        #endif
    }()
}
