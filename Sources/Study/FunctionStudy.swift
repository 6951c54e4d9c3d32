import Agreement
import Ladders
import Measurement
import Problems

/// The elementary functions on arrays in L1: how fast they are compared with Foundation's, and how exact.
package enum FunctionStudy {
    package static let rounds = 25

    #if DEBUG
    // A hundred times slower: enough to try the program itself.
    private static let (stride, arguments) = (100_003, 1 << 10)
    #else
    /// From one bit pattern of `Float` to the next, an odd number: four million arguments.
    private static let stride = 1009

    /// Random arguments in `Double`, each of which takes microseconds in extended precision.
    private static let arguments = 1 << 17
    #endif

    package static func results(
        _ scalars: [ScalarKind], rounds: Int = rounds, progress: (String) -> Void = { _ in }
    ) -> [FunctionResult]? {
        var results: [FunctionResult] = []
        for scalar in scalars {
            progress("timing exp, sigmoid and loss in \(scalar.rawValue)")
            let timed = times(scalar.type, rounds)
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
        return Interrupt.isRequested ? nil : results
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private static func times<Scalar: LaneScalar>(_: Scalar.Type, _ rounds: Int) -> CellResult? {
        let arrays = FunctionArrays<Scalar>()
        func contestant(_ name: String, _ passes: @escaping (Int) -> Void) -> Contestant {
            let rung = RungInfo(name, after: nil, "on an array in L1", sums: .running)
            return Contestant(rung: rung, work: Work(operations: 0, bytes: 0), steps: passes)
        }
        let settings = SamplerSettings(
            rounds: rounds, blocks: 1, minimumSampleNanoseconds: 2_000_000,
            maximumCellNanoseconds: 30_000_000_000)
        let cell = Cell(m: arrays.count, nx: 1, scalar: Scalar.kind, threads: 1)
        return Sampler(settings, seed: 1, isCancelled: { Interrupt.isRequested }).run(
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
            survey.logistic(label: label) { VectorMath.logistic($0, labels: $1, activations: $2, losses: $3) }
                .loss
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

    private static func doubleErrors() -> [String: Double]? {
        let sweep = UlpSweep(count: arguments, seed: 1)
        let losses = [0.0, 1].map { label in
            sweep.loss(label: label) { VectorMath.logistic($0, labels: $1, activations: $2, losses: $3) }
        }
        return [
            "exp": sweep.exp { VectorMath.exp($0, into: $1) },
            "sigmoid": sweep.sigmoid { VectorMath.sigmoid($0, into: $1) }, "loss": max(losses[0], losses[1]),
        ]
    }
}

/// Arrays that stay in L1, and the elementary functions on them: a vector at a time, and value by value
/// through Foundation.
final class FunctionArrays<Scalar: LaneScalar> {
    /// Values of an array: the four arrays have 16 KiB together, half of the smallest L1.
    let count = (4 << 10) / MemoryLayout<Scalar>.size
    private let z, y, a, losses: AlignedBuffer<Scalar>

    /// Arguments drawn at random from −8 to 8, which is where z lies in training, and labels.
    init() {
        var generator = SplitMix64(seed: 1)
        z = AlignedBuffer((0..<count).map { _ in Scalar(16 * generator.uniform() - 8) })
        y = AlignedBuffer((0..<count).map { _ in Scalar(generator.uniform() < 0.5 ? 0 : 1) })
        (a, losses) = (AlignedBuffer(zeros: count), AlignedBuffer(zeros: count))
    }

    /// e^z, so many times.
    func vectorExp(_ passes: Int) {
        for _ in 0..<passes { VectorMath.exp(UnsafeBufferPointer(z.elements), into: a.elements) }
    }

    /// σ(z), so many times.
    func vectorSigmoid(_ passes: Int) {
        for _ in 0..<passes { VectorMath.sigmoid(UnsafeBufferPointer(z.elements), into: a.elements) }
    }

    /// a and L, so many times.
    func vectorLoss(passes: Int) { for _ in 0..<passes { vectorLoss(of: count) } }

    /// a and L of `m` values, which are those of the arrays again and again.
    func vectorLoss(of m: Int) {
        var left = m
        while left > 0 {
            let part = 0..<min(left, count)
            VectorMath.logistic(
                UnsafeBufferPointer(rebasing: z.elements[part]),
                labels: UnsafeBufferPointer(rebasing: y.elements[part]),
                activations: UnsafeMutableBufferPointer(rebasing: a.elements[part]),
                losses: UnsafeMutableBufferPointer(rebasing: losses.elements[part]))
            left -= part.count
        }
    }

    /// e^z value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationExp(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { a.base[i] = Scalar.exp(z.base[i]) }
        }
    }

    /// σ(z) value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationSigmoid(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { a.base[i] = sigmoid(z.base[i]) }
        }
    }

    /// a and L value by value.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func foundationLoss(_ passes: Int) {
        for _ in 0..<passes {
            for i in 0..<count { (a.base[i], losses.base[i]) = logistic(z.base[i], label: y.base[i]) }
        }
    }
}
