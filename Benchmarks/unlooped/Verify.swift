import Agreement
import Ladders
import Problems

/// `unlooped verify`: the judge, over the whole ladder.
struct Verify: Verb {
    static let name = "verify"
    static let summary = "hold every implementation to the reference"
    static let discussion = """
        Exact cases must give the same bits; the others must stay within bounds that are derived from the
        data. The table shows, for each implementation and kind of case, the error that comes closest to
        its bound. Exit status 1 when anything disagrees; each disagreement is named so that it can be
        seen again.
        With --peer, other programs are judged in place of the implementations, or beside those of --only:
        by the bounded cases, as if they added everything in one running sum. Exit status 1 also where one
        fails; a peer that is not set up is named, and no failure (69 where no other was judged).
        """
    static let options: [Option] = [
        .value("--only", "NAMES", "names or families, separated by commas; all where not given"),
        PeerCommand.option,
        .value("--scalar", "KIND", "float, double or both", default: "both"),
        .value("--seed", "N", "where random data come from", default: "1"),
        .toggle("--quick", "fewer shapes: a second instead of some"),
        .toggle(
            "--every-float", "instead: hold exp, log1p, σ and L to ulps at each of the 2³² Floats (minutes)"),
        .json,
    ]

    private let names: [String]?
    private let peers: [PeerCommand]
    private let kinds: [ScalarKind]
    private let seed: UInt64
    private let suite: Suite
    private let everyFloat: Bool
    private let json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        let choice = try RungChoice(arguments)
        (names, kinds) = (choice.names, choice.scalars)
        peers = try PeerCommand.all(arguments)
        seed = UInt64(try arguments.int("--seed", in: 0...Int.max) ?? 1)
        suite = arguments.has("--quick") ? .quick : .standard
        everyFloat = arguments.has("--every-float")
        json = arguments.has("--json")
    }

    func run() throws -> ExitCode {
        Interrupt.watch()
        if everyFloat { return try FloatSurvey(json: json).run() }
        let judgesLadder = peers.isEmpty || names != nil
        var verdicts =
            judgesLadder ? try Self.verdicts(names: names, kinds: kinds, suite: suite, seed: seed) : []
        var code = ExitCode.success
        if !peers.isEmpty {
            let outcome = try PeerTrial(commands: peers, kinds: kinds, suite: suite, seed: seed).run()
            verdicts += outcome.verdicts
            code = outcome.exitCode
        }
        if json {
            print(try JSONText.line(verdicts))
        } else {
            print(VerdictTable(verdicts).text)
        }
        let judged = Self.explain(verdicts)
        return judged == .success ? code : judged
    }

    /// Judges the named implementations, with a line of progress.
    static func verdicts(
        names: [String]?, kinds: [ScalarKind], suite: Suite, seed: UInt64
    ) throws -> [Verdict] {
        let fixtures = [try Fixture.samples()]
        var line = ProgressLine()
        defer { line.finish() }
        func judge<Scalar: LaneScalar>(_: Scalar.Type) -> [Verdict] {
            let types = LogisticLadder.rungs(Scalar.self).filter { names?.contains($0.name) ?? true }
            return Judge<Scalar>(suite: suite, seed: seed).verdicts(on: types, fixtures: fixtures) {
                line.update("judging \(Scalar.kind.rawValue): \(Int($0 * 100)) %, \($1)")
                return !Interrupt.isRequested
            }
        }
        return kinds.flatMap { $0 == .float ? judge(Float.self) : judge(Double.self) }
    }

    /// Names what disagrees and what was skipped on standard error, and says how it ended.
    static func explain(_ verdicts: [Verdict]) -> ExitCode {
        for verdict in verdicts where verdict.outcome == .skipped {
            Terminal.warn("skipped \(verdict.place): \(verdict.message)")
        }
        let failed = verdicts.filter { $0.outcome == .failed }
        for verdict in failed.prefix(20) { Terminal.fail("\(verdict.place): \(verdict.message)") }
        if failed.count > 20 { Terminal.fail("and \(failed.count - 20) more") }
        if Interrupt.isRequested { return .interrupted }
        return failed.isEmpty ? .success : .failure
    }
}
