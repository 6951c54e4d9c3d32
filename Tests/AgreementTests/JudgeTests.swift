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

@Suite("The judge")
struct JudgeTests {
    @Test("It accepts every implementation of the catalog, in both scalars")
    func acceptsTheCatalog() throws {
        let fixtures = [try Fixture.samples()]
        let verdicts =
            Judge<Float>(suite: suite).verdicts(on: LogisticLadder.rungs(Float.self), fixtures: fixtures)
            + Judge<Double>(suite: suite).verdicts(on: LogisticLadder.rungs(Double.self), fixtures: fixtures)
        for verdict in verdicts where verdict.outcome == .failed {
            Issue.record("\(verdict.place): \(verdict.message)")
        }
        #expect(Set(verdicts.map(\.implementation)) == Set(LogisticLadder.rungs.map(\.name)))
        #expect(Set(verdicts.map(\.kind)) == Set(Verdict.Kind.allCases).subtracting([.functions]))
        for verdict in verdicts where verdict.ratio.map({ $0 > 1 }) ?? false { Issue.record("\(verdict)") }
    }

    @Test("It accepts an honest implementation that it does not know")
    func acceptsTheHonest() {
        let verdicts = Judge<Double>(suite: .small).verdicts(on: [Blameless<Double>.rung])
        #expect(!verdicts.isEmpty && verdicts.allSatisfy { $0.outcome == .passed })
    }

    static func saboteurs<S: RealScalar>(_: S.Type) -> [Rung<S>] {
        [
            DropsLastSample<S>.rung, SkipsTailLanes<S>.rung, SkipsTailLanesForward<S>.rung,
            RepeatsTailOfBlock<S>.rung, WrongSign<S>.rung, ForgetsToDivide<S>.rung,
            MultipliesByReciprocal<S>.rung, KeepsScratch<S>.rung, UsesOldWeights<S>.rung,
            DoesNothing<S>.rung, LosesPartOfOneThread<S>.rung, SumsInOrderOfThreads<S>.rung,
            LiteralLoss<S>.rung, CancellingLoss<S>.rung, DropsProductForward<S>.rung,
            DropsProductBackward<S>.rung, TrapsNoNaN<S>.rung, FlushesSubnormals<S>.rung,
            ClampsTheSigmoid<S>.rung,
            RoundsSmallLosses<S>.rung, DropsNextBlock<S>.rung, RepeatsDerivativeOfBlock<S>.rung,
            ReadsBlockBackwards<S>.rung,
        ]
    }

    /// Small, with a shape for each of the things that can go wrong.
    static let sabotaged = Agreement.Suite(
        exact: [.init(1, 1), .init(2, 3), .init(17, 17), .init(33, 33), .init(700, 5)],
        bounded: [.init(3, 3), .init(37, 19)], numeric: [.init(5, 4)], hostile: [.init(19, 5)],
        threads: [.init(1100, 9)], threadCounts: [1, 2, 3, 7], drawnValues: 10_000)

    @Test("It rejects every saboteur in Float", arguments: 0..<saboteurs(Float.self).count)
    func rejectsInFloat(_ n: Int) throws { try expectRejection(of: Self.saboteurs(Float.self)[n]) }

    @Test("It rejects every saboteur in Double", arguments: 0..<saboteurs(Double.self).count)
    func rejectsInDouble(_ n: Int) throws { try expectRejection(of: Self.saboteurs(Double.self)[n]) }

    @Test("It rejects every saboteur that stores X in 16 bits", arguments: 0..<saboteurs(Float.self).count)
    func rejectsInSixteenBits(_ n: Int) throws {
        try expectRejection(of: sixteenBits(Self.saboteurs(Float.self)[n]))
    }

    @Test("It accepts an honest implementation that stores X in 16 bits, and none that does not say so")
    func knowsTheStorage() throws {
        let verdicts = Judge<Float>(suite: .small).verdicts(on: [sixteenBits(Blameless<Float>.rung)])
        #expect(!verdicts.isEmpty && verdicts.allSatisfy { $0.outcome == .passed })
        #expect(verdicts.contains { $0.name.hasSuffix(", as stored") })
        try expectRejection(of: RoundsInSecret.rung)
    }

    @Test("It rejects 16 bits that are not the nearest")
    func findsTruncation() throws { try expectRejection(of: Truncates.rung) }

    private func expectRejection<S: RealScalar>(of type: Rung<S>) throws {
        let verdicts = Judge<S>(suite: Self.sabotaged).verdicts(on: [type], fixtures: [try Fixture.samples()])
        let failed = verdicts.filter { $0.outcome == .failed }
        #expect(!failed.isEmpty, "\(type.name) went undetected")
        for verdict in failed.prefix(3) {
            #expect(verdict.place.contains("m=") && verdict.place.contains("seed="))
            #expect(verdict.message.contains("should be"))
        }
    }

