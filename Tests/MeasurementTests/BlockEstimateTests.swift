import Foundation
import Measurement
import Problems
import Testing

@Suite("The block is the unit of evidence")
struct BlockEstimateTests {
    /// From the formula of Hettmansperger and Sheather, computed in Python with exact binomials.
    @Test(
        "The ends are interpolated between order statistics, so that the interval covers 95 %",
        arguments: [
            (6, 1.3571428571428577), (7, 1.7333333333333336), (10, 2.657657657657658),
            (11, 2.917793964620188), (20, 6.235234215885948), (50, 18.67173751436216),
        ])
    func ends(count: Int, low: Double) throws {
        // Of e¹, e², …, whose logarithms are 1, 2, ….
        let estimate = try #require(BlockEstimate((1...count).map { exp(Double($0)) }.shuffled()))
        let interval = try #require(estimate.interval)
        #expect((log(interval.low) - low).magnitude < 1e-9)
        #expect((log(interval.high) - (Double(count + 1) - low)).magnitude < 1e-9)
        #expect((log(estimate.median) - Double(count + 1) / 2).magnitude < 1e-12)
        #expect(interval.coverage == 0.95 && estimate.blocks == count)
    }

    @Test("Fewer than six blocks have a median and no interval", arguments: 1...5)
    func fewBlocks(count: Int) throws {
        let estimate = try #require(BlockEstimate((1...count).map { Double($0) }))
        #expect(estimate.interval == nil && estimate.precision == nil && estimate.holdsOne == nil)
        #expect(estimate.blocks == count)
        #expect(count.isMultiple(of: 2) || estimate.median == Double(count + 1) / 2)
    }

    @Test("Without values, or with one that is no time, there is no estimate")
    func nothing() {
        for values in [[], [0], [1, -1], [1, .infinity], [1, .nan]] as [[Double]] {
            #expect(BlockEstimate(values) == nil)
        }
        #expect(BlockEstimate(timeOf: []) == nil && BlockEstimate(speedupOf: [], over: []) == nil)
    }

    @Test("Values that do not scatter have an interval without width")
    func noScatter() throws {
        let estimate = try #require(BlockEstimate([Double](repeating: 2, count: 8)))
        #expect(estimate.median == 2 && estimate.precision == 0)
        #expect(estimate.holdsOne == false)
    }

    private func samples(_ times: [[Int]], rounds: Int = 3) -> [Sample] {
        times.enumerated().flatMap { block, times in
            times.enumerated().map { i, time in
                Sample(
                    block: block, round: block * rounds + i, position: 0, steps: 10, nanoseconds: 10 * time,
                    cpuNanoseconds: 0)
            }
        }
    }

    @Test("Many samples of a block count once: the median of its times")
    func time() throws {
        let times = [
            [100, 110, 900], [102, 104, 106], [99, 99, 99], [101, 1, 101], [103, 103, 103], [107, 8, 107],
        ]
        let estimate = try #require(BlockEstimate(timeOf: samples(times)))
        #expect(estimate == BlockEstimate([110, 104, 99, 101, 103, 107]))
        #expect(estimate.blocks == 6)
        #expect(BlockEstimate(timeOf: samples(Array(repeating: [5, 5, 5], count: 2)))?.interval == nil)
    }

