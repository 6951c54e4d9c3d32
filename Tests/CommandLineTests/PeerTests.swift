import Foundation
import Problems
import Measurement
import Testing

@Suite("A program in another language takes part in the same rounds, before the same judge", .serialized)
struct PeerTests {
    let folder: TemporaryFolder
    let script: String

    init() throws {
        folder = try TemporaryFolder()
        script = try folder.file("peer.sh", PeerScript.text)
    }

    /// A peer that fails in the way of `mode`, if that is one.
    func peer(_ mode: String, idFile: String = "") -> [String] {
        ["--peer", "/bin/sh \(script) \(mode) \(idFile)"]
    }

    /// A short run over small cells.
    func bench(
        _ peers: [String], _ more: [String] = ["--threads", "1"], patience: String = "60"
    ) async throws -> Program.Run {
        try await Program.run(
            arguments: ["bench"] + BenchTests.tiny
                + ["--only", "loops.flat,simd.fused", "--scalar", "float", "--out", folder.path("r.json")]
                + more + peers, environment: ["UNLOOPED_PEER_TIMEOUT": patience], limit: 200)
    }

    func results() throws -> Results { try Results(contentsOf: folder.path("r.json")) }

    @Test("It runs without the variables that would have a library take other code, and results say which")
    func environment() async throws {
        let seen = folder.path("env")
        let run = try await Program.run(
            arguments: ["bench"] + BenchTests.tiny
                + [
                    "--only", "simd.fused", "--scalar", "float", "--threads", "1", "--out",
                    folder.path("r.json"),
                ]
                + ["--peer", "env > \(seen); exec /bin/sh \(script) right"],
            environment: ["OPENBLAS_CORETYPE": "Haswell", "XLA_FLAGS": "--x", "OPENBLAS_NUM_THREADS": "7"],
            limit: 200)
        #expect(run.code == 0, "\(run.error)")
        let removed = try #require(try results().plan.removedVariables)
        #expect(Set(removed).isSuperset(of: ["OPENBLAS_CORETYPE=Haswell", "XLA_FLAGS=--x"]))
        let lines = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n")
        #expect(!lines.contains { $0.hasPrefix("OPENBLAS_CORETYPE") || $0.hasPrefix("XLA_FLAGS") })
        #expect(lines.contains("OPENBLAS_NUM_THREADS=1") && lines.contains { $0.hasPrefix("PATH=") })
    }

