import Foundation
import Problems
import Testing

import Measurement

@Suite("What else the machine did is seen, and what is read of it means what Linux says it means")
struct SurroundingsTests {
    /// Of processor 0: 100 ticks for user, 5 nice, 20 system, 1000 idle, 7 waiting, 1 and 2 for interrupts, 30 stolen.
    static let stat = """
        cpu  300 10 40 2000 14 2 4 60 0 0
        cpu0 100 5 20 1000 7 1 2 30 0 0
        cpu1 200 5 20 1000 7 1 2 30 0 0
        cpu12 9 0 0 0 0 0 0 0 0 0
        intr 1 2 3
        """

    @Test("The time of processors is that of all programs, without idling, on those that may be used")
    func processors() throws {
        func read(_ processors: Set<Int>, _ text: String = Self.stat) -> Surroundings.Processors? {
            Surroundings.Processors(text, processors: processors, ticks: 100)
        }
        let first = try #require(read([0]))
        #expect(first.busySeconds == 1.28 && first.stolenSeconds == 0.3)
        let both = try #require(read([0, 1]))
        #expect((both.busySeconds - 3.56).magnitude < 1e-12 && both.stolenSeconds == 0.6)
        #expect(read([3]) == nil && read([0], "") == nil && read([0], "cpu0 1 2 x") == nil)
    }

    @Test("Lists of processors are numbers and ranges, and nonsense is no processor")
    func lists() {
        #expect(Surroundings.numbers("0-3,8") == [0, 1, 2, 3, 8] && Surroundings.numbers("5") == [5])
        #expect(Surroundings.numbers("").isEmpty && Surroundings.numbers("3-1,x,99999999999").isEmpty)
    }

    @Test("Work of this program is not that of others")
    func own() {
        let start = Surroundings.now()
        let end = ContinuousClock.now + .milliseconds(100)
        var turns = 0.0
        while ContinuousClock.now < end { turns += 1 }
        let conditions = Surroundings.now().conditions(since: start)
        #expect(turns > 0 && conditions.minorFaults >= 0 && conditions.majorFaults >= 0)
        #expect(conditions.involuntarySwitches >= 0 && conditions.stolenSeconds ?? 0 >= 0)
        // However many others work, there are only so many processors, and this program had one of them.
        let processors = Double(ProcessInfo.processInfo.processorCount)
        #expect((0...0.3 * processors + 1).contains(conditions.othersSeconds ?? 0))
    }

    @Test(
        "Waiting for a processor is seen: a thread that shares one with three others waits for most of the time"
    )
    func waiting() throws {
        guard WaitingTimes() != nil else { return }  // Not everywhere there is a /proc of Linux.
        let start = try #require(WaitingTimes())
        let threads = 4 * ProcessInfo.processInfo.activeProcessorCount
        DispatchQueue.concurrentPerform(iterations: 1) { _ in
            let group = DispatchGroup()
            let all = (0..<threads).map { _ in
                let thread = Thread {
                    let end = ContinuousClock.now + .milliseconds(200)
                    while ContinuousClock.now < end {}
                    Thread.sleep(forTimeInterval: 0.3)  // So that it is still there when it is looked at.
                    group.leave()
                }
                group.enter()
                return thread
            }
            for thread in all { thread.start() }
            Thread.sleep(forTimeInterval: 0.3)
            let waited = WaitingTimes()?.since(start) ?? 0
            #expect(waited > 100_000_000, "\(waited) ns")
            group.wait()
        }
        #expect(WaitingTimes(of: -1) == nil)
    }
}

@Suite("Advice rests on what was seen during the run")
struct AdviceTests {
    typealias Examples = ComparisonExamples

    /// Results whose blocks lasted a second, and in which others worked for so many seconds of each.
    private func results(others: Double?) -> Results {
        let cell = Examples.result([Examples.rung("a.b", Examples.steady)])
        let blocks = cell.blocks.map { block in
            Block(
                index: block.index, isFreshProcess: true, startUnixSeconds: 0, seconds: 1, rounds: 3,
                end: .completed,
                largePageBytes: nil,
                conditions: Conditions(
                    minorFaults: 0, majorFaults: 0, involuntarySwitches: 0, othersSeconds: others,
                    stolenSeconds: nil,
                    hertz: nil))
        }
        return Examples.results([CellResult(cell: cell.cell, blocks: blocks, rungs: cell.rungs)])
    }

    private func kinds(_ results: Results) -> [Advice.Kind] { Advice.all(of: results).map { $0.kind } }

