import Problems
import Testing

import Measurement

@Suite("The sampler lets implementations take turns")
struct SamplerTests {
    let cell = Cell(m: 10, nx: 3, scalar: .double, threads: 1)
    let settings = SamplerSettings(rounds: 8, blocks: 1, minimumSampleNanoseconds: 1000)

    func contestant(_ rung: Rung<Double>, _ verdict: CellVerdict? = nil) -> Contestant {
        rung.contestant(in: cell, verdict)
    }

    /// The rounds with samples, each once: the machine may disturb some, which are taken again.
    func rounds(_ rung: RungResult) -> [Int] { Set(rung.samples.map { $0.round }).sorted() }

    @Test("Each has a sample in each round, at a place that changes from round to round")
    func rounds() throws {
        let all = [contestant(.fake()), contestant(.secondFake)]
        let result = try #require(Sampler(settings, seed: 7).run(cell, all))
        #expect(!result.budgetEnded)
        #expect(result.rungs.map { $0.rung } == ["fake.one", "fake.two"])
        for rung in result.rungs {
            #expect(rounds(rung) == Array(0..<8))
            #expect(Set(rung.samples.map { $0.position }) == [0, 1])
            #expect(rung.samples.allSatisfy { $0.nanoseconds > 0 && $0.steps >= 1 && $0.block == 0 })
            #expect(Set(rung.samples.map { $0.steps }).count == 1)
        }
        for round in 0..<8 {
            let places = result.rungs.flatMap { $0.samples.filter { $0.round == round }.map { $0.position } }
            #expect(Set(places) == [0, 1])
        }
        #expect(result.blocks.map { $0.rounds } == [8])
        #expect(result.rungs[0].preparedBytes == 64)
        #expect(result.rungs[0].work.operations == 120)
        #expect(result.reference?.rung == "fake.one")
        #expect(result.factorOverPrevious(result.rungs[1])?.blocks == 1)
        #expect(result.factorOverPrevious(result.rungs[0]) == nil)
    }

    @Test("The order follows from the seed, and is another one in each block")
    func seed() throws {
        func order(_ seed: UInt64, block: Int = 0) throws -> [Int] {
            var settings = settings
            (settings.rounds, settings.blocks) = (16, 2)
            let all = [contestant(.fake()), contestant(.secondFake)]
            let result = try #require(Sampler(settings, block: block, seed: seed).run(cell, all))
            // One that was disturbed, and taken again, has the same place each time.
            return rounds(result.rungs[0]).compactMap { round in
                result.rungs[0].samples.first { $0.round == round }?.position
            }
        }
        #expect(try order(1) == order(1))
        #expect(Set(try (0..<20).map { try order($0) }).count > 1)
        #expect(Set(try (0..<20).map { try order($0) == order($0, block: 1) }).contains(false))
    }

