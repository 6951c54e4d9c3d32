import Agreement
import Ladders
import Problems
import Measurement

/// The elementary functions on arrays in L1: how fast they are beside Foundation's, and how exact.
enum FunctionStudy {
    /// Rounds where none are asked for.
    static let rounds = 25

    #if DEBUG
    // A hundred times slower: enough to try the program itself.
    private static let (stride, arguments) = (100_003, 1 << 10)
    #else
    /// From one bit pattern of `Float` to the next, an odd number: four million arguments.
    private static let stride = 1009

    /// Random arguments in `Double`, each of which takes microseconds in extended precision.
    private static let arguments = 1 << 17
    #endif

    /// The results for the scalars of a plan; nil where it was cancelled.
    static func results(for plan: Plan, isCancelled: @escaping () -> Bool) -> [FunctionResult]? {
        Terminal.note("timing exp, sigmoid and the loss beside Foundation's")
        let scalars = ScalarKind.allCases.filter { kind in plan.cells.contains { $0.scalar == kind } }
        return results(scalars, isCancelled: isCancelled)
    }

    /// The results; nil where it was cancelled.
    static func results(
        _ scalars: [ScalarKind], rounds: Int = rounds, isCancelled: @escaping () -> Bool,
        progress: (String) -> Void = { _ in }
    ) -> [FunctionResult]? {
        var results: [FunctionResult] = []
        for scalar in scalars {
            progress("timing exp, sigmoid and loss in \(scalar.rawValue)")
            let timed =
                switch scalar {
                case .float: times(Float.self, rounds, isCancelled)
                case .double: times(Double.self, rounds, isCancelled)
                }
            progress("looking for their greatest errors in \(scalar.rawValue)")
            guard let timed, let errors = scalar == .float ? floatErrors() : doubleErrors() else {
                return nil
            }
            results += ["exp", "sigmoid", "loss"].map { name in
                func samples(_ kind: String) -> [Sample] { timed.rung(kind + name)?.samples ?? [] }
                return FunctionResult(
                    function: name, scalar: scalar, values: timed.cell.m, vectorSamples: samples("vector."),
                    foundationSamples: samples("foundation."), greatestUlps: errors[name] ?? .infinity,
                    arguments: scalar == .float ? ((1 << 32) + stride - 1) / stride : arguments)
            }
        }
        return isCancelled() ? nil : results
    }

    /// All six, in turns.
    private static func times<Scalar: LaneScalar>(
        _: Scalar.Type, _ rounds: Int, _ isCancelled: @escaping () -> Bool
    ) -> CellResult? {
        let arrays = FunctionArrays<Scalar>()
        func contestant(_ name: String, _ passes: @escaping (Int) -> Void) -> Contestant {
            let rung = RungInfo(name, after: nil, "on an array in L1", sums: .running)
            return Contestant(rung: rung, work: Work(operations: 0, bytes: 0), steps: passes)
        }
        let settings = SamplerSettings(
            rounds: rounds, blocks: 1, minimumSampleNanoseconds: 2_000_000,
            maximumCellNanoseconds: 30_000_000_000)
        let cell = Cell(m: arrays.count, nx: 1, scalar: Scalar.kind, threads: 1)
        return Sampler(settings, seed: 1, isCancelled: isCancelled).run(
            cell,
            [
                contestant("vector.exp", arrays.vectorExp),
                contestant("foundation.exp", arrays.foundationExp),
                contestant("vector.sigmoid", arrays.vectorSigmoid),
                contestant("foundation.sigmoid", arrays.foundationSigmoid),
                contestant("vector.loss", arrays.vectorLoss(passes:)),
                contestant("foundation.loss", arrays.foundationLoss),
            ])
    }

    /// The greatest errors in ulp by function; nil where Ctrl-C ended it.
    private static func floatErrors() -> [String: Double]? {
        let survey = UlpSurvey(stride: stride) { _ in !Interrupt.isRequested }
        let losses = [Float(0), 1].map { label in
            survey.logistic(label: label) {
                VectorMath.logistic($0, labels: $1, activations: $2, losses: $3)
            }.loss
        }
        let found =
            [
                ("exp", survey.exp { VectorMath.exp($0, into: $1) }),
                ("sigmoid", survey.sigmoid { VectorMath.sigmoid($0, into: $1) }),
            ] + losses.map { ("loss", $0) }
        guard found.allSatisfy({ $0.1.isComplete }) else { return nil }
        return Dictionary(
            found.map { ($0, $1.specialValueMistakes == 0 ? $1.greatestError : .infinity) },
            uniquingKeysWith: max)
    }

    /// The same in `Double`.
    private static func doubleErrors() -> [String: Double]? {
        let sweep = UlpSweep(count: arguments, seed: 1)
        let losses = [0.0, 1].map { label in
            sweep.loss(label: label) { VectorMath.logistic($0, labels: $1, activations: $2, losses: $3) }
        }
        return [
            "exp": sweep.exp { VectorMath.exp($0, into: $1) },
            "sigmoid": sweep.sigmoid { VectorMath.sigmoid($0, into: $1) },
            "loss": max(losses[0], losses[1]),
        ]
    }
}