    @Test(
        "Other programs are reported where they took more than a twentieth of a processor while blocks were timed"
    )
    func load() throws {
        #expect(!kinds(results(others: nil)).contains(.load) && !kinds(results(others: 0.04)).contains(.load))
        let advice = try #require(Advice.all(of: results(others: 0.4)).first { $0.kind == .load })
        #expect(advice.message.contains("40 % of a processor"))
    }

    @Test("Disturbed samples are counted where they are many")
    func disturbed() throws {
        func results(_ disturbed: Int) -> Results {
            let samples = (0..<100).map {
                Sample(
                    block: $0 / 10, round: $0, position: 0, steps: 1, nanoseconds: 1000, cpuNanoseconds: 0,
                    waitedNanoseconds: $0 < disturbed ? 900 : 0)
            }
            let rung = RungResult(
                rung: RungInfo("a.b", after: nil, "i", sums: .running), work: .reading(bytes: 1),
                preparedBytes: 0,
                workers: 1, verdict: nil, samples: samples)
            return Examples.results([CellResult(cell: Examples.cell, rungs: [rung])])
        }
        #expect(!kinds(results(5)).contains(.disturbed))
        let advice = try #require(Advice.all(of: results(20)).first { $0.kind == .disturbed })
        #expect(advice.message.contains("20 of 100 samples (20 %)"))
    }

    @Test(
        "A control that differs by more than chance and 2 % disturbs its cell, in the words of the advice too"
    )
    func controls() throws {
        func results(_ factor: Double, scatter: Double) -> Results {
            func rung(_ name: String, _ after: String?, _ times: [Double]) -> RungResult {
                RungResult(
                    rung: RungInfo(name, after: after, "i", sums: .running), work: .reading(bytes: 1),
                    preparedBytes: 0, workers: 1, verdict: nil,
                    samples: times.enumerated().map {
                        Sample(
                            block: $0, round: $0, position: 0, steps: 1, nanoseconds: Int($1),
                            cpuNanoseconds: 0)
                    })
            }
            let base = [1e6, 1.1e6, 0.9e6, 1.05e6, 1e6, 0.95e6]
            let again = base.enumerated().map { $1 / factor * (1 + scatter * ($0 % 2 == 0 ? 1 : -1)) }
            return Examples.results([
                CellResult(
                    cell: Examples.cell, rungs: [rung("a.b", nil, base)],
                    controls: [rung("a.b again", "a.b", again)])
            ])
        }
        #expect(results(1.015, scatter: 0.001).cells[0].strayControl == nil)
        #expect(results(1.05, scatter: 0.2).cells[0].strayControl == nil)
        let stray = results(1.05, scatter: 0.001)
        #expect(stray.cells[0].strayControl?.control.rung == "a.b again")
        #expect(
            Advice.all(of: stray).contains {
                $0.kind == .controls && $0.message.contains("in 1 cell by more")
            })
    }

    @Test("A step that is faster than its ceiling, by more than chance, is an error of the ceiling")
    func ceiling() {
        func results(_ read: Int) -> Results {
            let cell = CellResult(
                cell: Examples.cell, rungs: [Examples.rung("a.b", Examples.steady)],
                ceilings: [Examples.rung("read.one", Examples.steady.map { $0 * read / 1000 })])
            return Examples.results([cell])
        }
        #expect(!kinds(results(900)).contains(.ceiling) && !kinds(results(1010)).contains(.ceiling))
        #expect(kinds(results(1100)).contains(.ceiling))
    }

    @Test("Blocks on small pages among others on large ones are named, since they make times differ")
    func pages() throws {
        func results(_ large: [Int?]) -> Results {
            let cell = Cell(m: 1 << 20, nx: 4, scalar: .float, threads: 1)
            return Examples.results([
                CellResult(
                    cell: cell,
                    blocks: large.enumerated().map {
                        Block(
                            index: $0, isFreshProcess: true, startUnixSeconds: 0, seconds: 1, rounds: 1,
                            end: .completed, largePageBytes: $1)
                    }, rungs: [Examples.rung("a.b", Examples.steady)])
            ])
        }
        #expect(!kinds(results([16 << 20, 16 << 20])).contains(.smallPages))
        #expect(!kinds(results([nil, nil])).contains(.smallPages))
        let mixed = try #require(Advice.all(of: results([16 << 20, 0])).first { $0.kind == .smallPages })
        #expect(mixed.message.contains("in 1 of 2 blocks"))
        #expect(Advice.all(of: results([0, 0])).contains { $0.message.contains("transparent_hugepage") })
    }
}
