import LogisticRegression
import Testing

import Measurement

@Suite("The sampler lets implementations take turns")
struct SamplerTests {
    let cell = Cell(m: 10, nx: 3, scalar: .double, threads: 1)
    let settings = SamplerSettings(rounds: 8, minimumSampleNanoseconds: 1000)

    @Test("Each has a sample in each round, at a place that changes from round to round")
    func rounds() throws {
        let (one, two) = (FakeImplementation(), SecondFake())
        let result = Sampler(settings, seed: 7).run(
            cell, [Contestant(one, verdict: nil), Contestant(two, verdict: nil)])
        #expect(result.end == .completed)
        #expect(result.rungs.map { $0.rung } == ["fake.one", "fake.two"])
        for rung in result.rungs {
            #expect(rung.samples.map { $0.round } == Array(0..<8))
            #expect(Set(rung.samples.map { $0.position }) == [0, 1])
            #expect(rung.samples.allSatisfy { $0.nanoseconds > 0 && $0.steps >= 1 })
            #expect(Set(rung.samples.map { $0.steps }).count == 1)
        }
        for round in 0..<8 {
            #expect(Set(result.rungs.map { $0.samples[round].position }) == [0, 1])
        }
        #expect(result.rungs[0].preparedBytes == 64)
        #expect(result.rungs[0].work.operations == 120)
        #expect(result.reference?.rung == "fake.one")
        #expect(result.factorOverPrevious(result.rungs[1])?.rounds == 8)
        #expect(result.factorOverPrevious(result.rungs[0]) == nil)
    }

    @Test("The order follows from the seed")
    func seed() {
        func order(_ seed: UInt64) -> [Int] {
            let result = Sampler(settings, seed: seed).run(
                cell,
                [Contestant(FakeImplementation(), verdict: nil), Contestant(SecondFake(), verdict: nil)])
            return result.rungs[0].samples.map { $0.position }
        }
        #expect(order(1) == order(1))
        #expect(Set((0..<20).map(order)).count > 1)
    }

    @Test("Every sample starts from w = 0, b = 0, and one step before it does not count")
    func start() {
        let one = FakeImplementation()
        let settings = SamplerSettings(rounds: 3, minimumSampleNanoseconds: 1)
        let result = Sampler(settings, seed: 1).run(cell, [Contestant(one, verdict: nil)])
        let steps = result.rungs[0].samples[0].steps
        #expect(steps == 1)
        // A warm-up of one step, and for each sample a step before it and its own.
        #expect(one.log.calls == 1 + 3 * (1 + steps))
        #expect(one.log.starts == 1 + 3 * 2)
    }

    @Test("A sample has as many steps as its time needs")
    func steps() {
        let settings = SamplerSettings(rounds: 1, minimumSampleNanoseconds: 2_000_000)
        let result = Sampler(settings, seed: 1).run(cell, [Contestant(SecondFake(), verdict: nil)])
        #expect((result.rungs[0].samples.first?.steps ?? 0) > 1)
    }

    @Test("One whose step takes too long is skipped, with the reason")
    func slow() {
        let settings = SamplerSettings(rounds: 3, maximumStepNanoseconds: 0)
        let result = Sampler(settings, seed: 1).run(cell, [Contestant(SecondFake(), verdict: nil)])
        #expect(result.rungs.count == 1)
        #expect(result.rungs[0].samples.isEmpty)
        #expect(result.rungs[0].stepTime == nil)
        #expect(result.rungs[0].skipped?.contains("more than the limit of") == true)
    }

    @Test("One that the judge rejected has no time, and keeps its verdict")
    func rejected() {
        let verdict = CellVerdict(error: 2, bound: 1, ratio: 2, passed: false, element: "db")
        let one = FakeImplementation()
        let result = Sampler(settings, seed: 1).run(
            cell, [Contestant(one, verdict: verdict), Contestant(SecondFake(), verdict: nil)])
        #expect(result.rungs[0].verdict == verdict)
        #expect(result.rungs[0].samples.isEmpty)
        #expect(one.log.calls == 0)
        #expect(result.reference?.rung == "fake.two")
    }

    @Test("When the cell's time is over, the first round is finished and the result says so")
    func budget() {
        var settings = settings
        settings.maximumCellNanoseconds = 0
        let result = Sampler(settings, seed: 1).run(
            cell, [Contestant(FakeImplementation(), verdict: nil), Contestant(SecondFake(), verdict: nil)])
        #expect(result.budgetEnded)
        #expect(result.rungs.map { $0.samples.count } == [1, 1])
    }

    @Test("It can be cancelled between two samples, and keeps those that it has")
    func cancel() {
        var told: [SamplerProgress] = []
        let sampler = Sampler<Double>(
            settings, seed: 1, isCancelled: { told.count == 4 }, progress: { told.append($0) })
        let result = sampler.run(cell, [Contestant(FakeImplementation(), verdict: nil)])
        #expect(result.end == .interrupted)
        #expect(result.rungs[0].samples.count == 3)
        #expect(told.map { $0.round } == [nil, 0, 1, 2])

        let never = Sampler<Double>(settings, seed: 1, isCancelled: { true })
        let empty = never.run(cell, [Contestant(FakeImplementation(), verdict: nil)])
        #expect(empty.end == .interrupted)
        #expect(empty.rungs[0].skipped == "interrupted before its first sample")
    }
}