    @Test("A speedup is taken round by round inside a block, and its inverse has the inverse interval")
    func speedup() throws {
        // Whatever slows a round or a block by any factor slows both.
        let one = samples((1...7).map { [100 * $0, 300 * $0, 110 * $0] })
        let other = samples((1...7).map { [200 * $0, 600 * $0, 231 * $0] })
        let same = try #require(BlockEstimate(speedupOf: one, over: other))
        #expect(same.median == 2 && same.interval?.low == same.interval?.high && same.blocks == 7)
        let noisy = samples(
            [[190, 1], [205, 1], [210, 1], [199, 1], [220, 1], [188, 1], [201, 1]].map { [$0[0]] })
        let single = samples([[100], [100], [100], [100], [100], [100], [100]])
        let forward = try #require(BlockEstimate(speedupOf: single, over: noisy))
        let backward = try #require(BlockEstimate(speedupOf: noisy, over: single))
        #expect((forward.median * backward.median - 1).magnitude < 1e-12)
        let (there, back) = (try #require(forward.interval), try #require(backward.interval))
        #expect((there.low * back.high - 1).magnitude < 1e-12)
        #expect((there.high * back.low - 1).magnitude < 1e-12)
        // Blocks and rounds that only one has do not count.
        let fewer = one.filter { $0.block != 3 && $0.round != 4 }
        #expect(BlockEstimate(speedupOf: fewer, over: other)?.blocks == 6)
    }

    @Test("There is no clear difference exactly where the interval of the speedup holds 1")
    func clearDifference() throws {
        func holdsOne(_ values: [Double]) throws -> Bool {
            try #require(BlockEstimate(values)).holdsOne ?? false
        }
        #expect(try holdsOne([0.98, 1.01, 0.99, 1.02, 1.03, 1.0]))
        #expect(try !holdsOne([1.01, 1.02, 1.01, 1.03, 1.05, 1.02]))
        #expect(try !holdsOne([0.99, 0.98, 0.97, 0.99, 0.96, 0.98]))
        // A median of 1.5 may be unclear, and one of 1.001 clear.
        #expect(try holdsOne([0.9, 1.5, 1.5, 1.6, 1.4, 0.8]))
        #expect(try !holdsOne([1.001, 1.001, 1.001, 1.001, 1.001, 1.001]))
        #expect(try holdsOne([1, 1, 1, 1, 1, 1]))
    }
}

/// Times made up of an effect of each block and one of each round.
@Suite("The interval of blocks covers the truth in 95 % of all runs")
struct BlockCoverageTests {
    #if DEBUG
    static let runs = 200
    #else
    static let runs = 10_000
    #endif

    /// Three standard errors of a part near 95 % of the runs, where these are few.
    static let slack = runs < 10_000 ? 3 * (0.95 * 0.05 / Double(runs)).squareRoot() : 0

    /// How blocks and rounds scatter.
    struct Scatter: Sendable, CustomTestStringConvertible {
        var testDescription = ""
        /// The standard deviation of the logarithms, from block to block.
        var betweenBlocks = 0.02
        /// The same from round to round.
        var betweenRounds = 0.03
        /// Whether blocks have Student's t of 3 degrees of freedom, and not a normal distribution.
        var hasHeavyTails = false
        /// The probability that a block is slower by 20 %.
        var slowBlocks = 0.0
        /// The probability that a round takes half as long again.
        var slowRounds = 0.0
    }

    private struct Source {
        private var generator: SplitMix64
        private var spare: Double?

        init(seed: Int) { generator = SplitMix64(seed: UInt64(seed)) }

        /// From 0 to 1, without 0.
        mutating func uniform() -> Double { (Double(generator.next() >> 11) + 1) * 0x1p-53 }

        /// Of mean 0 and standard deviation 1 (G. E. P. Box and M. E. Muller, 1958).
        mutating func normal() -> Double {
            if let value = spare {
                spare = nil
                return value
            }
            let (radius, angle) = ((-2 * log(uniform())).squareRoot(), 2 * Double.pi * uniform())
            spare = radius * sin(angle)
            return radius * cos(angle)
        }

        /// The effect of a block, as a logarithm.
        mutating func block(_ scatter: Scatter) -> Double {
            var effect = scatter.betweenBlocks * normal()
            if scatter.hasHeavyTails {
                let (a, b, c) = (normal(), normal(), normal())
                effect /= ((a * a + b * b + c * c) / 3).squareRoot()
            }
            return effect + (scatter.slowBlocks > 0 && uniform() < scatter.slowBlocks ? log(1.2) : 0)
        }

        /// The effect of a round.
        mutating func round(_ scatter: Scatter) -> Double {
            scatter.betweenRounds * normal()
                + (scatter.slowRounds > 0 && uniform() < scatter.slowRounds ? log(1.5) : 0)
        }
    }

