import Foundation
import Testing

@Suite("The command line tells what is possible")
struct UsageTests {
    static let verbs = [
        "list", "verify", "bench", "compare", "report", "train", "predict", "evaluate", "machine", "run",
        "lesson",
    ]

    @Test("--help and -h print every verb to standard output", arguments: ["--help", "-h", "help"])
    func help(word: String) async throws {
        let run = try await Program.run(word)
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        for verb in Self.verbs { #expect(run.output.contains("  \(verb) ")) }
    }

    @Test("Every verb has a help of its own", arguments: verbs)
    func verbHelp(verb: String) async throws {
        let run = try await Program.run(verb, "--help")
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        #expect(run.output.contains("usage: unlooped \(verb)"))
        // The discussion is a paragraph behind the options.
        let end = try #require(run.output.components(separatedBy: "\noptions:\n").last)
        #expect(end.contains("\n\n") || verb == "list", "\(run.output)")
        #expect(["lesson", "report"].contains(verb) || run.output.contains("--json"))
        #expect(try await Program.run("help", verb).output == run.output)
        #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 110 })
    }

    @Test("Help of a verb comes first, whatever else is wrong")
    func helpFirst() async throws {
        #expect(try await Program.run("train", "--wrong", "-h").code == 0)
    }

    @Test("--version prints a version", arguments: [["--version"], ["list", "--version"]])
    func version(words: [String]) async throws {
        let run = try await Program.run(words[0], words.last!)
        #expect(run.code == 0)
        #expect(run.output.wholeMatch(of: /unlooped \d+\.\d+\.\d+\n/) != nil)
    }

    @Test("A mistyped verb lists the verbs, and guesses")
    func mistypedVerb() async throws {
        let run = try await Program.run("trian")
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("unlooped: unknown verb 'trian'; did you mean 'train'?\n"))
        for verb in Self.verbs { #expect(run.error.contains(verb)) }
    }

    @Test("A mistyped option lists the options of the verb, and guesses")
    func mistypedOption() async throws {
        let run = try await Program.run("train", "wdbc", "--alhpa", "0.1")
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.contains("unknown option '--alhpa'; did you mean '--alpha'?"))
        #expect(run.error.contains("--standardize"))
        #expect(run.error.contains("unlooped train --help"))
    }

