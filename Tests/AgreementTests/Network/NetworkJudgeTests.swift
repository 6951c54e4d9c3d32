import Agreement
import Ladders
import Problems
import Testing

/// The suite that debug builds can afford; release builds try all shapes.
#if DEBUG
private let suite = Agreement.Suite.small
#else
private let suite = Agreement.Suite.standard
#endif

@Suite("The judge of networks")
struct NetworkJudgeTests {
    @Test("It accepts every rung of the ladder of networks, in both scalars")
    func acceptsTheLadder() throws {
        let fixtures = [try Fixture.samples()]
        let verdicts =
            Judge<Float>(suite: suite).verdicts(
                on: NetworkLadder.rungs(Float.self), of: .networks, fixtures: fixtures)
            + Judge<Double>(suite: suite).verdicts(
                on: NetworkLadder.rungs(Double.self), of: .networks, fixtures: fixtures)
        for verdict in verdicts where verdict.outcome != .passed && verdict.kind != .threads {
            Issue.record("\(verdict.place): \(verdict.message)")
        }
        #expect(Set(verdicts.map(\.implementation)) == Set(NetworkLadder.rungs.map(\.name)))
        #expect(verdicts.allSatisfy { $0.ladder == .networks })
        #expect(Set(verdicts.compactMap(\.activation)) == Set(Activation.allCases))
        #expect(verdicts.contains { $0.hidden == nil } && verdicts.contains { $0.name.hasPrefix("fixture") })
    }

    @Test("It accepts an honest implementation that it does not know")
    func acceptsTheHonest() throws {
        let fixtures = [try Fixture.samples()]
        func expectAcceptance<S: RealScalar>(_: S.Type) {
            let verdicts = Judge<S>(suite: .small).verdicts(
                on: [HonestNetwork<S>.rung], of: .networks, fixtures: fixtures)
            #expect(!verdicts.isEmpty)
            for verdict in verdicts where verdict.outcome != .passed {
                Issue.record("\(verdict.place): \(verdict.message)")
            }
        }
        expectAcceptance(Float.self)
        expectAcceptance(Double.self)
    }

    static func saboteurs<S: RealScalar>(_: S.Type) -> [Rung<S>] {
        [
            TransposesDA<S>.rung, UpdatesBeforeDA<S>.rung, DropsLastUnitOfDA<S>.rung,
            TakesSlopeOfNextLayer<S>.rung, ForgetsSlope<S>.rung, IsAliveAtZero<S>.rung,
            ForgetsSquareOfTanh<S>.rung, ForgetsHalfOfSigmoid<S>.rung, LeaksNothingBack<S>.rung,
            DoesNotDivideBias<S>.rung, MultipliesByReciprocalOfM<S>.rung, DividesEachTerm<S>.rung,
            CountsBiasTwice<S>.rung, DropsEdgeTileForward<S>.rung, DropsEdgeTileOfDW<S>.rung,
            SumsPadding<S>.rung, ReadsPaddingOfW<S>.rung, KeepsAccumulators<S>.rung, DoesNotReset<S>.rung,
            PacksWOnce<S>.rung, SwapsLayers<S>.rung, MissesLastSample<S>.rung, SumsOneBlockOnly<S>.rung,
            LosesDWOfOneThread<S>.rung, AddsInOrderOfThreads<S>.rung, LosesNaN<S>.rung,
            ForgetsHiddenBias<S>.rung, DerivesSquaredError<S>.rung, TakesOldInput<S>.rung,
            ClampsTanh<S>.rung, ApproximatesTanh<S>.rung, MixesUpOneWeight<S>.rung,
            DoesNothingAtAll<S>.rung, FailsOnOneShape<S>.rung,
        ]
    }

    /// Small, with a shape for each of the things that can go wrong.
    static let sabotaged = Agreement.Suite(
        exact: [], bounded: [], numeric: [], hostile: [], threads: [], threadCounts: [1, 2, 3, 7],
        networks: NetworkSuite(
            exact: [
                Shape(1, 1, hidden: [1]), Shape(7, 17, hidden: [9, 5]), Shape(33, 5, hidden: [3, 3, 3]),
            ],
            bounded: [Shape(5, 4, hidden: [6, 5]), Shape(41, 3, hidden: [3])],
            products: [Shape(1, 19, hidden: [13])], numeric: [], hostile: [Shape(9, 5, hidden: [6, 3])],
            threads: [Shape(601, 2, hidden: [3])], logistic: [Shape(17, 5)], drawnProducts: 20_000))

