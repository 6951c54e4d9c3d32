import Problems
import Testing

import Measurement

@Suite("The sampler lets programs that time themselves take turns with implementations")
struct PeerSamplingTests {
    let cell = Cell(m: 10, nx: 3, scalar: .double, threads: 1)
    let settings = SamplerSettings(rounds: 8, blocks: 1, minimumSampleNanoseconds: 1000)

    func contestant(_ rung: Rung<Double>) -> Contestant {
        rung.contestant(in: cell)
    }

    static let peer = Peer(name: "other", command: "./other", version: "Other 1", isThreaded: false)

    @Test("A peer's samples have the times that it gives itself, and it rests between its turns")
    func peers() throws {
        var (ran, rests) = ([Int](), [Int]())
        let peer = Contestant(Self.peer, in: cell, threads: 1) {
            rests.append(ran.count)
        } run: { steps in
            ran.append(steps)
            return RunTime(nanoseconds: 500 * steps, cpuNanoseconds: 400 * steps)
        }
        let all = [contestant(.fake()), peer]
        let result = try #require(Sampler(settings, seed: 1).run(cell, all))
        let found = try #require(result.peers.first)
        #expect(found.rung == "other" && found.idea == "Other 1" && found.workers == 1)
        // A sample lasts 1000 ns.
        #expect(found.samples.map { $0.steps } == Array(repeating: 2, count: 8))
        #expect(found.samples.allSatisfy { $0.nanoseconds == 1000 && $0.cpuNanoseconds == 800 })
        #expect(found.samples.map { $0.round } == Array(0..<8))
        #expect(ran.suffix(4) == [1, 2, 1, 2])
        #expect(rests.count == 9 && rests.last == ran.count)
        #expect(result.rungs.map { $0.rung } == ["fake.one"])
        #expect(result.fastestAndPeer?.first.rung == "fake.one")
        #expect(result.fastestAndPeer?.second.rung == "other")
        #expect(result.fastestAndPeer?.factor.blocks == 1)
    }

    @Test("A peer that fails in the middle is left out with the reason, and its block does not count")
    func failingPeer() throws {
        func run(_ block: Int, failingAt turn: Int) throws -> CellResult {
            var turns = 0
            let peer = Contestant(Self.peer, in: cell) { steps throws(RunFailure) in
                turns += 1
                if turns == turn { throw RunFailure("it died") }
                #expect(turns < turn)
                return RunTime(nanoseconds: 1000 * steps)
            }
            var settings = settings
            settings.blocks = 2
            let sampler = Sampler(settings, block: block, seed: 1)
            return try #require(sampler.run(cell, [contestant(.fake()), peer]))
        }
        var result = try run(0, failingAt: .max)
        #expect(result.peers[0].samples.count == 4 && result.peers[0].skipped == nil)
        result.add(try run(1, failingAt: 6))
        #expect(result.peers[0].samples.map { $0.block } == [0, 0, 0, 0])
        #expect(result.peers[0].skipped == "it died")
        #expect(result.timedPeers.count == 1)
        #expect(Set(result.rungs[0].samples.map { $0.round }) == Set(0..<8))
        let atOnce = try run(0, failingAt: 1)
        #expect(atOnce.peers[0].samples.isEmpty && atOnce.peers[0].skipped == "it died")
        #expect(atOnce.fastestAndPeer == nil)
    }

    @Test("A peer's first step may compile; one that is slow again is skipped")
    func slowPeer() throws {
        func steps(_ times: [Int]) throws -> RungResult {
            var turns = 0
            let peer = Contestant(Self.peer, in: cell) { steps in
                turns += 1
                return RunTime(nanoseconds: (turns <= times.count ? times[turns - 1] : 1000) * steps)
            }
            let result = try #require(Sampler(settings, seed: 1).run(cell, [peer]))
            return try #require(result.peers.first)
        }
        #expect(try steps([60_000_000_000]).samples.count == 8)
        let slow = try steps([60_000_000_000, 60_000_000_000])
        #expect(slow.samples.isEmpty && slow.skipped?.contains("a step takes 60") == true)
    }

    @Test("A peer whose clock stands still, at first or for ever, causes no crash", arguments: [32, Int.max])
    func standingClock(until end: Int) throws {
        var turns = 0
        let peer = Contestant(Self.peer, in: cell) { steps in
            turns += 1
            return RunTime(nanoseconds: turns < end ? 0 : steps)
        }
        let result = try #require(Sampler(settings, seed: 1).run(cell, [peer]))
        #expect(result.peers.map { $0.samples.count } == [8])
    }
}