    @Test(
        "A wrong argument says what was expected",
        arguments: [
            ("train", "DATA is missing"),
            ("train x.csv", "--label is missing"),
            ("train x.npy", "--labels is missing"),
            ("train x.idx --labels y", "--classes is missing"),
            ("train x.idx --labels y --classes 3", "--classes is '3'; expected two different classes"),
            ("train x.idx --labels y --classes 3,3", "--classes is '3,3'; expected two different classes"),
            ("train x.idx --labels y --classes 3,256", "--classes is '256'; expected a whole number, from 0"),
            ("train . --label y", "--label is for CSV files; '.' is a folder of images"),
            ("train wdbc --classes 0,6", "--classes is for IDX files"),
            ("train wdbc --negative no", "--negative needs --positive too"),
            ("train wdbc --separator pipe", "possible: comma, semicolon, tab"),
            ("train wdbc --layout rows", "possible: samples-first, features-first"),
            ("train wdbc --validation 0", "--validation is '0'; expected a part such as 20% or 0.2"),
            ("train wdbc --validation 100%", "--validation is '100%'; expected a part such as 20% or 0.2"),
            ("train wdbc --alpha automatic", "--alpha is 'automatic'; expected a finite number"),
            ("train wdbc --model=", "--model is ''; expected the path of a file"),
            ("train wdbc --model m --history m", "--model and --history are both 'm'"),
            ("train wdbc y.csv", "unexpected argument 'y.csv'"), ("list ''", "unexpected argument ''"),
            ("train '' --label y", "DATA is ''; expected a file"),
            ("report a ''", "RESULTS.json is ''; expected what 'bench' left"),
            ("bench --peer ' '", "--peer is ' '; expected names of peers, or a command line"),
            ("bench --out=", "--out is ''; expected the path of a file"),
            ("bench --resume=", "--resume is ''; expected the path of a file"),
            ("train wdbc --alpha", "--alpha needs a value"),
            ("train wdbc --alpha --json", "--alpha needs a value"),
            ("train wdbc --alpha -1", "--alpha is '-1'; expected a finite number greater than 0"),
            ("train wdbc --alpha nan", "--alpha is 'nan'; expected a finite number greater than 0"),
            ("train wdbc --alpha=", "--alpha is ''"),
            ("train wdbc --alpha 1e-60 --scalar float", "the learning rate is 0.0"),
            ("train wdbc --tolerance=-1", "--tolerance is '-1'; expected a finite number, 0 or greater"),
            ("train wdbc --iterations 0", "expected a whole number, from 1 to 100000000"),
            ("train wdbc --iterations 1.5", "expected a whole number"),
            ("train wdbc --iterations 1e30", "expected a whole number"),
            ("train wdbc --iterations 1__0", "expected a whole number"),
            ("train wdbc --iterations 10 --iterations 20", "--iterations is given twice"),
            ("train wdbc --threads 0", "--threads is '0'"),
            ("train wdbc --scalar half", "possible: float, double"),
            ("train wdbc --implementation loops.nestd", "did you mean 'loops.nested'?"),
            ("train wdbc --json=yes", "--json takes no value"),
            ("machine --threads 0", "--threads is '0'; expected a whole number, from 1 to 4096"),
            ("machine --seconds 0", "--seconds is '0'; expected a finite number greater than 0"),
            ("machine --seconds 1e300", "--seconds is '1e300'; expected 30 days at the most"),
            ("bench --only simd.bfloat16 --scalar double", "simd.bfloat16: computes in float only"),
            ("verify --only simd.bfloat16 --scalar double", "simd.bfloat16: computes in float only"),
            ("train wdbc --implementation simd.bfloat16", "simd.bfloat16 does not compute in double"),
            ("run", "RUNG is missing"), ("run simd.fusde", "did you mean 'simd.fused'?"),
            ("run simd.fused --steps 0", "--steps is '0'; expected a whole number, 1 or greater"),
            ("run simd.fused --steps 1 --seconds 1", "--steps and --seconds are both given"),
            ("run simd.bfloat16", "simd.bfloat16 does not compute in double"),
            ("list more", "unexpected argument 'more'; expected none"),
            ("--nonsense", "unknown option '--nonsense'"),
        ])
    func wrongArgument(line: String, message: String) async throws {
        let run = try await Program.shell("\"$unlooped\" \(line)")
        #expect(run.code == 64)
        #expect(run.output.isEmpty)
        #expect(run.error.hasPrefix("unlooped: "))
        #expect(run.error.contains(message), "\(run.error)")
    }

    @Test("A grid of more cells than anyone can time is told, not made")
    func cells() async throws {
        let list = (1...1000).map { "\($0)" }.joined(separator: ",")
        let run = try await Program.run(
            "bench", "--m", list, "--nx", list, "--threads", list, "--scalar", "float", "--dry-run")
        #expect(run.code == 64 && run.output.isEmpty)
        #expect(run.error.contains("make 1000000000 cells; expected 100000 at the most"), "\(run.error)")
    }

    @Test(
        "Whole numbers may be written as powers of ten or in groups",
        arguments: ["20", "2e1", "2_0", "0.2e2"])
    func wholeNumbers(text: String) async throws {
        let run = try await Program.run("train", "wdbc", "--standardize", "--iterations=\(text)", "--json")
        #expect(run.code == 0)
        #expect(run.output.contains("\"iterations\":20,"))
    }

