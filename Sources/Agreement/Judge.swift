import Problems

/// Holds rungs to the reference: the one harness that tests, `verify` and every timing share.
package struct Judge<Scalar: RealScalar>: Sendable {
    let suite: Suite

    /// Where random data come from.
    let seed: UInt64

    /// A judge that tries the cases of a suite.
    package init(suite: Suite, seed: UInt64 = 1) {
        (self.suite, self.seed) = (suite, seed)
    }

    /// Tries every case on every rung, with protected pages around all buffers: a rung that reads or writes outside of
    /// them ends the program.
    ///
    /// - Parameters:
    ///   - ladder: the one that the rungs are of, which decides the cases.
    ///   - fixtures: values computed outside of Swift, to compare with as well.
    ///   - failsFast: whether the first case that a rung fails ends the trial.
    ///   - progress: called after each case, with the fraction done; false ends the trial there.
    ///   - trying: called before a rung is tried, with the place (`Verdict.place`), in case the program ends there.
    /// - Returns: the verdicts of each case on each rung, in that order.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func verdicts(
        on rungs: [Rung<Scalar>], of ladder: Verdict.Ladder = .logistic, fixtures: [Fixture] = [],
        failsFast: Bool = false, progress: (_ done: Double, _ name: String) -> Bool = { _, _ in true },
        trying: (_ place: String) -> Void = { _ in }
    ) -> [Verdict] {
        let cases =
            ladder == .logistic ? self.cases(for: rungs, fixtures) : networkCases(for: rungs, fixtures)
        var verdicts: [Verdict] = []
        for (i, one) in cases.enumerated() {
            // Of neighbouring cases on one shape one has the protected page in front and one behind.
            let found = Fence.with(i.isMultiple(of: 2) ? .behind : .before) {
                one.verdicts(on: rungs, trying: trying)
            }
            verdicts += found
            guard progress(Double(i + 1) / Double(cases.count), one.title) else { break }
            if failsFast, found.contains(where: { $0.outcome == .failed }) { break }
        }
        return verdicts
    }

    /// Tries the bounded cases on something that is no Swift type, such as a program in another language: its own
    /// order of summation and of division is within the bounds.
    ///
    /// - Parameters:
    ///   - rung: its name, and how it sums.
    ///   - ladder: whose shapes it is tried on.
    ///   - threads: how many it uses.
    ///   - progress: called after each problem, with the fraction done; false ends the trial there.
    ///   - gradients: J and the derivatives at each of some models of a problem; nil ends the trial there.
    /// - Returns: a verdict for each problem and model until the end.
    package func boundedVerdicts(
        on rung: RungInfo, of ladder: Verdict.Ladder = .logistic, threads: Int,
        progress: (_ done: Double) -> Bool = { _ in true },
        gradients: (_ problem: Problem<Scalar>, _ models: [Model<Scalar>]) -> [Gradient<Scalar>]?
    ) -> [Verdict] {
        let shapes = ladder == .logistic ? suite.bounded : suite.networks.bounded
        let trials = shapes.enumerated().flatMap { n, shape in
            let seed = seed &+ UInt64(n)
            let activations = shape.hidden.isEmpty ? [.relu] : activations(for: shape, seed: seed)
            return activations.map { (shape, $0, seed) }
        }
        var verdicts: [Verdict] = []
        for (n, (shape, activation, seed)) in trials.enumerated() {
            let problem = Case<Scalar>.problem(shape, activation, seed: seed)
            let models = Case<Scalar>.scales.map { Model(judging: problem, seed: seed, scale: $0) }
            guard let answers = gradients(problem, models) else { break }
            for (scale, (model, gradient)) in zip(Case<Scalar>.scales, zip(models, answers)) {
                let one = Case<Scalar>.random(shape, activation, seed: seed, scale: scale, threads: threads)
                verdicts.append(
                    one.on(ladder).verdict(on: gradient, by: rung, against: Reference(problem, model)))
            }
            guard progress(Double(n + 1) / Double(trials.count)) else { break }
        }
        return verdicts
    }

    /// The verdict on a gradient of the caller's own data, computed by something that sums as `rung` says: every
    /// timing is preceded by it.
    ///
    /// - Parameter gradient: J and the derivatives, at the model of the reference.
    package static func verdict(
        on gradient: Gradient<Scalar>, by rung: RungInfo, against reference: Reference<Scalar>, seed: UInt64,
        threads: Int
    ) -> Verdict {
        Case<Scalar>(.bounded, "cell", reference.shape, seed: seed, threads: threads)
            .on(reference.shape.hidden.isEmpty ? .logistic : .networks)
            .verdict(on: gradient, by: rung, against: reference)
    }

    private func cases(for rungs: [Rung<Scalar>], _ fixtures: [Fixture]) -> [Case<Scalar>] {
        let processors = suite.threadCounts.max() ?? 1
        func exact(_ shape: Shape, _ seed: UInt64) -> [Case<Scalar>] {
            [.exactBackward(shape, seed: seed, threads: processors)]
                + [1, -1].map { .exactForward(shape, seed: seed, bias: $0, threads: processors) }
        }
        return each(suite.exact, exact)
            + drawn(rungs, \.shapes, upTo: suite.drawnValues) { shape, seed in
                exact(shape, seed) + [.random(shape, seed: seed, scale: 1, threads: processors)]
            }
            + each(suite.bounded) { shape, seed in
                Case<Scalar>.scales.map { .random(shape, seed: seed, scale: $0, threads: processors) }
            }
            + suite.numeric.map { .numericGradient($0, seed: seed) }
            + fixtures.flatMap { Case.fixture($0) }
            + each(suite.hostile) { Case.hostile($0, seed: $1) }
            + suite.threads.map { .threads($0, seed: seed, counts: suite.threadCounts) }
            + drawn(rungs, \.sharedShapes, upTo: suite.drawnValues) { shape, seed in
                exact(shape, seed)
                    + [.threads(shape, seed: seed, counts: suite.threadCounts, seesWorkers: false)]
            }
    }
}

