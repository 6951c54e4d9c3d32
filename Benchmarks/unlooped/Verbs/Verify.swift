import Agreement
import Foundation
import Ladders
import Problems
import Study
import Synchronization

/// `unlooped verify`: the judge, over the whole ladder.
struct Verify: Verb {
    static let name = "verify"
    static let summary = "check every implementation of both ladders against the reference"
    static let discussion = """
        Exact cases must give the same bits; the others must stay within bounds that are derived from the
        data. Each implementation is tried on shapes that take every path of it, with protected pages around
        its buffers, and exp, log1p, σ and L are held to ulps on arrays of every length. The table shows, for
        each implementation and kind of case, the error that comes closest to its bound. Exit status 1 when
        anything disagrees; each disagreement is named so that it can be seen again.
        With --peer, other programs are judged in place of the implementations, or together with those of --only:
        by the bounded cases, as if they added everything in one running sum. Exit status 1 also where one
        fails; a peer that is not set up is named, and no failure (69 where no other was judged).
        """

    private let rungs = RungOptions()
    @Option(.peers) var peers: [PeerCommand]
    @Option(.seed("where random data come from")) var seed: UInt64
    @Option("--quick", "fewer shapes: a second instead of some") var isQuick: Bool
    @Option("--fail-fast", "stop at the first case that an implementation fails") var failsFast: Bool
    @Option("--every-float", "instead: hold exp, log1p, σ and L to ulps at each of the 2³² Floats (minutes)")
    var everyFloat: Bool
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (names, scalars, suite) = (rungs.names, try rungs.scalars, isQuick ? Suite.quick : .standard)
        Interrupt.watch()
        if everyFloat { return try FloatSurvey(json: json).run() }
        let judgesLadder = peers.isEmpty || names != nil
        var verdicts =
            judgesLadder
            ? try Self.verdicts(
                names: names, scalars: scalars, suite: suite, seed: seed, failsFast: failsFast) : []
        var code = ExitCode.success
        if !peers.isEmpty {
            let trial = try PeerTrial(
                of: peers.unique, in: scalars, suite, seed: seed, report: Terminal.reporter())
            verdicts += trial.verdicts
            // Where nobody disagrees: not well where a peer failed, or where there was none to be judged.
            code = trial.hasFailures ? .failure : trial.verdicts.isEmpty ? .unavailable : .success
        }
        if json { print(try JSONText.line(verdicts)) } else { print(VerdictTable(verdicts: verdicts).text) }
        let judged = Self.explain(verdicts)
        return judged == .success ? code : judged
    }

    /// Judges the named implementations, with a line of progress.
    static func verdicts(
        names: [String]?, scalars: [ScalarKind], suite: Suite, seed: UInt64, failsFast: Bool = false
    ) throws -> [Verdict] {
        let fixtures = [try Fixture.samples()]
        var line = ProgressLine()
        defer { line.finish() }
        var verdicts: [Verdict] = []
        var goesOn: Bool {
            !Interrupt.isRequested && !(failsFast && verdicts.contains { $0.outcome == .failed })
        }
        func judge<Scalar: LaneScalar>(_: Scalar.Type) {
            let judge = Judge<Scalar>(suite: suite, seed: seed)
            // The functions are no rung's own. They come first: whatever is wrong in them is wrong in the rungs.
            if names == nil {
                CrashNote.isAbout("functions \(Scalar.kind.rawValue)")
                verdicts += judge.verdicts(on: VectorFunctions(of: Scalar.self))
            }
            let ladders = [
                (Verdict.Ladder.logistic, Ladder.logistic.rungs(Scalar.self)),
                (.networks, Ladder.networks.rungs(Scalar.self)),
            ]
            for (ladder, rungs) in ladders where goesOn {
                let named = rungs.filter { names?.contains($0.name) ?? true }
                verdicts += judge.verdicts(on: named, of: ladder, fixtures: fixtures, failsFast: failsFast) {
                    line.update(
                        "judging \(ladder.rawValue) in \(Scalar.kind.rawValue): \(Int($0 * 100)) %, \($1)")
                    return !Interrupt.isRequested
                } trying: {
                    CrashNote.isAbout($0)
                }
            }
        }
        CrashNote.watch {
            for scalar in scalars where goesOn { judge(scalar.type) }
        }
        return verdicts
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

extension VectorFunctions where Scalar: LaneScalar {
    /// Those that kernels are made of.
    fileprivate init(of _: Scalar.Type) {
        self.init {
            VectorMath.exp($0, into: $1)
        } log1p: {
            VectorMath.log1p($0, into: $1)
        } sigmoid: {
            VectorMath.sigmoid($0, into: $1)
        } logistic: {
            VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
        }
    }
}

/// The verdicts as a table: a row for each implementation, scalar and kind of case, with the error that
/// comes closest to its bound.
private struct VerdictTable {
    let verdicts: [Verdict]

    /// The table and a line that sums it up.
    var text: String {
        var names: [String: Int] = [:]
        for verdict in verdicts where names[verdict.implementation] == nil {
            names[verdict.implementation] = names.count
        }
        let kinds = Verdict.Kind.allCases
        func place(_ verdict: Verdict) -> [Int] {
            [
                verdict.ladder == .logistic ? 0 : 1, verdict.scalar.size,
                names[verdict.implementation] ?? 0,
                kinds.firstIndex(of: verdict.kind) ?? 0,
            ]
        }
        let rows = Dictionary(grouping: verdicts, by: place).sorted {
            $0.key.lexicographicallyPrecedes($1.key)
        }
        let head = [
            "ladder", "implementation", "scalar", "kind", "cases", "error", "bound", "ratio", "where",
            "verdict",
        ]
        let failed = verdicts.count { $0.outcome == .failed }
        let skipped = verdicts.count { $0.outcome == .skipped }
        let sum =
            "\(verdicts.count) verdicts: \(verdicts.count - failed - skipped) agree, \(failed) disagree, "
            + "\(skipped) skipped"
        return
            (TextTable(
                head, rows.map { row($0.value) }, leading: head.count, spare: ["where", "bound", "error"]
            ).lines + ["", sum]).joined(
                separator: "\n")
    }

    private func row(_ group: [Verdict]) -> [String] {
        func number(_ value: Double?) -> String {
            value.map { $0 == 0 ? "0" : String(format: "%.1e", $0) } ?? "-"
        }
        let worst =
            group.first { $0.outcome == .failed } ?? group.max { ($0.ratio ?? -1) < ($1.ratio ?? -1) }
            ?? group[0]
        let exact = worst.kind == .exact && worst.outcome == .passed
        let style = worst.outcome == .failed ? Terminal.Style.red : .green
        return [
            worst.ladder.rawValue, worst.implementation, worst.scalar.rawValue, worst.kind.rawValue,
            "\(group.count)",
            number(worst.error), exact ? "0" : number(worst.bound),
            worst.ratio.map { $0 > 100 ? "> 100" : String(format: "%.3f", $0) } ?? "-",
            exact
                ? ""
                : "\(worst.element ?? "") \(worst.name) \(([worst.m, worst.nx] + (worst.hidden ?? [])).map(String.init).joined(separator: "×"))",
            Terminal.styled(worst.outcome.rawValue, style, on: .output),
        ]
    }
}

/// `unlooped verify --every-float`: the vectorized functions at each of the 2³² values of `Float`.
private struct FloatSurvey {
    /// The greatest error that a function may have.
    static let greatestUlps = 2.0
    let json: Bool

    private struct Row: Encodable {
        let function: String
        let ulps: Double
        let argument: Float
        let mistakes, arguments: Int
        let holds: Bool
    }

    func run() throws -> ExitCode {
        // Several threads write it.
        let line = Mutex(ProgressLine())
        func survey(_ name: String) -> UlpSurvey {
            UlpSurvey { done in
                line.withLock { $0.update("\(name): \(Int(done * 100)) %") }
                return !Interrupt.isRequested
            }
        }
        var rows: [Row] = []
        func add(_ name: String, _ result: UlpSurveyResult) {
            rows.append(
                Row(
                    function: name, ulps: result.greatestError, argument: result.argumentOfGreatestError,
                    mistakes: result.specialValueMistakes, arguments: result.arguments,
                    holds: result.isComplete && result.holds(within: Self.greatestUlps)))
        }
        add("exp", survey("exp").exp { VectorMath.exp($0, into: $1) })
        add("log1p", survey("log1p").log1p { VectorMath.log1p($0, into: $1) })
        add("sigmoid", survey("sigmoid").sigmoid { VectorMath.sigmoid($0, into: $1) })
        for label in [Float(0), 1] {
            let result = survey("logistic, y = \(Int(label))").logistic(label: label) {
                VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
            }
            add("a, y = \(Int(label))", result.activation)
            add("L, y = \(Int(label))", result.loss)
        }
        line.withLock { $0.finish() }
        if json {
            print(try JSONText.line(rows))
        } else {
            let cells = rows.map {
                [
                    $0.function, "\($0.arguments)", String(format: "%.3f", $0.ulps), "\($0.argument)",
                    "\($0.mistakes)",
                ]
            }
            let head = ["function", "arguments", "ulp", "at", "wrong special values"]
            print(TextTable(head, cells).lines.joined(separator: "\n"))
        }
        if Interrupt.isRequested { return .interrupted }
        for row in rows where !row.holds {
            Terminal.fail("\(row.function) is not within \(Self.greatestUlps) ulp everywhere")
        }
        return rows.allSatisfy(\.holds) ? .success : .failure
    }
}
