import Foundation
import Problems
import Testing

import Measurement

@Suite("The machine's ceilings")
struct CeilingsTests {
    static let ceilings = Ceilings(
        bandwidths: [
            .init(threads: 1, workingSetBytes: 1 << 14, bytesPerSecond: 8e10),
            .init(threads: 1, workingSetBytes: 1 << 16, bytesPerSecond: 2e10),
            .init(threads: 1, workingSetBytes: 1 << 20, bytesPerSecond: 1e10),
            .init(threads: 2, workingSetBytes: 1 << 14, bytesPerSecond: 9e10),
        ],
        multiplyAddRates: [
            .init(scalar: .float, threads: 1, operationsPerSecond: 4e9),
            .init(scalar: .double, threads: 1, operationsPerSecond: 2e9),
        ],
        wakeUpCosts: [
            WakeUpCost(
                threads: 2, emptyCallNanoseconds: 1, arrivalNanoseconds: nil, arrivalAfterRestNanoseconds: 2)
        ],
        clock: ClockCost(readingNanoseconds: 20, resolutionNanoseconds: 1))

    @Test(
        "Between two working sets the bandwidth is on a line of logarithms, beyond them it stays",
        arguments: [
            (1, 8e10), (1 << 14, 8e10), (1 << 15, 4e10), (1 << 16, 2e10), (1 << 18, sqrt(2.0) * 1e10),
            (1 << 20, 1e10), (Int.max, 1e10), (0, 8e10), (-1, 8e10),
        ])
    func lookup(bytes: Int, expected: Double) throws {
        let found = try #require(Self.ceilings.bytesPerSecond(workingSet: bytes, threads: 1))
        #expect(abs(found / expected - 1) < 1e-12)
    }

    @Test("Rates that were not measured are not made up")
    func unknown() {
        #expect(Self.ceilings.bytesPerSecond(workingSet: 1 << 20, threads: 2) == 9e10)
        #expect(Self.ceilings.bytesPerSecond(workingSet: 1 << 20, threads: 3) == nil)
        #expect(Self.ceilings.operationsPerSecond(.double, threads: 1) == 2e9)
        #expect(Self.ceilings.operationsPerSecond(.double, threads: 2) == nil)
        #expect(Self.ceilings.wakeUpCost(threads: 2)?.arrivalAfterRestNanoseconds == 2)
        #expect(Self.ceilings.wakeUpCost(threads: 1) == nil)
    }

    @Test("Calls whose workers waited for a busy processor do not count, and most must be left")
    func arrivals() {
        let waited = 3_990_000
        #expect(WakeUpCost.typical([20_000, 30_000, 25_000, waited, nil]) == 25_000)
        #expect(WakeUpCost.typical([20_000, 30_000, waited, nil]) == nil)
        #expect(WakeUpCost.typical([waited, waited, waited]) == nil)
        #expect(WakeUpCost.typical([WakeUpCost.patience]) == 1_000_000)
        #expect(WakeUpCost.typical([]) == nil)
    }

    @Test("Of several measurements of waking the least of each cost counts")
    func leastWakeUp() {
        func cost(_ empty: Double, _ arrival: Double?, _ rested: Double?) -> WakeUpCost {
            WakeUpCost(
                threads: 2, emptyCallNanoseconds: empty, arrivalNanoseconds: arrival,
                arrivalAfterRestNanoseconds: rested)
        }
        #expect(WakeUpCost.least([cost(3, nil, 9), cost(2, 7, 8), cost(4, 6, nil)]) == cost(2, 6, 8))
        #expect(WakeUpCost.least([cost(3, nil, 9)]) == cost(3, nil, 9))
        #expect(WakeUpCost.least([]) == nil)
    }

    @Test("Waking is a part of the step on as many threads, or the part is unknown")
    func wakeUpPart() throws {
        func part(_ arrival: Double?, of step: Int = 4000, threads: Int = 2) throws -> Double? {
            let ceilings = Ceilings(
                bandwidths: [], multiplyAddRates: [],
                wakeUpCosts: [
                    WakeUpCost(
                        threads: 2, emptyCallNanoseconds: 1, arrivalNanoseconds: arrival,
                        arrivalAfterRestNanoseconds: 1)
                ], clock: ClockCost(readingNanoseconds: 20, resolutionNanoseconds: 1))
            let sample = Sample(
                block: 0, round: 0, position: 0, steps: 2, nanoseconds: 2 * step, cpuNanoseconds: 0)
            return ceilings.wakeUpPart(of: try #require(StepTime([sample])), threads: threads)
        }
        #expect(try part(1000) == 0.25 && part(4000) == 1)
        #expect(try part(6320) == nil && part(nil) == nil && part(1000, threads: 3) == nil)
        #expect(try part(3_990_000, of: 20_000_000) == nil)
        #expect(try part(1_000_000, of: 20_000_000) == 0.05)
    }

    @Test("They can be written as JSON and read back")
    func roundTrip() throws {
        let data = try JSONEncoder().encode(Self.ceilings)
        #expect(try JSONDecoder().decode(Ceilings.self, from: data) == Self.ceilings)
    }

    @Test("Working sets are powers of two and the sizes halfway between them")
    func workingSets() {
        #expect(Ceilings.workingSets(upTo: 70_000) == [16, 24, 32, 48, 64].map { $0 << 10 })
        #expect(Ceilings.workingSets(upTo: 64 << 10).last == 64 << 10)
        #expect(Ceilings.workingSets(upTo: 0) == [16 << 10])
        #expect(Ceilings.largestWorkingSet <= Memory.availableBytes)
    }

    @Test("Everything is measured for each number of threads, and for one")
    func measure() throws {
        var fractions: [Double] = []
        let measured = Ceilings.measure(
            threads: [3, 0, 3], seconds: 0.01, largestWorkingSet: 50_000,
            progress: { done, _ in fractions.append(done) })
        let ceilings = try #require(measured)
        let sizes = [16, 24, 32, 48].map { $0 << 10 }
        #expect(ceilings.bandwidths.map(\.threads) == [1, 1, 1, 1, 3, 3, 3, 3])
        #expect(ceilings.bandwidths.map(\.workingSetBytes) == sizes + sizes)
        #expect(ceilings.bandwidths.allSatisfy { $0.bytesPerSecond > 0 && $0.bytesPerSecond.isFinite })
        #expect(ceilings.multiplyAddRates.map(\.threads) == [1, 1, 3, 3])
        #expect(ceilings.multiplyAddRates.map(\.scalar) == [.float, .double, .float, .double])
        #expect(
            ceilings.multiplyAddRates.allSatisfy {
                $0.operationsPerSecond > 0 && $0.operationsPerSecond.isFinite
            })
        #expect(ceilings.wakeUpCosts.map(\.threads) == [1, 3])
        #expect(fractions.first == 0)
        #expect(fractions == fractions.sorted())
        #expect(fractions.allSatisfy { $0 < 1 })
    }

    @Test("A cancelled measurement ends with nothing", arguments: [0, 1, 20])
    func cancelled(after questions: Int) {
        var asked = 0
        let ceilings = Ceilings.measure(
            threads: [2], seconds: 0.01, largestWorkingSet: 50_000,
            isCancelled: {
                asked += 1
                return asked > questions
            })
        #expect(ceilings == nil)
        #expect(asked == questions + 1)
    }
}