    @Test("It is judged and timed in every block, and stands below the rungs")
    func right() async throws {
        let run = try await bench(peer("right"))
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("\nawk "))
        #expect(run.output.contains(" as fast as awk, the fastest peer"))
        let results = try results()
        let command = "/bin/sh \(script) right "
        #expect(
            results.plan.peers
                == [Peer(name: "awk", command: command, version: "awk 1", isThreaded: false)])
        let cell = try #require(results.cells.first)
        let found = try #require(cell.timedPeers.first)
        #expect(found.verdict?.passed == true && found.skipped == nil)
        #expect(Set(found.samples.map { $0.round }) == [0, 1, 2])
        #expect(Set(found.samples.map { $0.block }) == [0, 1, 2])
        #expect(found.samples.allSatisfy { $0.nanoseconds == 1000 * $0.steps })
        #expect(cell.blocks.map { $0.isFreshProcess } == [true, true, true])

        for (format, text) in [("csv", ",awk,peer,2,1,"), ("google-benchmark", "gd/peer.awk/m:50/")] {
            let more = try await Program.run(
                "bench", "--allow-debug", "--resume", folder.path("r.json"), "--allow-commands",
                "--format", format)
            #expect(more.code == 0 && more.output.contains(text), "\(more.error)")
        }
        let file = folder.path("r.json")
        let compared = try await Program.run("compare", file, file, "--allow-different")
        #expect(compared.code == 0, "\(compared.error)")
    }

    @Test("Whoever fails is named with the reason and left out, and the run goes on and ends well")
    func failing() async throws {
        let ways = [
            (
                "dies",
                "dies ' takes no part: it ended with status 3, asked for 'hello'; its last words: cannot go on"
            ),
            ("missing", "missing ' takes no part: awk is missing: run setup"),
            (
                "babbling",
                "babbling ' takes no part: its answer to 'hello' makes no sense: 'Hello!'; expected {"
            ),
            ("right", ""),
            (
                "dying",
                "awk 2 is left out at m = 50, n_x = 4, float, 1 thread: it ended with status 3, asked for 'run'"
            ),
            ("lost", "awk 3 is left out at m = 50, n_x = 4, float, 1 thread: it says: no more data"),
            ("quick", "awk 4 is left out at m = 50, n_x = 4, float, 1 thread: it gives 0.0 ns"),
            (
                "narrow",
                "awk 5 is left out at m = 50, n_x = 4, float, 1 thread: unsupported: one size fits all"
            ),
            (
                "short",
                "awk 6 is left out at m = 50, n_x = 4, float, 1 thread: its dw has 0 numbers; expected 4"
            ),
            (
                "wrong",
                "awk 7 disagrees with the reference at m = 50, n_x = 4, float, 1 thread, and is left out: db "
            ),
            (
                "kinked",
                "awk 8 disagrees with the reference at m = 50, n_x = 4, float, 1 thread, and is left out: db "
            ),
            ("sudden", "awk 9 is left out at m = 50, n_x = 4, float, 1 thread: it gives 1.0 ns"),
            (
                "twice",
                "awk 10 is left out at m = 50, n_x = 4, float, 1 thread: it wrote '{\"nanoseconds\":1000} ' before"
            ),
            ("wordy", "awk 11 is left out at m = 50, n_x = 4, float, 1 thread: it says:  [31mxxx"),
            ("noisy", "awk 12 is left out at m = 50, n_x = 4, float, 1 thread: it says: all said"),
            ("formula", "formula ' takes no part: its name or version is empty, too long, or no plain text"),
        ]
        let run = try await bench(ways.flatMap { peer($0.0) } + ["--peer", "/nonexistent/peer"])
        #expect(run.code == 0, "\(run.error)")
        for (_, reason) in ways where !reason.isEmpty {
            #expect(run.error.components(separatedBy: reason).count == 2, "\(reason) in \(run.error)")
        }
        #expect(run.error.contains("the peer '/nonexistent/peer' takes no part: it ended with status 127"))
        let cell = try #require(try results().cells.first)
        #expect(cell.rungs.allSatisfy { Set($0.samples.map { $0.round }) == [0, 1, 2] })
        #expect(cell.peers.map { $0.samples.isEmpty } == [false] + Array(repeating: true, count: 11))
        #expect(cell.peers.dropFirst().allSatisfy { $0.skipped != nil })
        #expect(cell.peers.filter { $0.verdict?.passed == false }.count == 2)
        #expect(run.error.utf8.count < 20_000 && !run.error.contains("\u{1B}"))
    }

    @Test(
        "What a peer leaves running in a session of its own is ended with it",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/environ")))
    func leaving() async throws {
        let temporary = folder.url.appendingPathComponent("temporary")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let run = try await Program.run(
            arguments: ["bench"] + BenchTests.tiny + [
                "--only", "loops.flat", "--scalar", "float", "--threads", "1",
            ]
                + ["--out", folder.path("r.json")] + peer("leaving"),
            environment: ["TMPDIR": temporary.path], limit: 200)
        #expect(run.code == 0, "\(run.error)")
        #expect(try results().cells.first?.peers.first?.samples.isEmpty == false, "\(run.error)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path).isEmpty)
        let mark = Data("UNLOOPED_PEERS=\(temporary.path)".utf8)
        let left = try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
            guard name.allSatisfy(\.isNumber) else { return false }
            return FileManager.default.contents(atPath: "/proc/\(name)/environ")?.range(of: mark) != nil
        }
        #expect(left.isEmpty)
    }

    @Test("A run whose fresh process is killed is not complete, and does not end as if it were")
    func killed() async throws {
        let run = try await bench(["--peer", "exec /bin/sh \(script) right"], ["--threads", "1"])
        #expect(run.code == 0, "\(run.error)")
        let line =
            "if [ -e \(folder.path("first")) ]; then kill -9 $PPID; fi; : > \(folder.path("first")); exec /bin/sh \(script) right"
        let killed = try await bench(["--peer", line, "--force"])
        #expect(killed.code == 1, "\(killed.error)")
        #expect(killed.error.contains("cells are not complete, as a fresh process failed"), "\(killed.error)")
    }

    @Test("A time for answers that makes no sense is refused, and so is a missing folder for temporary files")
    func environmentVariables() async throws {
        let timeout = try await bench(peer("right"), patience: "soon")
        #expect(
            timeout.code == 69 && timeout.error.contains("UNLOOPED_PEER_TIMEOUT is 'soon'; expected seconds"))
        let run = try await Program.run(
            arguments: ["verify", "--quick"] + peer("right"),
            environment: ["TMPDIR": folder.path("none/at/all")])
        #expect(run.code == 69 && run.error.contains("set TMPDIR to one that is there"), "\(run.error)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("none")))
    }

    @Test("Whoever hangs is left out once its time is over")
    func hanging() async throws {
        let run = try await bench(peer("mute") + peer("deaf"), patience: "1.5")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.contains("mute ' takes no part: it gave no answer to 'hello' within 1.50 s"))
        #expect(
            run.error.contains(
                "awk is left out at m = 50, n_x = 4, float, 1 thread: it gave no answer to 'run'"))
        #expect(try results().cells.first?.peers.first?.samples.isEmpty == true)
    }

    @Test("Whoever uses one thread is in cells of one thread only")
    func threads() async throws {
        let run = try await bench(peer("right") + peer("two"), ["--threads", "1,2"])
        #expect(run.code == 0, "\(run.error)")
        let results = try results()
        try #require(results.cells.count == 2)
        #expect(results.plan.peers.map { $0.isThreaded } == [false, true])
        #expect(results.cells.map { $0.peers.map { $0.samples.count } } == [[3, 3], [0, 3]])
        #expect(results.cells.map { $0.peers[1].workers } == [1, 2])
        #expect(results.cells[1].peers[0].skipped?.hasPrefix("it uses one thread") == true)
    }

    @Test("A run with peers can be continued, and whoever is not the same any more is left out")
    func resuming() async throws {
        let file = folder.path("r.json")
        let cut = try await Program.run(
            arguments: ["bench"] + BenchTests.tiny.dropLast(6)
                + ["--rounds", "12", "--blocks", "12", "--only", "loops.flat", "--scalar", "float"]
                + ["--threads", "1", "--out", file] + peer("right") + peer("two"),
            interruptWhen: {
                (try? String(contentsOfFile: file, encoding: .utf8).contains("\"block\":0")) == true
            })
        #expect(cut.code == 130 && cut.error.contains("continue with"), "\(cut.error)")
        let before = try #require(try results().cells.first?.peers.map { $0.samples.count })
        #expect(before.count == 2 && before[0] < 12 && before[1] == before[0])
        let changed = PeerScript.text.replacing("\"awk 2\"", with: "\"awk 3\"")
        _ = try folder.file("peer.sh", changed)
        // Results may be anyone's, and so may the commands in them.
        let wary = try await Program.run("bench", "--allow-debug", "--resume", folder.path("r.json"))
        #expect(
            wary.code == 65 && wary.error.contains("command lines for: '/bin/sh \(script) right '"),
            "\(wary.error)")
        #expect(cut.error.contains("--resume \(file) --allow-commands"), "\(cut.error)")
        let more = try await Program.run(
            "bench", "--allow-debug", "--resume", folder.path("r.json"), "--allow-commands")
        #expect(more.code == 0, "\(more.error)")
        #expect(more.error.contains("awk 2 is left out"))
        #expect(more.error.contains("it is no longer the same: 'awk 3'"), "\(more.error)")
        #expect(try results().isComplete)
        #expect(try results().cells.first?.peers.map { $0.samples.count } == [12, before[1]])
    }

    @Test("verify tries the bounded cases, and ends with 1 where one disagrees")
    func verify() async throws {
        func verify(_ words: [String]) async throws -> Program.Run {
            try await Program.run(arguments: ["verify", "--quick"] + words)
        }
        let right = try await verify(peer("right"))
        #expect(right.code == 0, "\(right.error)")
        #expect(right.output.contains("30 verdicts: 30 agree, 0 disagree, 0 skipped"), "\(right.output)")
        #expect(right.error.contains("awk is not judged on networks: it makes the step of logistic"))
        let network = try await verify(peer("network"))
        #expect(network.code == 0, "\(network.error)")
        #expect(
            network.output.contains("180 verdicts: 180 agree, 0 disagree, 0 skipped"), "\(network.output)")
        let wrong = try await verify(peer("wrong") + ["--scalar", "double"])
        #expect(wrong.code == 1 && wrong.output.contains("failed"))
        #expect(wrong.error.contains("awk double bounded/zero model m=1 nx=1 seed=1 threads=1: db is -0.5"))
        let other = try await verify(peer("no-slope") + ["--scalar", "double"])
        #expect(
            other.code == 1
                && other.error.contains("networks awk double bounded/random model m=3 nx=33 hidden=7"))
        let short = try await verify(peer("short"))
        #expect(short.code == 1 && short.error.contains("its dw has 0 numbers; expected 1"), "\(short.error)")
        let missing = try await verify(peer("missing"))
        #expect(missing.code == 69 && missing.error.contains("awk is missing"), "\(missing.error)")
        let both = try await verify(peer("right") + ["--only", "loops.flat", "--scalar", "float"])
        #expect(both.code == 0 && both.output.contains(" loops.flat ") && both.output.contains(" awk "))
    }

    @Test(
        "However the run ends, no peer is left, nor its data; between its turns a peer is stopped",
        .enabled(if: FileManager.default.fileExists(atPath: "/proc/self/stat")),
        arguments: [SIGINT, SIGKILL])
    func ending(signal: Int32) async throws {
        let (first, second) = (folder.path("first"), folder.path("second"))
        let temporary = folder.url.appendingPathComponent("temporary")
        try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
        let run = try await Program.run(
            arguments: ["bench"] + BenchTests.tiny + ["--only", "loops.flat", "--threads", "1"]
                + ["--out", folder.path("r.json")] + peer("right", idFile: first)
                + peer("deaf", idFile: second), environment: ["TMPDIR": temporary.path],
            interruptWhen: { Self.state(first) == "T" && Self.state(second) == "S" }, signal: signal)
        #expect(run.code == (signal == SIGINT ? 130 : SIGKILL), "\(run.error)")
        let deadline = ContinuousClock.now + .seconds(20)
        func isLeft() throws -> Bool {
            let files = try FileManager.default.contentsOfDirectory(atPath: temporary.path)
            return files.contains { $0.hasPrefix("unlooped-peers") }
                || [first, second].contains { ![nil, "Z"].contains(Self.state($0)) }
        }
        while try isLeft(), ContinuousClock.now < deadline { usleep(20_000) }
        #expect(try !isLeft())
    }

    /// The state of the process whose id is in a file, as Linux names it; nil where there is none.
    private static func state(_ file: String) -> Character? {
        guard let id = try? String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").first,
            let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)
        else { return nil }
        return text.split(separator: ")").last?.first { $0 != " " }
    }

    @Test("Peers that come with the study are known by name")
    func names() async throws {
        let package = folder.url.appendingPathComponent("Benchmarks/Peers")
        try FileManager.default.createDirectory(at: package, withIntermediateDirectories: true)
        let program = package.appendingPathComponent("run").path
        let text =
            "#!/bin/sh\nif [ $1 = --list ]; then echo right; echo missing; exit; fi\nexec /bin/sh '\(script)' $1\n"
        try Data(text.utf8).write(to: URL(fileURLWithPath: program))
        chmod(program, 0o755)
        func verify(_ words: String) async throws -> Program.Run {
            try await Program.shell(
                "cd '\(package.path)' && \"$unlooped\" verify --quick --scalar float --peer \(words)")
        }
        let all = try await verify("all")
        #expect(all.code == 0 && all.output.contains("15 verdicts: 15 agree"), "\(all.error)")
        #expect(all.error.contains("the peer 'missing' takes no part: awk is missing"))
        let twice = try await verify("right,missing --peer right")
        #expect(twice.output == all.output)
        let mistyped = try await verify("rihgt")
        #expect(mistyped.code == 64 && mistyped.error.contains("did you mean 'right'?"), "\(mistyped.error)")
        let nowhere = try await Program.shell("cd / && \"$unlooped\" verify --peer right")
        #expect(nowhere.code == 64 && nowhere.error.contains("Benchmarks/Peers/run is not in"))
    }
}