    private static let rounds = 5

    /// The part of the runs whose interval holds the undisturbed time, 1.
    static func coverage(of scatter: Scatter, blocks: Int) -> Double {
        var source = Source(seed: blocks)
        let covered = (0..<runs).count { _ in
            let values = (0..<blocks).map { _ in
                let times = (0..<rounds).map { _ in source.round(scatter) }
                return exp(source.block(scatter) + times.sorted()[rounds / 2])
            }
            return BlockEstimate(values)?.holdsOne == true
        }
        return Double(covered) / Double(runs)
    }

    private func expect(_ coverage: Double, in range: ClosedRange<Double>) {
        #expect(coverage >= range.lowerBound - Self.slack && coverage <= range.upperBound + Self.slack)
    }

    @Test(
        "Of a time",
        arguments: [
            Scatter(testDescription: "normal"),
            Scatter(testDescription: "only between rounds", betweenBlocks: 0),
            Scatter(testDescription: "only between blocks", betweenRounds: 0),
            Scatter(testDescription: "heavy tails", hasHeavyTails: true),
            Scatter(testDescription: "one block in twenty slower by 20 %", slowBlocks: 0.05),
        ], [6, 10, 20])
    func time(scatter: Scatter, blocks: Int) {
        expect(Self.coverage(of: scatter, blocks: blocks), in: 0.93...0.97)
    }

    @Test("Of a time with frequent disturbances it falls no further than documented", arguments: [6, 10, 20])
    func disturbed(blocks: Int) {
        expect(Self.coverage(of: Scatter(slowBlocks: 0.1), blocks: blocks), in: 0.92...0.97)
        expect(Self.coverage(of: Scatter(slowRounds: 0.1), blocks: blocks), in: 0.89...0.97)
    }

    @Test("Where blocks are added until it is narrow, it falls a little, and no further than documented")
    func sequential() {
        var source = Source(seed: 7)
        let scatter = Scatter(betweenBlocks: 0.04, betweenRounds: 0)
        let covered = (0..<Self.runs).count { _ in
            var values = (0..<BlockEstimate.fewestBlocks).map { _ in exp(source.block(scatter)) }
            while values.count < 60, BlockEstimate(values)?.precision ?? 1 > 0.03 {
                values.append(exp(source.block(scatter)))
            }
            return BlockEstimate(values)?.holdsOne == true
        }
        expect(Double(covered) / Double(Self.runs), in: 0.92...0.95)
    }

    @Test(
        "Of a speedup, where one block in ten of each is slower and much larger disturbances meet both",
        arguments: zip([6, 10, 20], [1, 1.25, 1]))
    func speedup(blocks: Int, truth: Double) {
        var source = Source(seed: blocks)
        let scatter = Scatter(slowBlocks: 0.1)
        let estimates = (0..<Self.runs).compactMap { _ in
            var (one, other): ([Sample], [Sample]) = ([], [])
            for block in 0..<blocks {
                let (own, others) = (source.block(scatter), log(truth) + source.block(scatter))
                let shared = 0.3 * source.uniform()
                for round in block * Self.rounds..<(block + 1) * Self.rounds {
                    let common = shared + 0.2 * source.uniform()
                    func sample(_ log: Double) -> Sample {
                        Sample(
                            block: block, round: round, position: 0, steps: 1,
                            nanoseconds: Int(1e9 * exp(log)), cpuNanoseconds: 0)
                    }
                    one.append(sample(common + own + source.round(scatter)))
                    other.append(sample(common + others + source.round(scatter)))
                }
            }
            return BlockEstimate(speedupOf: one, over: other)
        }
        let covered = estimates.count { estimate in
            estimate.interval.map { $0.low <= truth && truth <= $0.high } ?? false
        }
        expect(Double(covered) / Double(Self.runs), in: 0.93...0.97)
        // No difference is called clear just as often as the interval misses it.
        let unclear = estimates.count { $0.holdsOne == true }
        #expect(truth == 1 ? unclear == covered : unclear < Self.runs / 10)
    }
}