    @Test(
        "Rungs name shapes of two and three blocks, as wide as a tile, and threaded ones shapes that are shared"
    )
    func namesShapes() {
        func check<S: LaneScalar>(_: S.Type, tile: Int) {
            for rung in LogisticLadder.rungs(S.self) {
                if ["pipelined", "team", "bfloat16"].contains(where: { rung.name.hasSuffix($0) }) {
                    // Blocks of at most 64 samples.
                    let whole = rung.shapes.filter { $0.nx == tile }.map(\.m)
                    #expect(whole.contains(128) && whole.contains(192), "\(rung.name)")
                    #expect(whole.contains { $0 > 192 && $0 % 64 != 0 }, "\(rung.name)")
                }
                #expect(rung.sharedShapes.isEmpty != rung.info.isThreaded, "\(rung.name)")
            }
        }
        check(Float.self, tile: 64)
        check(Double.self, tile: 32)
    }

    @Test("A path that only one shape takes is not seen unless the rung names that shape")
    func drawsShapes() {
        let named = ReadsBlockBackwards<Double>.rung
        let unnamed = Rung(named.info) {
            named.preparedBytes($0, threads: $1)
        } prepare: {
            named.prepare($0, threads: $1)
        }
        func failures(_ rung: Rung<Double>) -> [Verdict] {
            Judge(suite: Self.sabotaged).verdicts(on: [rung]).filter { $0.outcome == .failed }
        }
        #expect(failures(unnamed).isEmpty)
        #expect(failures(named).allSatisfy { $0.nx == BlockSaboteur<Double>.nx } && !failures(named).isEmpty)
    }

    @Test("Reading outside of the data ends the program, even if what is read does not count")
    func findsReadsOutside() async throws {
        await #expect(processExitsWith: .failure) { Self.judge(ReadsBeforeTheData<Float>.rung) }
        await #expect(processExitsWith: .failure) { Self.judge(ReadsBehindTheData<Double>.rung) }
        await #expect(processExitsWith: .success) { Self.judge(Blameless<Double>.rung) }
    }

    private static func judge<S: RealScalar>(_ rung: Rung<S>) {
        _ = Judge<S>(suite: sabotaged).verdicts(on: [rung])
    }

    @Test("The place of each trial is announced before it")
    func announces() {
        var places: [String] = []
        let verdicts = Judge<Float>(suite: .small).verdicts(on: [Blameless<Float>.rung]) { _, _ in
            places.count < 3
        } trying: {
            places.append($0)
        }
        #expect(places == verdicts.map(\.place) && places.count == 3)
    }

    @Test("Where asked for, the first case that an implementation fails ends the trial")
    func failsFast() {
        let verdicts = Judge<Float>(suite: .small).verdicts(on: [WrongSign<Float>.rung], failsFast: true)
        #expect(verdicts.count { $0.outcome == .failed } == 1 && verdicts.last?.outcome == .failed)
    }

    @Test("A threaded implementation that leaves all to one worker is never accepted as threaded")
    func findsASingleWorker() {
        let verdicts = Judge<Float>(suite: Self.sabotaged).verdicts(on: [LeavesAllToOneWorker<Float>.rung])
        let seen = verdicts.filter { $0.name == "several workers" }
        // Skipped where the machine is too busy to tell.
        #expect(!seen.isEmpty && seen.allSatisfy { $0.outcome != .passed })
    }

    @Test("A running sum in Float that is declared as blocks is found at many alike terms")
    func findsAWrongDeclaration() throws {
        // Σ of 300 000 equal terms: a running sum rounds each addition the same way.
        let m = 300_000
        let x = AlignedBuffer<Float>(zeros: m)
        for i in 0..<m { x.base[i] = 1 }
        let y = AlignedBuffer<Float>(zeros: m)
        let data = try Dataset(x: x, y: y, nx: 1)
        let model = Model<Float>(zeros: 1)
        let reference = Reference(data, model)
        func verdict(_ rung: Rung<Float>) -> Verdict {
            Judge.verdict(
                on: rung.prepare(data, threads: 1).gradient(at: model), by: rung.info, against: reference,
                seed: 0, threads: 1)
        }
        #expect(verdict(ClaimsBlocksButRuns.rung).outcome == .failed)
        #expect(verdict(Blameless.rung).outcome == .passed)
    }

    @Test("A cell's verdict has the error, the bound and their ratio")
    func judgesACell() throws {
        let data = try Dataset<Float>.synthetic(m: 50, nx: 7, seed: 3)
        let model = Model<Float>(w: [1, -1, 0.5, 0, 2, -2, 0.25], b: 0.5)
        let reference = Reference(data, model)
        for type in LogisticLadder.rungs(Float.self) {
            let verdict = Judge.verdict(
                on: type.prepare(data, threads: 2).gradient(at: model), by: type.info, against: reference,
                seed: 3, threads: 2)
            #expect(verdict.outcome == .passed)
            let (error, bound) = (try #require(verdict.error), try #require(verdict.bound))
            #expect(error >= 0 && bound > 0 && error <= bound)
        }
    }

    @Test("Cancelling ends the trial after the case at hand")
    func stops() {
        var calls = 0
        let verdicts = Judge<Float>(suite: .small).verdicts(on: [Blameless<Float>.rung]) { _, _ in
            calls += 1
            return calls < 2
        }
        #expect(calls == 2 && verdicts.count == 2)
    }
}