    @Test("Blocks share out the rounds, and number them through")
    func blocks() throws {
        var settings = settings
        (settings.rounds, settings.blocks) = (7, 3)
        #expect((0..<3).map { settings.rounds(inBlock: $0) } == [0..<2, 2..<4, 4..<7])
        settings.rounds = 1
        #expect((0..<3).map { settings.rounds(inBlock: $0) } == [0..<1, 1..<2, 2..<3])
        settings.rounds = 7
        var whole = CellResult(cell: cell, rungs: [])
        for block in 0..<3 {
            let sampler = Sampler(settings, block: block, isFreshProcess: block == 2, seed: 1)
            whole.add(try #require(sampler.run(cell, [contestant(.secondFake)])))
        }
        #expect(rounds(whole.rungs[0]) == Array(0..<7))
        for sample in whole.rungs[0].samples {
            #expect(settings.rounds(inBlock: sample.block).contains(sample.round))
        }
        #expect(whole.blocks.map { $0.isFreshProcess } == [false, false, true])
        #expect(whole.rungs[0].samples.blockMedians.keys.sorted() == [0, 1, 2])
    }

    @Test("Every sample starts from w = 0, b = 0, and one step before it does not count")
    func start() throws {
        let one = StepLog()
        let settings = SamplerSettings(rounds: 3, blocks: 1, minimumSampleNanoseconds: 1)
        var ran: [Int] = []
        let seen = contestant(.fake(one))
        let spy = Contestant(rung: seen.rung, work: seen.work) { steps in
            ran.append(steps)
            _ = try? seen.run(steps)
        }
        let result = try #require(Sampler(settings, seed: 1).run(cell, [spy]))
        #expect(rounds(result.rungs[0]) == [0, 1, 2] && result.rungs[0].samples.allSatisfy { $0.steps == 1 })
        // Behind the warm-up: before each sample a step, and then its own.
        #expect(ran.suffix(6).allSatisfy { $0 == 1 })
        #expect(one.calls == ran.reduce(0, +))
        #expect(one.starts == ran.count)
    }

    @Test("A sample has as many steps as its time needs")
    func steps() throws {
        let settings = SamplerSettings(rounds: 1, blocks: 1, minimumSampleNanoseconds: 2_000_000)
        let result = try #require(Sampler(settings, seed: 1).run(cell, [contestant(.secondFake)]))
        #expect((result.rungs[0].samples.first?.steps ?? 0) > 1)
    }

    @Test("One whose step takes too long is skipped, with the reason, and has no controls")
    func slow() throws {
        let settings = SamplerSettings(rounds: 3, blocks: 1, maximumCellNanoseconds: 0)
        var known: [String: Double]?
        let result = try #require(
            Sampler(settings, seed: 1).run(cell, [contestant(.secondFake)]) {
                known = $0
                return []
            })
        #expect(known?.isEmpty == true)
        #expect(result.rungs.count == 1)
        #expect(result.rungs[0].samples.isEmpty)
        #expect(result.rungs[0].stepTime == nil)
        #expect(result.rungs[0].skipped?.contains("more than a third of the time for a cell") == true)
    }