extension Judge {
    /// Cases on each of some shapes.
    func each(_ shapes: [Shape], _ cases: (Shape, UInt64) -> [Case<Scalar>]) -> [Case<Scalar>] {
        shapes.enumerated().flatMap { cases($1, seed &+ UInt64($0)) }
    }

    /// Cases on the shapes that rungs name, each for those that name it.
    ///
    /// - Parameter most: how many values of X, or products of a sample's and a weight, a shape may have at most.
    func drawn(
        _ rungs: [Rung<Scalar>], _ shapes: (Rung<Scalar>) -> [Shape], upTo most: Int,
        _ cases: (Shape, UInt64) -> [Case<Scalar>]
    ) -> [Case<Scalar>] {
        var names: [Shape: Set<String>] = [:]
        var order: [Shape] = []
        for rung in rungs where most > 0 {
            for shape in shapes(rung) where shape.products <= most {
                if names[shape] == nil { order.append(shape) }
                names[shape, default: []].insert(rung.name)
            }
        }
        return each(order) { shape, seed in
            cases(shape, seed).map { $0.limited(to: names[shape, default: []]) }
        }
    }
}

extension Shape {
    /// m·Σ n⁽ˡ⁾n⁽ˡ⁻¹⁾: the products of one pass forward.
    var products: Int { m * layers.reduce(0) { $0 + $1.units * $1.inputs } }
}

/// One case: data and a model, and what must come of them.
struct Case<Scalar: RealScalar> {
    /// How to judge one rung, once data and reference are made.
    typealias Trial = (Rung<Scalar>) -> [Finding]

    let kind: Verdict.Kind
    let name: String
    let shape: Shape
    let activation: Activation

    /// The ladder of the rungs that it is for.
    private(set) var ladder = Verdict.Ladder.logistic

    /// The seed of the data; 0 where nothing is random.
    let seed: UInt64

    /// How many may work at the same time.
    let threads: Int

    private let onlyThreaded: Bool
    /// The names of the rungs that it is for; nil where it is for all.
    private var names: Set<String>?
    private let prepare: () -> Trial

    /// - Parameters:
    ///   - onlyThreaded: whether it is for threaded rungs only.
    ///   - prepare: makes data and reference, once for all rungs.
    init(
        _ kind: Verdict.Kind, _ name: String, _ shape: Shape, activation: Activation = .relu,
        seed: UInt64 = 0, threads: Int = 1, onlyThreaded: Bool = false,
        prepare: @escaping () -> Trial = { { _ in [] } }
    ) {
        self.activation = activation
        (self.kind, self.name, self.shape, self.seed, self.threads) = (kind, name, shape, seed, threads)
        (self.onlyThreaded, self.prepare) = (onlyThreaded, prepare)
    }

    /// Its title in a line of progress.
    var title: String { kind == .threads ? name : "\(kind.rawValue) \(name)" }

    func verdicts(on rungs: [Rung<Scalar>], trying: (_ place: String) -> Void = { _ in }) -> [Verdict] {
        let rungs = rungs.filter {
            ($0.info.isThreaded || !onlyThreaded) && names?.contains($0.name) ?? true
        }
        guard !rungs.isEmpty else { return [] }
        let trial = prepare()
        return rungs.flatMap { rung in
            trying(Verdict(self, rung.info, Finding(.skipped)).place)
            return trial(rung).map { Verdict(self, rung.info, $0) }
        }
    }

    /// The same for the rungs of these names only.
    func limited(to names: Set<String>) -> Case {
        var result = self
        result.names = names
        return result
    }

    /// The same for rungs of another ladder.
    func on(_ ladder: Verdict.Ladder) -> Case {
        var result = self
        result.ladder = ladder
        return result
    }

