import Testing

import Measurement

@Suite("Statistics are what the formulas say")
struct StatisticsTests {
    @Test("The median is the middle value, or the mean of the two in the middle")
    func median() {
        #expect(Statistics.median([]) == nil)
        #expect(Statistics.median([3]) == 3)
        #expect(Statistics.median([5, 1, 3]) == 3)
        #expect(Statistics.median([4, 1, 3, 2]) == 2.5)
    }

    @Test("The median absolute deviation is not moved by an outlier")
    func deviation() {
        // |x − 3| of 1, 2, 3, 4, 1000 is 2, 1, 0, 1, 997.
        #expect(Statistics.medianAbsoluteDeviation([1, 2, 3, 4, 1000]) == 1)
        #expect(Statistics.medianAbsoluteDeviation([]) == nil)
    }

    @Test("Quantiles are those of numpy.quantile, and outliers those beyond its fences")
    func outliers() throws {
        let values = [5, 1, 9.5, 3.25, 7, 2, 8, 4.5, 100, -50]
        let expected = [(0, -50.0), (0.1, -4.1), (0.25, 2.3125), (0.5, 4.75), (0.9, 18.55), (1, 100)]
        for (p, value) in expected {
            let quantile = try #require(Statistics.quantile(p, of: values))
            #expect((quantile - value).magnitude < 1e-12)
        }
        #expect(Statistics.quantile(0.5, of: []) == nil)
        let far = Statistics.outliers(values)
        #expect(far.indices.filter { far[$0] } == [8, 9])
        #expect(Statistics.outliers([1, 1, 1]) == [false, false, false])
        #expect(Statistics.outliers([]).isEmpty)
    }

    @Test("Intervals meet where they have a value in common")
    func meeting() {
        func interval(_ low: Double, _ high: Double) -> Interval {
            Interval(low: low, high: high, coverage: 1)
        }
        #expect(interval(1, 2).meets(interval(2, 3)) && interval(1, 9).meets(interval(2, 3)))
        #expect(!interval(1, 2).meets(interval(2.1, 3)) && !interval(2.1, 3).meets(interval(1, 2)))
    }

    /// From scipy.stats.binom: the greatest k with 1 − 2·cdf(k − 1, n, ½) ≥ 0.95, and that coverage.
    @Test(
        "The interval of the median is between the order statistics that the binomial distribution gives",
        arguments: [
            (1, 1, 0.0), (5, 1, 0.9375), (6, 1, 0.96875), (9, 2, 0.9609375), (15, 4, 0.96484375),
            (20, 6, 0.9586105346679688), (100, 40, 0.9647997997822952),
        ])
    func interval(n: Int, k: Int, coverage: Double) throws {
        let values = (1...n).map(Double.init).shuffled()
        let interval = try #require(Statistics.medianInterval(values))
        #expect(interval.low == Double(k))
        #expect(interval.high == Double(n + 1 - k))
        #expect((interval.coverage - coverage).magnitude < 1e-9)
    }

    @Test("Thousands of values are no problem")
    func many() throws {
        let interval = try #require(Statistics.medianInterval((1...2001).map(Double.init)))
        #expect(interval.coverage >= 0.95)
        #expect((955...960).contains(interval.low))
        #expect(interval.low + interval.high == 2002)
        #expect(Statistics.medianInterval([]) == nil)
    }

    @Test("A factor is taken round by round, of the rounds that both have")
    func factor() throws {
        func samples(_ times: [Int], from round: Int = 0) -> [Sample] {
            times.enumerated().map {
                Sample(nanoseconds: $1 * 10, steps: 10, round: round + $0, position: 0)
            }
        }
        // Both slow down together in round 1: the factor stays 2 there.
        let factor = try #require(Speedup(of: samples([10, 100, 5]), over: samples([20, 200, 20, 99])))
        #expect(factor.median == 2)
        #expect(factor.rounds == 3)
        #expect((factor.interval.low, factor.interval.high) == (2, 4))
        #expect(Speedup(of: samples([1]), over: samples([1], from: 5)) == nil)
        #expect(Speedup(of: [], over: []) == nil)
    }

    @Test("Times and sizes are written with three digits and a unit")
    func units() {
        let times = [0.5, 9.994, 123.4, 999.6, 12_345, 5e6, 61e9].map { "\(TimeSpan($0))" }
        #expect(times == ["0.50 ns", "9.99 ns", "123 ns", "1.00 µs", "12.3 µs", "5.00 ms", "61.0 s"])
        let sizes = [0, 999, 1000, 51_200_000, 25_276_514_304, Int.max].map { "\(ByteCount($0))" }
        #expect(sizes == ["0 B", "999 B", "1.00 kB", "51.2 MB", "25.3 GB", "more than 9 EB"])
    }
}
