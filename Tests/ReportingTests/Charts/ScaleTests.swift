import Testing

import Reporting

@Suite("Scales put values in their places and have round ticks")
struct ScaleTests {
    private func logarithmic(_ low: Double, _ high: Double, base: Int = 10) throws -> Scale {
        try #require(Scale.logarithmic([low, high], base: base, margin: 0))
    }

    @Test("Equal factors are equally long on a logarithmic scale, equal differences on a linear one")
    func positions() throws {
        let logarithmic = try logarithmic(1, 10_000)
        #expect((logarithmic.position(100) - 0.5).magnitude < 1e-12)
        #expect((logarithmic.position(10) - 0.25).magnitude < 1e-12)
        let linear = try #require(Scale.linear([0, 200], margin: 0))
        #expect(linear.position(50) == 0.25)
    }

    @Test("What lies outside, or is no number, is taken to an end")
    func outside() throws {
        let scale = try logarithmic(1, 100)
        #expect([-1, 0, .nan, 0.5, -.infinity].map(scale.position) == [0, 0, 0, 0, 0])
        #expect([1e9, .infinity].map(scale.position) == [1, 1])
    }

    @Test("Values without a place make no scale, and one value alone gets room on both sides")
    func degenerate() throws {
        #expect(Scale.logarithmic([]) == nil)
        #expect(Scale.logarithmic([0, -1, .nan, .infinity]) == nil)
        #expect(Scale.linear([.nan]) == nil)
        let one = try #require(Scale.logarithmic([5]))
        #expect(one.low < 5 && 5 < one.high)
        let zero = try #require(Scale.linear([0]))
        #expect(zero.low == 0 && zero.high > 0)
    }

    @Test("All usable values have a place, with a little room around them")
    func room() throws {
        let scale = try #require(Scale.logarithmic([3, -2, 700, .infinity, 12]))
        #expect(scale.low < 3 && scale.low > 1)
        #expect(scale.high > 700 && scale.high < 2000)
    }

    @Test("Logarithmic ticks are 1, 2 and 5 times powers of ten, or as many powers as there is room for")
    func logarithmicTicks() throws {
        func ticks(_ low: Double, _ high: Double, _ limit: Int) throws -> [Double] {
            try logarithmic(low, high).ticks(atMost: limit)
        }
        #expect(try ticks(0.9, 30, 8) == [1, 2, 5, 10, 20])
        #expect(try ticks(0.9, 31, 4) == [1, 3, 10, 30])
        #expect(try ticks(0.9, 2000, 4) == [1, 10, 100, 1000])
        #expect(try ticks(0.9e-6, 2e6, 5) == [1e-6, 1e-3, 1, 1e3, 1e6])
    }

    @Test("Twelve and six hundred orders of magnitude still have ticks, and not too many")
    func wide() throws {
        #expect((2...6).contains(try logarithmic(1e-3, 1e9).ticks(atMost: 6).count))
        #expect((2...6).contains(try logarithmic(1e-300, 1e300).ticks(atMost: 6).count))
    }

    @Test("A stretch without two powers of ten has ticks at equal differences")
    func narrow() throws {
        let ticks = try logarithmic(3.1, 3.9).ticks(atMost: 5)
        #expect(ticks.count == 4)
        #expect(zip(ticks, [3.2, 3.4, 3.6, 3.8]).allSatisfy { ($0 - $1).magnitude < 1e-9 })
    }

    @Test("On a scale to the base 2 ticks are powers of 2")
    func binary() throws {
        let scale = try logarithmic(16384, 0x1p27, base: 2)
        #expect(scale.ticks(atMost: 8) == [0x1p14, 0x1p16, 0x1p18, 0x1p20, 0x1p22, 0x1p24, 0x1p26])
    }

    @Test("Linear ticks have steps of 1, 2 or 5 times a power of ten")
    func linear() throws {
        let scale = try #require(Scale.linear([0, 170], margin: 0))
        #expect(scale.ticks(atMost: 5) == [0, 50, 100, 150])
        #expect(scale.ticks(atMost: 10) == [0, 20, 40, 60, 80, 100, 120, 140, 160])
    }

    @Test("Between decades are marks at 2 to 9 times each, and between others none")
    func minor() throws {
        let scale = try logarithmic(0.49, 31)
        let expected = [0.5, 0.6, 0.7, 0.8, 0.9] + (2...9).map(Double.init) + [20, 30]
        let marks = scale.minorTicks(between: [1, 10])
        #expect(marks.count == expected.count)
        #expect(zip(marks, expected).allSatisfy { ($0 - $1).magnitude < 1e-9 })
        #expect(scale.minorTicks(between: [1, 2, 5, 10]).isEmpty)
        #expect(try #require(Scale.linear([0, 10])).minorTicks(between: [0, 10]).isEmpty)
    }

    @Test("Values along axes are written with their units, as short as can be")
    func labels() {
        let times = [0.05, 1, 200, 1000, 2e5, 5e6, 1e9].map(Quantity.nanoseconds.label)
        #expect(times == ["0.05 ns", "1 ns", "200 ns", "1 µs", "200 µs", "5 ms", "1 s"])
        let bytes = [512, 16384, 0x1p20, 1.5 * 0x1p20, 0x1p31].map(Quantity.bytes.label)
        #expect(bytes == ["512 B", "16 KiB", "1 MiB", "1.5 MiB", "2 GiB"])
        let counts = [2, 128, 1000, 12288, 1e5, 2e7, 1e-7, 0, -5].map(Quantity.count.label)
        #expect(counts == ["2", "128", "10³", "12\u{202F}288", "10⁵", "2·10⁷", "10⁻⁷", "0", "−5"])
        #expect(Quantity.factor.label(0.5) == "0.5×")
        #expect(Quantity.fraction.label(0.25) == "25 %")
    }
}