    /// The verdict on a gradient that was computed elsewhere.
    func verdict(on gradient: Gradient<Scalar>, by rung: RungInfo, against reference: Reference<Scalar>)
        -> Verdict
    {
        Verdict(self, rung, Finding(gradient, reference, rung.sums, rung.storage))
    }

    /// Standard-normal features.
    static func synthetic(_ shape: Shape, seed: UInt64) -> Dataset<Scalar> {
        do {
            return try Dataset.synthetic(m: shape.m, nx: shape.nx, seed: seed)
        } catch {
            preconditionFailure("synthetic data of \(shape): \(error)")
        }
    }

    /// A network on them.
    static func problem(_ shape: Shape, _ activation: Activation, seed: UInt64) -> Problem<Scalar> {
        Problem(synthetic(shape, seed: seed), Network(hidden: shape.hidden, activation: activation))
    }
}

/// Which cases the judge tries, and on which shapes.
package struct Suite: Sendable {
    /// For the exact cases and for the bounded ones.
    let exact, bounded: [Shape]
    /// For numeric differences: n_x + 1 references each, so small ones.
    let numeric: [Shape]
    let hostile: [Shape]
    /// For the number of threads: large enough that threaded rungs split them.
    let threads: [Shape]
    /// The numbers of threads that are compared.
    let threadCounts: [Int]
    /// Each rung is also tried on the shapes that take its paths, where X has at most so many values.
    let drawnValues: Int
    /// The shapes on which the rungs of the ladder of networks are tried.
    package let networks: NetworkSuite

    /// A suite of your own.
    package init(
        exact: [Shape], bounded: [Shape], numeric: [Shape], hostile: [Shape], threads: [Shape],
        threadCounts: [Int], drawnValues: Int = 0, networks: NetworkSuite = .small
    ) {
        (self.exact, self.bounded, self.numeric) = (exact, bounded, numeric)
        (self.hostile, self.threads, self.threadCounts) = (hostile, threads, threadCounts)
        (self.drawnValues, self.networks) = (drawnValues, networks)
    }

    /// Whether functions are tried on arrays of every length.
    var isThorough: Bool { drawnValues == .max }

    /// A few shapes of each kind, for the beginning of a study, and the small ones of each rung.
    package static let quick = few(threads: Shape(4100, 501), drawnValues: 8_500, networks: .quick)

    /// A few with little work in the cases of threads: for debug builds, where everything takes long.
    package static let small = few(threads: Shape(65, 2001), drawnValues: 0, networks: .small)

    private static func few(threads: Shape, drawnValues: Int, networks: NetworkSuite) -> Suite {
        Suite(
            exact: [
                Shape(1, 1), Shape(2, 3), Shape(7, 17), Shape(15, 16), Shape(17, 5), Shape(33, 31),
                Shape(48, 65), Shape(300, 64), Shape(300, 257),
            ],
            bounded: [Shape(1, 1), Shape(3, 33), Shape(16, 16), Shape(37, 7), Shape(1031, 3)],
            numeric: [Shape(5, 4)],
            hostile: [Shape(1, 1), Shape(19, 5)],
            threads: [threads],
            threadCounts: [1, 2, 3, 7],
            drawnValues: drawnValues,
            networks: networks)
    }

    /// Tails of every length, a few shapes of every size, and all shapes that take the paths of a rung.
    package static let standard = Suite(
        exact: everyTail + edges,
        bounded: [
            Shape(1, 1), Shape(1, 100), Shape(100, 1), Shape(3, 33), Shape(16, 16), Shape(37, 7),
            Shape(257, 129), Shape(1031, 3), Shape(4099, 31), Shape(20_011, 8), Shape(5, 12_288),
            Shape(1030, 1100), Shape(60_001, 33), Shape(250_007, 3), Shape(301, 9001), Shape(9_001, 257),
        ],
        numeric: [Shape(1, 1), Shape(5, 4), Shape(40, 17)],
        hostile: [Shape(1, 1), Shape(1, 40), Shape(40, 1), Shape(19, 5), Shape(130, 35)],
        threads: [Shape(60_001, 33), Shape(301, 9001)],
        threadCounts: [1, 2, 3, 7],
        drawnValues: .max,
        networks: .standard)

    /// m and n_x from 1 to 33, each with all of the other that make a difference.
    private static let everyTail: [Shape] =
        (1...33).flatMap { n in
            [1, 2, 7, 8, 9, 15, 16, 17, 33].flatMap { [Shape(n, $0), Shape($0, n)] }
        }.reduce(into: []) { shapes, shape in if !shapes.contains(shape) { shapes.append(shape) } }

    /// Around vectors of features, blocks of samples and chunks of 1024, for those that name no shapes.
    private static let edges: [Shape] = [
        Shape(10, 63), Shape(10, 65), Shape(21, 127), Shape(21, 129), Shape(300, 32), Shape(300, 64),
        Shape(300, 128), Shape(1023, 5), Shape(1024, 5), Shape(1025, 5), Shape(2047, 2), Shape(2049, 18),
        Shape(4097, 3),
    ]
}
