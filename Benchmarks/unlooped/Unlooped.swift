import Foundation

/// The program: finds the verb, reads its arguments, runs it, and ends with its exit code.
@main
enum Unlooped {
    /// As `--version` prints it.
    static let version = "0.1.0"

    /// The verbs, in the order of the help.
    static var verbs: [any Verb.Type] {
        [
            List.self, Verify.self, Bench.self, Compare.self, ReportVerb.self, ReadVerb.self, Train.self,
            Predict.self, Evaluate.self, GradientCheckVerb.self, GraphVerb.self, LossesVerb.self,
            MachineVerb.self, FunctionsVerb.self,
        ]
    }

    /// What runs where no verb is given.
    static var mainJob: any Verb.Type { Study.self }

    static func main() {
        Processor.check()
        Terminal.prepare()
        var code = run(Array(CommandLine.arguments.dropFirst()))
        if let reason = Terminal.flush() {
            Terminal.fail("cannot write the result to standard output: \(reason)")
            code = .inputOutput
        }
        exit(code.rawValue)
    }

    private static func run(_ words: [String]) -> ExitCode {
        var name = ""
        do {
            guard let (verb, rest) = try choose(from: words) else {
                print(Help.text(forAll: verbs, main: mainJob))
                return .success
            }
            name = verb.name
            let arguments = try Arguments(rest, options: verb.options, positionals: verb.positionals)
            if arguments.wantsHelp {
                let isMain = verb == mainJob
                print(isMain ? Help.text(forAll: verbs, main: mainJob) : Help.text(for: verb))
                return .success
            }
            if arguments.wantsVersion {
                print("unlooped \(version)")
                return .success
            }
            return try verb.init(arguments).run()
        } catch let error as any ExitingError {
            Terminal.fail(error.description)
            if error is UsageError {
                Terminal.note("try 'unlooped \(name.isEmpty ? "" : name + " ")--help'")
            }
            return error.exitCode
        } catch {
            Terminal.fail("\(error)")
            return .failure
        }
    }

    /// The verb that `words` start with, and the words behind it; nil for help about all of them.
    private static func choose(from words: [String]) throws(UsageError) -> (any Verb.Type, [String])? {
        guard let first = words.first, !first.hasPrefix("-") else { return (mainJob, words) }
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
