import Foundation
import Testing

@Suite("compare tells what became slower, and ends accordingly")
struct CompareTests {
    /// A folder with `old`, and `new` as it is given.
    func folder(_ new: String, old: String? = nil) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try folder.file("old", try old ?? StoredResults.text())
        _ = try folder.file("new", new)
        return folder
    }

    func compare(_ folder: TemporaryFolder, _ options: String = "old new") async throws -> Program.Run {
        try await Program.shell("cd '\(folder.url.path)' && \"$unlooped\" compare \(options)")
    }

    @Test("Two runs of the same show no change, and it ends well")
    func same() async throws {
        let run = try await compare(try folder(StoredResults.text(start: 500)))
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.isEmpty)
        #expect(
            run.output.hasPrefix("0 slower, 0 faster, 16 others within the noise or the threshold of 3 %\n"))
        #expect(run.output.contains("all 16 times on one thread together: "))
        #expect(!run.output.contains("became"))
    }

    @Test("A rung that is 10 % slower is the only one in the table, and the exit code is 1")
    func slower() async throws {
        let folder = try folder(StoredResults.text(slowed: ["simd.lanes": 1.1], start: 500))
        let run = try await compare(folder)
        #expect(run.code == 1)
        let lines = run.output.split(separator: "\n")
        #expect(lines[0] == "became slower")
        #expect(lines[2].hasPrefix("1  simd.lanes  1000 × 8 float, 1 thread  "))
        #expect(lines[2].contains(/1\.1[01]×/))
        #expect(lines[3].hasPrefix("1 slower, 0 faster, 15 others"))
        #expect(!run.output.contains("became faster"))
        #expect(try await compare(folder, "old new --threshold 20%").code == 0)
        #expect(try await compare(folder, "old new --threshold 0.2").code == 0)
        #expect(try await compare(folder, "old new --scalar double").code == 0)
        #expect(try await compare(folder, "old new --only loops,arrays").code == 0)
        #expect(try await compare(folder, "old new --only simd --scalar float").code == 1)
        let reverse = try await compare(folder, "new old")
        #expect(reverse.code == 0)
        #expect(reverse.output.hasPrefix("became faster\n"))
    }

    @Test("A table ranks what became slower and what became faster")
    func ranks() async throws {
        let run = try await compare(
            try folder(
                StoredResults.text(
                    slowed: ["loops.flat": 1.2, "simd.fused": 1.5, "loops.nested": 0.8, "arrays.whole": 0.5],
                    start: 500)))
        let names = run.output.split(separator: "\n").compactMap { line in
            line.split(separator: " ").first { $0.contains(".") && !$0.contains("×") }
        }
        #expect(names.prefix(4) == ["simd.fused", "loops.flat", "arrays.whole", "loops.nested"])
    }

    @Test("Where everything became slower, that is told by itself, and is a slowdown too")
    func common() async throws {
        let folder = try folder(StoredResults.text(all: 1.08, slowed: ["loops.flat": 1.2], start: 500))
        let run = try await compare(folder)
        #expect(run.code == 1)
        #expect(run.output.contains("\n1  loops.flat "))
        #expect(run.output.contains("\n1 slower, 0 faster, 15 others"))
        #expect(run.output.contains("\nslower, all 16 times on one thread together: 1.08×"))
        #expect(try await compare(folder, "old new --only simd").code == 1)
        #expect(try await compare(folder, "old new --only simd --threshold 10%").code == 0)
        #expect(try await compare(folder, "new old").output.contains("\nfaster, all 16 times"))
    }

    @Test("--json holds everything, for programs")
    func json() async throws {
        let run = try await compare(
            try folder(StoredResults.text(slowed: ["loops.flat": 1.3], start: 500)), "old new --json")
        #expect(run.code == 1)
        let answer = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        #expect(answer?["isSlower"] as? Bool == true)
        #expect((answer?["old"] as? [String: Any])?["files"] as? [String] == ["old"])
        let comparison = try #require(answer?["comparison"] as? [String: Any])
        #expect(comparison["threshold"] as? Double == 0.03)
        let changes = try #require(comparison["changes"] as? [[String: Any]])
        #expect(changes.count == 16)
        #expect(changes[0]["rung"] as? String == "loops.flat")
        #expect(changes[0]["verdict"] as? String == "slower")
        #expect((changes[0]["test"] as? [String: Any])?["correctedPValue"] as? Double ?? 1 < 0.05)
    }

    @Test("Different machines, instruction sets and debug builds are refused, unless told so")
    func different() async throws {
        for (new, message) in [
            (try StoredResults.text(processor: "Q"), "the machines differ (P, 2 processors"),
            (try StoredResults.text(instructionSet: "x86-64-v4"), "the instruction sets differ"),
            (try StoredResults.text(configuration: "debug"), "the builds differ (release; debug)"),
        ] {
            let folder = try folder(new)
            let run = try await compare(folder)
            #expect(run.code == 65)
            #expect(run.output.isEmpty)
            #expect(run.error.contains("'old' and 'new' cannot be compared: \(message)"), "\(run.error)")
            #expect(run.error.contains("--allow-different"))
            let allowed = try await compare(folder, "old new --allow-different")
            #expect(allowed.code == 0)
            #expect(allowed.error.hasPrefix("unlooped: warning: \(message)"))
            #expect(allowed.output.hasPrefix("0 slower"))
        }
    }

    @Test("Several files, separated by commas, give their blocks together")
    func merged() async throws {
        let folder = try folder(StoredResults.text(slowed: ["loops.flat": 1.3], start: 500, blocks: 1))
        let few = try await compare(folder)
        #expect(few.code == 0)
        #expect(few.output.contains("16 cannot be tested, with fewer than 2 blocks on a side"))
        _ = try folder.file("new,2", StoredResults.text(slowed: ["loops.flat": 1.3], start: 600, blocks: 1))
        _ = try folder.file("new3", StoredResults.text(slowed: ["loops.flat": 1.3], start: 700))
        let run = try await compare(folder, "old new,new3")
        #expect(run.code == 1)
        #expect(run.output.contains("became slower"), "\(run.output)")
        let wide = try await Program.shell(
            "cd '\(folder.url.path)' && COLUMNS=200 \"$unlooped\" compare old new,new3")
        #expect(wide.output.contains("  6, 7\n"), "\(wide.output)")
        let all = try await compare(folder, "old new,new3 --all")
        #expect(all.code == 1 && all.output.contains("all others"))
        let rows = { (text: String) in text.split(separator: "\n").count { $0.contains(" × ") } }
        #expect(rows(all.output) == 16 && rows(run.output) < 16, "\(all.output)")
        // One file may have a comma in its name.
        #expect(try await compare(folder, "old new,2").code == 0)
    }

    @Test("Files that cannot be merged are refused, and named")
    func notMerged() async throws {
        let folder = try folder(StoredResults.text(start: 500, processor: "Q"))
        let run = try await compare(folder, "old old,new --allow-different")
        #expect(run.code == 65)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("unlooped: 'new' cannot be merged with 'old': the machines differ (P"))
        let twice = try await compare(folder, "old,old new")
        #expect(twice.code == 65)
        #expect(twice.error.contains("'old' cannot be merged with 'old': both hold the same block"))
    }

    @Test("Input that is no result is an error, whichever of the two it is")
    func wrongInput() async throws {
        let good = try StoredResults.text()
        let future = "\"schemaVersion\": 99"
        let cases: [(String, String)] = [
            ("", "'new' is empty"), ("a,y\n1,2\n", "'new' holds no results"),
            (String(good.prefix(good.count / 2)), "'new' is cut off or damaged"),
            (good.replacing(/"schemaVersion": \d+/, with: future), "'new' has schema version 99; expected"),
            (good.replacing("\"blocks\":6,", with: "\"blocks\":-6,"), "'new': settings.blocks is -6"),
            (
                good.replacing(/"nanoseconds":\d+/, with: "\"nanoseconds\":0"),
                "'new': cells[0].rungs[0].samples[0].nanoseconds cannot be 0"
            ),
        ]
        for (text, message) in cases {
            let folder = try folder(text)
            for order in ["old new", "new old", "old,new old"] {
                let run = try await compare(folder, order)
                #expect(run.code == 65, "\(message)")
                #expect(run.output.isEmpty)
                #expect(run.error.hasPrefix("unlooped: \(message)"), "\(run.error)")
            }
        }
        let missing = try await compare(try folder(good), "old nothing.json")
        #expect(missing.code == 66)
        #expect(missing.error.contains("'nothing.json' does not exist"))
        #expect(try await compare(try folder(good), "old .").code == 66)
    }

    @Test("Results that have no time in common are refused")
    func nothingInCommon() async throws {
        let folder = try folder(StoredResults.text(m: 77))
        let run = try await compare(folder)
        #expect(run.code == 65)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("'old' and 'new' have no time in common"))
        let filtered = try await compare(folder, "old old --only dispatch")
        #expect(filtered.code == 65)
        #expect(filtered.error.contains("--only"))
    }

    @Test(
        "A wrong command line is told",
        arguments: [
            ("old", "NEW is missing"), ("old new more", "unexpected argument 'more'; expected OLD NEW"),
            ("old new --threshold 5", "--threshold is '5'; expected a part such as 5% or 0.05"),
            ("old new --threshold -1%", "--threshold is '-1%'"),
            ("old new --threshold %", "--threshold is '%'"),
            ("old new --threshold nan%", "--threshold is 'nan%'"), ("old, new", "'old,' lacks a file"),
            ("old new --only simd.fusde", "did you mean 'simd.fused'?"),
        ])
    func usage(options: String, message: String) async throws {
        let run = try await compare(try folder(StoredResults.text()), options)
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
    }
}
