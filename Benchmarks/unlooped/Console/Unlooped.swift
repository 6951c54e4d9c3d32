import Foundation
import Problems

/// The program: finds the verb, reads its arguments, runs it, and ends with its exit code.
@main enum Unlooped {
    /// As `--version` prints it.
    static let version = "0.1.0"

    /// The verbs, in the order of the help.
    static var verbs: [any Verb.Type] {
        [
            List.self, Verify.self, Bench.self, Compare.self, ReportVerb.self, ReadVerb.self, Train.self,
            Predict.self, Evaluate.self, GradientCheckVerb.self, LessonVerb.self,
            MachineVerb.self, FunctionsVerb.self, RunVerb.self,
        ]
    }

    static func main() {
        Processor.check()
        Terminal.prepare()
        MappedFiles.watch()
        var code = checkNames() ?? run(Array(CommandLine.arguments.dropFirst()))
        if let reason = Terminal.flush() {
            Terminal.fail("cannot write the result to standard output: \(reason)")
            code = .inputOutput
        }
        exit(code.rawValue)
    }

    /// Refuses arguments that are not UTF-8: a file would get another name than was given.
    private static func checkNames() -> ExitCode? {
        for case (let number, let bytes?) in UnsafeBufferPointer(
            start: CommandLine.unsafeArgv, count: Int(CommandLine.argc)
        ).enumerated() where String(validatingCString: bytes) == nil {
            Terminal.fail(
                "argument \(number) is not UTF-8: '\(String(cString: bytes))'; rename the file, or link to it"
            )
            return .usage
        }
        return nil
    }

    /// The command line as one could type it again. Of the program only the name is kept: where it lies
    /// differs from machine to machine.
    static var command: String {
        (["unlooped"] + CommandLine.arguments.dropFirst()).map(\.quotedForShell).joined(separator: " ")
    }

    private static func run(_ words: [String]) -> ExitCode {
        var name = ""
        do {
            guard let (type, rest) = try choose(from: words) else {
                print(Help.text(forAll: verbs, main: MainJob.self))
                return .success
            }
            name = type.name
            let flags = rest.prefix { $0 != "--" }
            if flags.contains("--help") || flags.contains("-h") {
                let isMain = type == MainJob.self
                print(isMain ? Help.text(forAll: verbs, main: type) : Help.text(for: type))
                return .success
            }
            if flags.contains("--version") {
                print("unlooped \(version)")
                return .success
            }
            let verb = type.init()
            try verb.read(rest)
            try ThreadLimit.check()
            let code = try verb.run()
            try MappedFiles.check()
            return code
        } catch {
            Terminal.fail("\(error)")
            if error is UsageError { Terminal.note("try 'unlooped \(name.isEmpty ? "" : name + " ")--help'") }
            return ExitCode(error)
        }
    }

    /// The verb that `words` start with, and the words behind it; nil for help about all of them.
    private static func choose(from words: [String]) throws(UsageError) -> (any Verb.Type, [String])? {
        guard let first = words.first, !first.hasPrefix("-") else { return (MainJob.self, words) }
        if first == "help" {
            guard words.count > 1 else { return nil }
            return (try find(words[1]), ["--help"])
        }
        return (try find(first), Array(words.dropFirst()))
    }

    private static func find(_ name: String) throws(UsageError) -> any Verb.Type {
        if let verb = (verbs + [BlockWorker.self]).first(where: { $0.name == name }) { return verb }
        throw UsageError(unknown: "verb", name, among: verbs.map { $0.name })
    }
}

/// One thing that the program can do: `unlooped NAME …`. Its properties are what it takes. It checks what depends
/// on several of them before it begins to work.
protocol Verb: OptionGroup {
    static var name: String { get }
    static var summary: String { get }

    /// More about it, for its own help; may be empty.
    static var discussion: String { get }

    /// Does it. Results go to standard output, all else to standard error.
    func run() throws -> ExitCode
}

extension Verb { static var discussion: String { "" } }