    @Test("It rejects every saboteur in Float", arguments: 0..<saboteurs(Float.self).count)
    func rejectsInFloat(_ n: Int) { expectRejection(of: Self.saboteurs(Float.self)[n]) }

    @Test("It rejects every saboteur in Double", arguments: 0..<saboteurs(Double.self).count)
    func rejectsInDouble(_ n: Int) { expectRejection(of: Self.saboteurs(Double.self)[n]) }

    private func expectRejection<S: RealScalar>(of rung: Rung<S>) {
        let verdicts = Judge<S>(suite: Self.sabotaged).verdicts(on: [rung], of: .networks)
        let failed = verdicts.filter { $0.outcome == .failed }
        #expect(!failed.isEmpty, "\(rung.name) went undetected")
        for verdict in failed.prefix(3) {
            #expect(verdict.place.hasPrefix("networks ") && verdict.message.contains("should be"))
        }
    }

    @Test("A path that only one shape takes is judged on the shape that the rung names")
    func drawsShapes() {
        let verdicts = Judge<Double>(suite: Self.sabotaged).verdicts(
            on: [FailsOnOneShape<Double>.rung], of: .networks)
        let failed = verdicts.filter { $0.outcome == .failed }
        #expect(!failed.isEmpty)
        #expect(failed.allSatisfy { $0.m == 37 && $0.nx == 11 && $0.hidden == [19] })
    }

    // MARK: Bounds that say something

    private static func problem<S: RealScalar>(
        _ shape: Shape, _ activation: Activation, _: S.Type
    ) throws -> Problem<S> {
        Problem(
            try Dataset<S>.synthetic(m: shape.m, nx: shape.nx, seed: 7),
            Network(hidden: shape.hidden, activation: activation))
    }

    /// Every shape of a judged cell that a debug build can afford, or all of them.
    private static var shapes: [Shape] {
        #if DEBUG
        suite.networks.bounded
        #else
        suite.networks.bounded + [
            Shape(209, 12_288, hidden: [7]), Shape(209, 12_288, hidden: [20, 7, 5]),
            Shape(2000, 784, hidden: [128]), Shape(128, 784, hidden: [512, 512]),
            Shape(5000, 28, hidden: [64, 64]), Shape(100_000, 2, hidden: [4]),
        ]
        #endif
    }