    @Test("One that the judge rejected has no time, and keeps its verdict")
    func rejected() throws {
        let verdict = CellVerdict(error: 2, bound: 1, ratio: 2, passed: false, element: "db")
        let one = StepLog()
        let result = try #require(
            Sampler(settings, seed: 1).run(cell, [contestant(.fake(one), verdict), contestant(.secondFake)]))
        #expect(result.rungs[0].verdict == verdict)
        #expect(result.rungs[0].samples.isEmpty)
        #expect(one.calls == 0)
        #expect(result.reference?.rung == "fake.two")
        #expect(result.referenceIsStandIn)
    }

    @Test("One that failed in a later block has no time either")
    func rejectedLater() throws {
        func block(_ passed: Bool) throws -> CellResult {
            let verdict = CellVerdict(error: 1, bound: 2, ratio: 0.5, passed: passed, element: "J")
            return try #require(
                Sampler(settings, seed: 1).run(cell, [contestant(.fake(), verdict)]))
        }
        var result = try block(true)
        #expect(result.rungs[0].stepTime != nil)
        result.add(try block(false))
        #expect(rounds(result.rungs[0]).count == 8)
        #expect(result.rungs[0].stepTime == nil && result.timed.isEmpty)
    }

    @Test("When the time is over, the first round is finished and the result says so")
    func budget() throws {
        let all = [contestant(.fake()), contestant(.secondFake)]
        let result = try #require(Sampler(settings, maximumNanoseconds: 0, seed: 1).run(cell, all))
        #expect(result.budgetEnded)
        #expect(result.rungs.map { rounds($0) } == [[0], [0]])
        #expect(result.blocks.map { $0.rounds } == [1])
    }

    @Test("A disturbed sample is kept, taken again in its round, and does not count where another does")
    func disturbed() throws {
        var turns = 0
        // Of every three sample times one is disturbed: its thread waited for a tenth of the time.
        let peer = Contestant(PeerSamplingTests.peer, in: cell) { steps in
            turns += 1
            let isDisturbed = turns % 3 == 0
            return RunTime(
                nanoseconds: (isDisturbed ? 3000 : 1000) * steps, cpuNanoseconds: 1000 * steps,
                waitedNanoseconds: isDisturbed ? 300 * steps : 0)
        }
        // Long ones besides it, so that what is taken again is a small part of the time.
        let other = Peer(name: "busy", command: "./busy", version: "Busy 1", isThreaded: false)
        let busy = Contestant(other, in: cell) { steps in
            let end = ContinuousClock.now + .milliseconds(1)
            while ContinuousClock.now < end {}
            return RunTime(nanoseconds: 1_000_000 * steps, cpuNanoseconds: 1_000_000 * steps)
        }
        let result = try #require(Sampler(settings, seed: 1).run(cell, [busy, peer]))
        let found = try #require(result.peers.last)
        let disturbed = found.samples.filter { $0.isDisturbed }
        #expect(!disturbed.isEmpty && disturbed.allSatisfy { $0.nanoseconds == 3000 })
        #expect(rounds(found) == Array(0..<8))
        for sample in disturbed {
            #expect(found.samples.contains { $0.round == sample.round && !$0.isDisturbed })
        }
        #expect(found.stepTime?.medianNanoseconds == 1000 && found.stepTime?.disturbed == disturbed.count)
    }

    @Test(
        "What is always disturbed is taken again a few times at most, and counts, since there is nothing else"
    )
    func alwaysDisturbed() throws {
        var runs = 0
        let peer = Contestant(PeerSamplingTests.peer, in: cell) { steps in
            runs += 1
            return RunTime(nanoseconds: 1000 * steps, waitedNanoseconds: 500 * steps)
        }
        let result = try #require(Sampler(settings, seed: 1).run(cell, [peer]))
        let found = try #require(result.peers.first)
        #expect(rounds(found) == Array(0..<8) && found.samples.count <= 8 * 4)
        #expect(found.stepTime?.medianNanoseconds == 1000 && found.stepTime?.disturbed == 0)
    }

    @Test("A wait that takes less than a hundredth of the time is no disturbance")
    func shortWait() {
        func sample(_ waited: Int) -> Sample {
            Sample(
                block: 0, round: 0, position: 0, steps: 1, nanoseconds: 10_000, cpuNanoseconds: 0,
                waitedNanoseconds: waited)
        }
        #expect(!sample(0).isDisturbed && !sample(100).isDisturbed && sample(101).isDisturbed)
        #expect(sample(100).waitedNanoseconds == nil && sample(5000).waitedNanoseconds == 5000)
    }

    @Test("It can be cancelled between two samples, and then leaves nothing")
    func cancel() {
        var reports: [SamplerProgress] = []
        let sampler = Sampler(
            settings, seed: 1, isCancelled: { reports.count == 4 }, progress: { reports.append($0) })
        #expect(sampler.run(cell, [contestant(.fake())]) == nil)
        #expect(reports.map { $0.round } == [nil, 0, 1, 2])
        #expect(reports.allSatisfy { $0.rounds == 8 && $0.rung == "fake.one" })
        let never = Sampler(settings, seed: 1, isCancelled: { true })
        #expect(never.run(cell, [contestant(.fake())]) == nil)
    }

    @Test("A contestant that is slowed down takes that much longer than its steps")
    func slowed() {
        let clock = ContinuousClock()
        var own = Duration.zero
        let steps = Contestant(rung: Rung.fake().info, work: .reading(bytes: 1)) { _ in
            let end = clock.now + .milliseconds(5)
            own = clock.measure { while clock.now < end {} }
        }
        let all = clock.measure { _ = try? Contestant(slowing: steps, by: 2).run(1) }
        #expect(all >= own * 2.9)
    }

    @Test("Controls run in the same rounds under a name of their own, and so do ceilings")
    func controls() throws {
        let read = Contestant(
            role: .ceiling, rung: RungInfo("read.one", after: nil, "X is read", sums: .running),
            work: .reading(bytes: 240)
        ) { _ in }
        let result = try #require(
            Sampler(settings, seed: 1).run(cell, [read, contestant(.fake())]) { steps in
                #expect(steps.keys.sorted() == ["fake.one"])
                return [Contestant(control: contestant(.fake()))]
            })
        #expect(result.rungs.map { $0.rung } == ["fake.one"])
        #expect(result.controls.map { $0.rung } == ["fake.one again"])
        #expect(result.controls[0].after == "fake.one")
        #expect(result.ceilings.map { $0.rung } == ["read.one"])
        for role in [result.rungs, result.controls, result.ceilings] {
            #expect(rounds(role[0]) == Array(0..<8))
        }
        #expect(result.strayControl == nil)
        #expect(try #require(result.roofline(result.rungs[0], operationsPerSecond: nil)).fraction > 0)
    }
}
