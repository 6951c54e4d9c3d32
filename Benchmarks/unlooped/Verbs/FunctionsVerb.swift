import Measurement
import Problems
import Reporting
import Study

/// `unlooped functions`: exp, σ and the loss compared with Foundation's.
struct FunctionsVerb: Verb {
    static let name = "functions"
    static let summary = "time exp, sigmoid and the loss and Foundation's, and find their greatest errors"
    static let discussion = """
        Arrays that stay in L1, a vector at a time, and value by value through Foundation's functions; loss is
        a and L together. They take turns; times are medians for one value, factors are taken round by round.
        Errors are in units in the last place: in float at four million arguments from one end to the other
        (verify --every-float tries all), in double at random ones against extended precision. A few seconds.
        """

    @Option(.scalars) var scalars: [ScalarKind]
    @Option(
        "--rounds", "N", "how often each is timed", .int(in: SamplerSettings.possibleRounds),
        default: FunctionStudy.rounds)
    var rounds: Int
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        Terminal.warnOfDebugBuild()
        Interrupt.watch()
        var line = ProgressLine()
        let results = FunctionStudy.results(scalars, rounds: rounds, progress: { line.update($0) })
        line.finish()
        guard let results else { return .interrupted }
        if json {
            print(try JSONText.line(results.map(Answer.init)))
        } else {
            print(Self.table(results).lines.joined(separator: "\n"))
        }
        return .success
    }

    private static func table(_ results: [FunctionResult]) -> TextTable {
        func time(_ nanoseconds: Double?) -> String { nanoseconds.map { Numbers.three($0) + " ns" } ?? "–" }
        return TextTable(
            ["function", "scalar", "a value", "through Foundation", "times as fast", "greatest error", "of"],
            results.map {
                [
                    $0.function, $0.scalar.rawValue, time($0.vectorNanoseconds),
                    time($0.foundationNanoseconds), Numbers.factor($0.factor),
                    Numbers.three($0.greatestUlps) + " ulp", "\($0.arguments) arguments",
                ]
            }, leading: 2, spare: ["of", "through Foundation"])
    }

    private struct Answer: Encodable {
        let function: String
        let scalar: ScalarKind
        let values, arguments: Int
        let vectorNanoseconds, foundationNanoseconds: Double?
        let factor: BlockEstimate?
        let greatestUlps: JSONNumber<Double>

        init(_ result: FunctionResult) {
            (function, scalar) = (result.function, result.scalar)
            (values, arguments) = (result.values, result.arguments)
            vectorNanoseconds = result.vectorNanoseconds
            foundationNanoseconds = result.foundationNanoseconds
            (factor, greatestUlps) = (result.factor, JSONNumber(result.greatestUlps))
        }
    }
}