    @Test("Zeros for dW of any one layer are rejected on every judged shape", arguments: shapes)
    func rejectsZeros(_ shape: Shape) throws {
        func check<S: RealScalar>(_: S.Type) throws {
            for activation in Activation.allCases {
                let problem = try Self.problem(shape, activation, S.self)
                let model = Model(judging: problem, seed: 7)
                let reference = Reference(problem, model)
                func verdict(_ gradient: Gradient<S>) -> Verdict {
                    Judge.verdict(
                        on: gradient, by: HonestNetwork<S>.rung.info, against: reference, seed: 7, threads: 1)
                }
                #expect(verdict(reference.exactGradient).outcome == .passed)
                for (l, layer) in shape.layers.enumerated() {
                    var zeroed = reference.exactGradient
                    for j in layer.weights..<layer.biases { zeroed.derivatives[j] = 0 }
                    // All units of a layer may be dead: then zeros are right.
                    guard zeroed != reference.exactGradient else { continue }
                    #expect(
                        verdict(zeroed).outcome == .failed,
                        "\(shape) \(activation) \(S.kind): dW\(l + 1) = 0 passes")
                }
            }
        }
        try check(Float.self)
        try check(Double.self)
    }

    @Test(
        "No z of the judged data is so near a kink that rounding decides", arguments: suite.networks.bounded)
    func hasNoDoubtfulKinks(_ shape: Shape) throws {
        for activation in [Activation.relu, .leaky] {
            let problem = try Self.problem(shape, activation, Float.self)
            #expect(Reference(problem, Model(judging: problem, seed: 7)).doubtful == 0)
        }
    }

    @Test("z in doubt are counted, allowed for, and named in the verdict")
    func countsDoubtfulKinks() throws {
        let data = try Dataset<Float>(samples: [[1, 1], [2, 2], [-1, 3]], labels: [1, 0, 1])
        let problem = Problem(data, Network(hidden: [1]))
        // z is 0 for two samples, as the difference of 0.3 and 0.3.
        let model = Model<Float>(parameters: [0.3, -0.3, 0, 1, 0.5])
        let reference = Reference(problem, model)
        #expect(reference.doubtful == 2)
        let verdict = Judge.verdict(
            on: HonestNetwork<Float>.rung.prepare(problem, threads: 1).gradient(at: model),
            by: HonestNetwork<Float>.rung.info, against: reference, seed: 0, threads: 1)
        #expect(verdict.outcome == .passed && verdict.message.contains("2 z are so near"))
        #expect(verdict.ladder == .networks && verdict.hidden == [1])
    }

    @Test("A reference in Double for Double adds its own error, and agrees with the precise one")
    func isHonestAboutItself() throws {
        let problem = try Self.problem(Shape(300, 20, hidden: [30, 5]), .tanh, Double.self)
        let model = Model(judging: problem, seed: 1)
        let precise = Reference(problem, model)
        let rough = Reference(problem, model, isPrecise: false)
        let (bound, wide) = (ErrorBound(precise, .running), ErrorBound(rough, .running))
        #expect(zip(bound.derivatives, wide.derivatives).allSatisfy { $0 < $1 && $1 < 2.1 * $0 })
        #expect(Comparison(rough.exactGradient, precise, bound).holds)
        #expect(Comparison(precise.exactGradient, rough, wide).holds)
    }

    @Test("The worst case is never below the likely one where sums are long")
    func isOrdered() throws {
        let problem = try Self.problem(Shape(50, 400, hidden: [100]), .tanh, Float.self)
        let model = Model(judging: problem, seed: 1)
        let likely = ErrorBound(Reference(problem, model), .running)
        let worst = ErrorBound(Reference(problem, model, rounding: .worst), .running)
        #expect(zip(likely.derivatives, worst.derivatives).allSatisfy { $0 < $1 })
    }

    // MARK: Training

    @Test("Two hundred steps end where NumPy does, to ten digits", arguments: [0, 1])
    func trainsLikeNumPy(_ n: Int) throws {
        let run = try Fixture.networkRuns()[n]
        let data = try Dataset<Double>(samples: run.x, labels: run.y)
        let problem = Problem(data, Network(hidden: run.hidden, activation: run.activation))
        func isClose(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-10 * abs(b) }
        for rung in NetworkLadder.rungs(Double.self) {
            let prepared = rung.prepare(problem, threads: 3)
            var model = Model(parameters: run.start)
            var gradient = prepared.gradient(at: model)
            #expect(isClose(gradient.J, run.J[0]), "\(rung.name)")
            for _ in 0..<run.steps {
                prepared.step(&model, learningRate: run.learningRate, scratch: &gradient)
            }
            #expect(isClose(prepared.gradient(at: model).J, run.J[1]), "\(rung.name)")
            for (parameter, expected) in zip(model.parameters, run.end) {
                #expect(isClose(parameter, expected), "\(rung.name)")
            }
        }
    }

    // MARK: Numeric derivatives

    @Test("A derivative across a kink is left out of the numeric gradient and counted")
    func skipsKinks() throws {
        let data = try Dataset<Double>(samples: [[1, 1], [2, 0.5]], labels: [1, 0])
        let problem = Problem(data, Network(hidden: [2]))
        // z of unit 0 is 0 for the first sample: its weights and bias are on a kink, all others are not.
        let model = Model<Double>(parameters: [1, -1, 0.5, 0.25, 0, 0.1, 1, -1, 0])
        let numeric = NumericGradient(problem, model)
        #expect(numeric.skipped == [0, 1, 4])
        #expect(numeric.derivatives.count == 9)
        // Whatever is computed for those passes, and for no others.
        var gradient = HonestNetwork<Double>.rung.prepare(problem, threads: 1).gradient(at: model)
        func check() -> GradientCheck {
            GradientCheck(gradient, problem, model, sums: .running)
        }
        gradient.derivatives[1] += 1
        #expect(check().holds && check().skipped == 3)
        gradient.derivatives[2] += 1e-9
        #expect(!check().holds)
    }
}
