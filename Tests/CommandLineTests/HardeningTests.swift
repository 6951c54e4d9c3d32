import DataFiles
import Foundation
import Problems
import Testing

@Suite("Signals, limits, and what other programs do meanwhile lose no work and leave nothing")
struct HardeningTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        _ = try folder.file("ok.csv", "a,b,y\n1,2,0\n2,1,1\n3,4,0\n5,1,1\n")
    }

    /// Runs a line of bash in the folder; `$T` is a short training, `$B` a short timing.
    func bash(_ line: String) async throws -> Program.Run {
        let tiny = BenchTests.tiny.joined(separator: " ") + " --only loops.flat --scalar float --threads 1"
        return try await Program.run(
            arguments: ["-c", "cd '\(folder.url.path)'; \(line)"],
            environment: [
                "unlooped": try Program.executable.path, "T": "train ok.csv --label y --iterations 3",
                "B": "bench \(tiny)",
            ], from: URL(fileURLWithPath: "/bin/bash"))
    }

    @Test("A path with a link and .. is where the kernel has it, for the check and for the file")
    func paths() async throws {
        let run = try await bash(
            "mkdir -p el/y; ln -s el/y lnk; echo P > m.json; $unlooped $T --model lnk/../m.json && cat m.json; "
                + "$unlooped $T --model lnk/../m.json")
        #expect(run.code == 73 && run.error.contains("'lnk/../m.json': it exists"), "\(run.error)")
        #expect(run.output.hasSuffix("P\n"))
        #expect(try folder.text("el/m.json").contains("unlooped model"))
    }

    @Test("Two outputs that are one file are refused, however they are written")
    func same() async throws {
        let run = try await bash("mkdir d; $unlooped $T --model x --history d/../x")
        #expect(
            run.code == 64 && run.error.contains("--model and --history are both 'd/../x'"), "\(run.error)")
        #expect(try folder.names == ["d", "ok.csv"])
    }

    @Test("A report that is there is replaced with --force only")
    func report() async throws {
        let results = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Reports/2-core-epyc/results.json").path
        let run = try await bash("mkdir d; echo mine > d/report.html; $unlooped report '\(results)' --out d")
        #expect(run.code == 73 && run.error.contains("'d/report.html': it exists"), "\(run.error)")
        #expect(try folder.text("d/report.html") == "mine\n")
        let forced = try await bash("$unlooped report '\(results)' --out d --force")
        #expect(forced.code == 0, "\(forced.error)")
        #expect(try folder.text("d/report.html").hasPrefix("<!DOCTYPE"))
    }

    @Test("A name that is not UTF-8 is refused, not changed")
    func names() async throws {
        let run = try await bash("$unlooped $T --model $(printf 'n\\xff.json')")
        #expect(run.code == 64 && run.error.contains("argument 8 is not UTF-8"), "\(run.error)")
        #expect(try folder.names == ["ok.csv"])
    }

    @Test("A run keeps its results for itself; a second one says who has them")
    func twice() async throws {
        let run = try await bash(
            "$unlooped bench --allow-debug --m 50 --nx 4 --only loops.flat --scalar float --threads 1 --rounds 90 "
                + "--blocks 3 --min-sample-time 300 --out r.json > o 2> e & first=$!; "
                + "until [ -s r.json ] || ! kill -0 $first; do sleep 0.05; done; "
                + "$unlooped $B --force --out r.json; code=$?; $unlooped bench --allow-debug --resume r.json; "
                + "echo $first $code $?; kill $first; wait $first")
        #expect(run.code == 130, "\(run.error)")
        let words = try #require(run.output.split(separator: "\n").last).split(separator: " ")
        #expect(words.count == 3 && words.dropFirst() == ["73", "73"], "\(run.output)")
        #expect(
            run.error.contains("cannot write 'r.json': process \(words[0]) is writing it; wait"),
            "\(run.error)")
        #expect(try !folder.names.contains { $0.hasPrefix(".unlooped") })
    }

    @Test(
        "What a closing terminal or the system sends keeps the model as Ctrl-C does",
        arguments: [SIGTERM, SIGHUP])
    func signals(signal: Int32) async throws {
        let model = folder.path("m.json")
        let run = try await Program.run(
            "train", folder.path("ok.csv"), "--label", "y", "--iterations", "100000000", "--model", model,
            interruptOnOutput: "        500  ", signal: signal)
        #expect(run.code == 130, "\(run.error)")
        #expect(
            run.error.contains("interrupted; the model so far")
                && FileManager.default.fileExists(atPath: model))
    }

    @Test("Where nohup has a closing terminal ignored, it stays so")
    func nohup() async throws {
        let run = try await bash(
            "trap '' HUP; $unlooped train ok.csv --label y --iterations 20000 --model m.json > o & "
                + "until grep -q ' 5000  ' o || ! kill -0 $!; do sleep 0.01; done; kill -HUP $!; wait $!")
        #expect(run.code == 0, "\(run.error)")
    }

    @Test("A mapped file that is cut short is named, and the model so far is kept")
    func cutShort() async throws {
        let (m, nx) = (40_000, 4)
        var numbers = SplitMix64(seed: 1)
        let x = AlignedBuffer<Double>((0..<m * nx).map { _ in Double.random(in: -1...1, using: &numbers) })
        let y = AlignedBuffer<Double>((0..<m).map { Double($0 % 2) })
        let path = folder.path("x.npy")
        try NPY.encode(x, shape: [m, nx]).write(to: URL(fileURLWithPath: path))
        try NPY.encode(y, shape: [m]).write(to: URL(fileURLWithPath: folder.path("y.npy")))
        let run = try await bash(
            "$unlooped train x.npy --labels y.npy --alpha 0.1 --iterations 100000000 --model m.json > o & "
                + "until grep -q ' 2  ' o || ! kill -0 $!; do sleep 0.01; done; truncate -s 50000 x.npy; wait $!"
        )
        #expect(run.code == 66, "\(run.error)")
        #expect(run.error.contains("x.npy: has become shorter while it was used"), "\(run.error)")
        let model = try TrainedModel(contentsOf: folder.path("m.json"))
        #expect(model.training.iterations >= 1 && model.training.accuracy == nil)
        #expect(model.training.cost > 0.6 && model.training.cost < 0.8)
    }

    @Test("A program called gzip that says much, or leaves something running, holds nothing up")
    func gzip() async throws {
        let run = try await bash(
            #"""
            real=$(command -v gzip); $real -k ok.csv; mkdir bin; PATH=$PWD/bin:$PATH
            printf '#!/bin/sh\nhead -c 200000 /dev/zero >&2\nexec %s "$@"\n' $real > bin/gzip; chmod +x bin/gzip
            $unlooped read ok.csv.gz --label y || exit
            printf '#!/bin/sh\n(setsid sleep 600 || sleep 600) & echo $! > id\nexec %s "$@"\n' $real > bin/gzip
            $unlooped read ok.csv.gz --label y; code=$?; kill $(cat id); exit $code
            """#)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.components(separatedBy: "m = 4, n_x = 2").count == 3)
    }

    @Test("Files that may not grow are an error, and few open files no trap")
    func limits() async throws {
        let size = try await bash("ulimit -f 1; $unlooped $B --out r.json; code=$?; ls -A; exit $code")
        #expect(size.code == 73 && size.error.contains("File too large"), "\(size.error)")
        #expect(!size.output.contains(".unlooped"))
        for files in [6, 8, 10, 12] {
            let run = try await bash("ulimit -n \(files) && $unlooped $B --force --out r.json")
            #expect([0, 1, 2, 65, 66, 69, 73].contains(run.code), "\(files): \(run.code) \(run.error)")
        }
    }

    @Test(
        "More than the process may have is refused, and not asked for", .enabled(if: HardeningTests.isLinux))
    func memory() async throws {
        let run = try await bash(
            "(printf 'a,y\\n'; yes 1,0 | head -n 100000000) | gzip -1 > bomb.csv.gz; "
                + "ulimit -v 1000000; $unlooped read bomb.csv.gz --label y")
        #expect(run.code == 66 && run.error.contains("more than this process can have"), "\(run.error)")
        let endless = try await bash(
            "mkfifo p; (yes 1,0 > p 2> /dev/null &); ulimit -v 1500000; $unlooped read p --label 1 --no-header"
        )
        #expect(
            endless.code == 66 && endless.error.contains("more than this process can have"),
            "\(endless.error)")
    }

    @Test("An IDX file is read as far as its header says")
    func idx() async throws {
        let run = try await bash(
            #"""
            (printf '\0\0\010\003\0\0\0\002\0\0\0\001\0\0\0\002abcd'; head -c 300000000 /dev/zero) | gzip -1 > x.gz
            printf '\0\0\010\001\0\0\0\002\000\001' | gzip > y.gz
            $unlooped read x.gz --labels y.gz --classes 0,1
            """#)
        #expect(
            run.code == 65 && run.error.contains("x.gz: has 5 bytes of values; expected 4"), "\(run.error)")
    }

    @Test(
        "Where threads cannot be started, that is said",
        .enabled(if: HardeningTests.isLinux && geteuid() == 0))
    func threads() async throws {
        // The limit holds for others than root.
        let run = try await bash(
            "command -v setpriv > o || exit 69; chmod 755 .; "
                + "exec setpriv --reuid=54321 --clear-groups bash -c 'ulimit -u 1; exec $unlooped list'")
        #expect(run.code == 69 || run.code == 126, "\(run.code) \(run.error)")
    }

    @Test("Escape sequences from a file are spelled out, and options of another format are refused")
    func words() async throws {
        let read = try await bash(
            #"printf 'a,b,y\n1,2,n\033[31mo\n2,1,yes\n3,4,yes\n' > e.csv; $unlooped read e.csv --label y --positive yes"#
        )
        #expect(read.code == 0 && read.output.contains(#"1 × n\u{1B}[31mo, 2 × yes"#), "\(read.output)")
        let layout = try await bash("$unlooped $T --layout features-first")
        #expect(layout.code == 64 && layout.error.contains("--layout is for NPY files"), "\(layout.error)")
    }

    static var isLinux: Bool {
        #if os(Linux)
        true
        #else
        false
        #endif
    }
}
