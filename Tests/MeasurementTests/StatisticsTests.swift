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

    @Test("Quantiles are those of numpy.quantile")
    func quantiles() throws {
        let values = [5, 1, 9.5, 3.25, 7, 2, 8, 4.5, 100, -50]
        let expected = [(0, -50.0), (0.1, -4.1), (0.25, 2.3125), (0.5, 4.75), (0.9, 18.55), (1, 100)]
        for (p, value) in expected {
            let quantile = try #require(Statistics.quantile(p, of: values))
            #expect((quantile - value).magnitude < 1e-12)
        }
        #expect(Statistics.quantile(0.5, of: []) == nil)
    }

    @Test("Times and sizes are written with three digits and a unit")
    func units() {
        let times = [0.5, 9.994, 123.4, 999.6, 12_345, 5e6, 61e9].map { "\(TimeSpan($0))" }
        #expect(times == ["0.50 ns", "9.99 ns", "123 ns", "1.00 µs", "12.3 µs", "5.00 ms", "61.0 s"])
        let sizes = [0, 999, 1000, 51_200_000, 25_276_514_304, Int.max].map { "\(ByteCount($0))" }
        #expect(sizes == ["0 B", "999 B", "1.00 kB", "51.2 MB", "25.3 GB", "more than 9 EB"])
    }
}