    @Test("What is for one scalar only is verified in that one, where both are asked for")
    func oneScalar() async throws {
        let run = try await Program.run("verify", "--only", "simd.bfloat16", "--quick", "--json")
        #expect(run.code == 0)
        #expect(run.output.contains("\"scalar\":\"float\"") && !run.output.contains("\"scalar\":\"double\""))
    }

    @Test("list prints a line for each implementation, and the same as JSON")
    func list() async throws {
        let text = try await Program.shell("COLUMNS=200 \"$unlooped\" list").output.split(separator: "\n")
        let lines = text.filter { $0.contains(".") }
        #expect(
            text.filter { !$0.contains(".") && !$0.hasPrefix("rung ") } == [
                "logistic regression", "networks (--hidden)",
            ])
        #expect(lines.count { $0.hasPrefix("loops.nested ") } == 2)
        let json = try await Program.run("list", "--json").output
        let entries = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(entries.count == lines.count)
        for (entry, line) in zip(entries, lines) {
            let name = try #require(entry["name"] as? String)
            #expect(line.hasPrefix(name))
            #expect(line.contains("X as bfloat16") == (entry["storage"] as? String == "bfloat16"))
        }
    }

    @Test(
        "What is printed is no wider than the terminal, or 80 columns where there is none, and says the same")
    func width() async throws {
        for (columns, command) in [
            (80, "list"), (120, "COLUMNS=120 list"), (80, "read wdbc"),
            (80, "verify --quick --only simd.fused"),
            (80, "bench --preset standard --dry-run"), (80, "bench --preset networks --dry-run"),
            (70, "COLUMNS=70 list"),
        ] {
            let words = command.split(separator: " ").map(String.init)
            let setting = words.first { $0.hasPrefix("COLUMNS") } ?? ""
            let rest = words.filter { !$0.hasPrefix("COLUMNS") }.joined(separator: " ")
            let run = try await Program.shell("\(setting) \"$unlooped\" \(rest)")
            #expect(run.code == 0, "\(run.error)")
            let widest = run.output.split(separator: "\n").max { $0.count < $1.count } ?? ""
            #expect(widest.count <= columns, "\(command): \(widest)")
        }
        func words(_ columns: Int) async throws -> [Substring] {
            let run = try await Program.shell("COLUMNS=\(columns) \"$unlooped\" list")
            return run.output.split { $0.isWhitespace }
        }
        // Narrower, columns go, but no word of those that stay.
        let (narrow, wide) = (Set(try await words(70)), Set(try await words(300)))
        #expect(narrow.isSubset(of: wide) && narrow.count > wide.count / 2)
    }

    @Test("run makes so many steps, or runs so long, and prints the time of one")
    func run() async throws {
        let run = try await Program.run(
            "run", "loops.flat", "--m", "50", "--nx", "4", "--steps", "20", "--threads", "1")
        #expect(run.code == 0, "\(run.error)")
        #expect(
            run.output.wholeMatch(
                of: /loops.flat, m = 50, n_x = 4, double, 1 thread: 20 steps in .*, .*s a step\n/) != nil)
        let json = try await Program.run(
            "run", "dispatch.fused", "--m", "50", "--nx", "4", "--seconds", "0.01", "--scalar", "float",
            "--json")
        let answer = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(answer?["steps"] as? Int ?? 0 > 0 && answer?["stepNanoseconds"] as? Double ?? 0 > 0)
        let network = try await Program.run(
            "run", "simd.tiled", "--m", "5", "--nx", "4", "--hidden", "3,2", "--activation", "tanh",
            "--steps", "2")
        #expect(network.output.hasPrefix("simd.tiled, m = 5, n_x = 4, hidden 3 × 2 tanh, double, "))
        let other = try await Program.run("run", "simd.columns", "--hidden", "3")
        #expect(other.code == 64 && other.error.contains("simd.columns does not compute networks"))
        let large = try await Program.run("run", "simd.fused", "--m", "1e12")
        #expect(large.code == 69 && large.output.isEmpty && large.error.contains("of memory"))
    }
}
