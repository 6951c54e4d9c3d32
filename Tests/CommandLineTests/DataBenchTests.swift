import Foundation
import Measurement
import Testing

@Suite("Data sets from the real world are timed and trained on by their names")
struct DataBenchTests {
    static let tiny =
        "--allow-debug --rounds 3 --blocks 3 --min-sample-time 0.1 --scalar float --only loops.flat,loops.unchecked"

    func shell(_ line: String) async throws -> Program.Run {
        try await Program.shell("\"$unlooped\" " + line)
    }

    @Test("bench --data times the built-in data, in every block, and says their name everywhere")
    func wdbc() async throws {
        let folder = try TemporaryFolder()
        let run = try await shell("bench --data wdbc \(Self.tiny) --out \(folder.path("results.json"))")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("\n\nwdbc, m = 569, n_x = 30, float, "))
        #expect(!run.error.contains("fresh process failed"))
        let results = try Results(contentsOf: folder.path("results.json"))
        #expect(results.plan.data == ["wdbc"] && results.isComplete)
        let cell = try #require(results.cells.first)
        #expect(cell.cell.data == "wdbc" && cell.blocks.map { $0.isFreshProcess } == [true, true, true])
        #expect(cell.timed.map { Set($0.samples.map { $0.round }) } == [[0, 1, 2], [0, 1, 2]])
        // 1/L, as 0.1 would lead far astray.
        #expect(abs(results.settings.learningRate - 2.4013e-6) < 1e-9)
        #expect(try folder.text("report.md").contains("at wdbc, m = 569, nₓ = 30, float, "))
        #expect(try folder.text("results.csv").contains(",wdbc,loops.flat,rung,"))
    }

    @Test(
        "A run on a file of one's own can be continued and compared, with the options that it was read with")
    func resume() async throws {
        let folder = try TemporaryFolder()
        let rows = (0..<400).map { "\($0 % 7),\($0 % 5),\($0 % 3 == 0 ? "no" : "yes")\n" }.joined()
        let data = try folder.file("d.csv", "a,b,kind\n" + rows)
        let file = folder.path("r.json")
        let run = try await Program.run(
            arguments: [
                "bench", "--data", data, "--label", "kind", "--positive=yes", "--threads", "1,2", "--out",
                file,
            ]
                + Self.tiny.replacing("--min-sample-time 0.1", with: "--min-sample-time 200")
                .split(separator: " ").map(String.init),
            interruptWhen: { (try? folder.text("r.json").contains("\"block\":0")) == true })
        #expect(run.code == 130, "\(run.error)")
        let cut = try Results(contentsOf: file)
        #expect(cut.plan.data == [data, "--label=kind", "--positive=yes"] && !cut.isComplete)
        #expect(cut.plan.cells.map { $0.threads } == [1, 2])
        #expect(cut.plan.cells.allSatisfy { $0.data == "d.csv" && ($0.m, $0.nx) == (400, 2) })

        let more = try await Program.run("bench", "--allow-debug", "--resume", file)
        #expect(more.code == 0, "\(more.error)")
        #expect(try Results(contentsOf: file).isComplete)
        let compared = try await shell("compare --allow-different \(file) \(file)")
        #expect(compared.code == 0 && compared.output.contains("0 slower, 0 faster, "))

        // Of the same shape, and not the same.
        _ = try folder.file("d.csv", "a,b,kind\n9" + rows.dropFirst())
        let other = try await Program.run("bench", "--allow-debug", "--resume", file)
        #expect(other.code == 65, "\(other.error)")
        #expect(
            other.error.contains("r.json' cannot be continued: '\(data)' is no longer what it was begun with")
        )

        _ = try folder.file("d.csv", "a,b,kind\n1,2,yes\n3,4,no\n")
        var text = try folder.text("r.json")
        text.replace("\"blocks\":3", with: "\"blocks\":4")
        text.replace(/"dataFingerprint":"[0-9a-f]{16}",/, with: "")
        let grown = try folder.file("grown.json", text)
        let changed = try await Program.run("bench", "--allow-debug", "--resume", grown)
        #expect(changed.code != 0 || changed.error.contains("fresh process failed"))
        #expect(changed.error.contains("d.csv: has m = 2, n_x = 2 now; expected d.csv, m = 400, n_x = 2"))
    }

    @Test("Data that can be read but once, from a pipe, reach every block, also the one in a fresh process")
    func once() async throws {
        let folder = try TemporaryFolder()
        let run = try await Program.shell(
            "printf 'a,y\\n1,0\\n2,1\\n3,1\\n' | \"$unlooped\" bench --data /dev/stdin --label y \(Self.tiny) "
                + "--out \(folder.path("r.json"))")
        #expect(run.code == 0 && !run.error.contains("failed"), "\(run.error)")
        let results = try Results(contentsOf: folder.path("r.json"))
        #expect(results.isComplete && results.cells.first?.blocks.map { $0.isFreshProcess }.last == true)
    }

    @Test("Results of two files of one name and shape are not merged, and the error names all four files")
    func merged() async throws {
        let folder = try TemporaryFolder()
        for (name, value) in [("x", 1), ("z", 2)] {
            let place = folder.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let text = "a,y\n\(value),0\n2,1\n3,0\n"
            try Data(text.utf8).write(to: place.appendingPathComponent("d.csv"))
            let run = try await shell(
                "bench --data \(folder.path(name))/d.csv --label y \(Self.tiny) --out \(folder.path(name)).json"
            )
            #expect(run.code == 0, "\(run.error)")
        }
        let (first, second) = (folder.path("x"), folder.path("z"))
        let report = try await shell("report \(first).json \(second).json --out \(folder.path("out"))")
        #expect(report.code == 65 && report.output.isEmpty)
        for part in [
            "'\(second).json' cannot be merged with '\(first).json': the data differ (\(first)/d.csv --label=y, ",
            "; \(second)/d.csv --label=y, fingerprint ", "; merge only what was timed on",
        ] {
            #expect(report.error.contains(part), "\(report.error)")
        }
        let compared = try await shell("compare \(first).json \(second).json")
        #expect(compared.code != 0 && compared.error.contains("the data differ"), "\(compared.error)")
    }

    @Test(
        "What does not go with --data is told before any work",
        arguments: [
            ("--data wdbc --m 3", 64, "expected no --m beside it"),
            ("--data wdbc --nx 3", 64, "expected no --nx beside it"),
            ("--label y", 64, "--label=y is for --data, which is not given"),
            ("--data none.csv", 64, "--label is missing"),
            ("--data none.csv --label y", 66, "none.csv: no such file"),
            ("--resume r.json --data wdbc", 64, "expected no --data beside it"),
            ("--resume r.json --label y", 64, "expected no --label beside it"),
        ] as [(String, Int32, String)])
    func wrong(options: String, code: Int32, message: String) async throws {
        let folder = try TemporaryFolder()
        let run = try await shell("bench --allow-debug --out \(folder.path("r.json")) \(options)")
        #expect(run.code == code || options.hasPrefix("--resume"), "\(run.error)")
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
        #expect(try folder.names.isEmpty)
    }

    /// A folder of data sets with a Fashion-MNIST of nine images of two pixels, for training and for testing.
    func dataSets() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let place = folder.url.appendingPathComponent("fashion-mnist")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for (kind, shift) in [("train", UInt8(0)), ("t10k", 3)] {
            let labels: [UInt8] = [0, 6, 1, 0, 6, 9, 0, 6, 6]
            let pixels = labels.flatMap { label -> [UInt8] in [label * 20 + shift, 7] }
            let (count, side): ([UInt8], [UInt8]) = ([0, 0, 0, 9], [0, 0, 0, 1, 0, 0, 0, 2])
            try Data([0, 0, 8, 3] + count + side + pixels)
                .write(to: place.appendingPathComponent("\(kind)-images-idx3-ubyte.gz"))
            try Data([0, 0, 8, 1] + count + labels)
                .write(to: place.appendingPathComponent("\(kind)-labels-idx1-ubyte.gz"))
        }
        return folder
    }

    @Test("fashion-mnist trains on classes 0 and 6, and fashion-mnist-test tells how well")
    func fashion() async throws {
        let sets = try dataSets()
        let program = "UNLOOPED_DATASETS='\(sets.url.path)' \"$unlooped\""
        let model = sets.path("m.json")
        let run = try await Program.shell(
            "\(program) train fashion-mnist --alpha auto --iterations 2000 --model \(model)")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 7, n_x = 2, "))
        let evaluation = try await Program.shell("\(program) evaluate \(model) fashion-mnist-test")
        #expect(evaluation.output.contains("m = 7") && evaluation.output.contains(/accuracy +1\n/))
        let check = try await Program.shell("\(program) gradient-check fashion-mnist")
        #expect(check.code == 0 && check.output.contains("all 3 derivatives agree"))
        let times = try await Program.shell("\(program) bench --data fashion-mnist \(Self.tiny) --json")
        #expect(
            times.code == 0
                && times.output.contains("\"data\":\"fashion-mnist\",\"hidden\":[],\"m\":7,\"nx\":2"))
    }

    @Test(
        "Where Fashion-MNIST is absent, it says how to get it: an error where it was named, a note elsewhere")
    func absent() async throws {
        let folder = try TemporaryFolder()
        let program = "UNLOOPED_DATASETS='\(folder.url.path)' \"$unlooped\""
        for verb in ["train fashion-mnist", "bench --allow-debug --data fashion-mnist --json"] {
            let run = try await Program.shell("\(program) \(verb)")
            #expect(run.code == 66 && run.output.isEmpty)
            #expect(
                run.error.contains("Fashion-MNIST is not installed: there is no '\(folder.url.path)/fashion"))
            #expect(run.error.contains("apt-get install dataset-fashion-mnist"))
        }
        let plan = try await Program.shell("\(program) bench --preset standard --only loops.flat --dry-run")
        #expect(plan.code == 0 && !plan.output.contains("fashion-mnist"))
        #expect(plan.error.contains("left out: Fashion-MNIST, which is not installed; 'apt-get install"))
        let sets = try dataSets()
        let whole = try await Program.shell(
            "UNLOOPED_DATASETS='\(sets.url.path)' \"$unlooped\" bench --preset standard --only loops.flat --dry-run"
        )
        #expect(whole.output.split(separator: "\n").count { $0.hasSuffix("fashion-mnist") } == 2)
        #expect(!whole.error.contains("left out"))
    }
}
