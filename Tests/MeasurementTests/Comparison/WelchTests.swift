import Testing

import Measurement

@Suite("Welch's test and Holm's correction give what they give elsewhere")
struct WelchTests {
    struct Expected: Sendable {
        let first, second: [Double]
        let difference, t, degreesOfFreedom, p, low, high: Double
    }

    /// From scipy.stats.ttest_ind(second, first, equal_var=False) of SciPy 1.17.1, and its interval.
    @Test(
        "Difference, t, ν, p and interval are those of SciPy",
        arguments: [
            Expected(
                first: [1, 2, 3, 4, 5, 6], second: [2.5, 3.5, 4, 6, 7.5, 9], difference: 1.916666666666667,
                t: 1.4965384840950957, degreesOfFreedom: 9.230458187131793, p: 0.16790050458378375,
                low: -0.9695642622370042, high: 4.802897595570338),
            Expected(
                first: [0.1, 0.4], second: [0.3, 0.9, 1.7], difference: 0.7166666666666667,
                t: 1.6575281906571546, degreesOfFreedom: 2.4914545664574543, p: 0.21417436401383486,
                low: -0.8327088349901227, high: 2.266042168323456),
            Expected(
                first: [10.0, 10.1, 9.9, 10.05, 9.95, 10.02], second: [11.0, 11.3, 10.8, 11.1, 10.9, 11.2],
                difference: 1.0466666666666669, t: 12.808327158233679, degreesOfFreedom: 6.417905409007076,
                p: 8.267039079751629e-06, low: 0.8498248619920761, high: 1.2435084713412576),
            Expected(
                first: [5, 5, 5, 5], second: [5.5, 6, 6.5, 5.8], difference: 0.9500000000000002,
                t: 4.520394038593422, degreesOfFreedom: 3, p: 0.0202427675898534, low: 0.2811813164499555,
                high: 1.6188186835500449),
        ])
    func scipy(_ expected: Expected) throws {
        let test = try #require(WelchTest(from: expected.first, to: expected.second))
        let interval = test.interval()
        for (value, wanted) in [
            (test.difference, expected.difference), (test.difference / test.standardError, expected.t),
            (test.degreesOfFreedom, expected.degreesOfFreedom), (test.pValue(), expected.p),
            (interval.low, expected.low), (interval.high, expected.high),
        ] {
            #expect((value - wanted).magnitude <= 1e-9 * wanted.magnitude)
        }
        #expect(interval.coverage == 0.95)
        // The same from the other side.
        let reverse = try #require(WelchTest(from: expected.second, to: expected.first))
        #expect((reverse.pValue() - test.pValue()).magnitude < 1e-12)
    }

    /// From SciPy, with 0.9 or 1.3 taken from the second group.
    @Test("Of a range, the nearer end is tested, and what lies in it needs no explanation")
    func range() throws {
        let test = try #require(
            WelchTest(
                from: [10.0, 10.1, 9.9, 10.05, 9.95, 10.02], to: [11.0, 11.3, 10.8, 11.1, 10.9, 11.2]))
        #expect((test.pValue(against: 0...0.9) - 0.11961710320083146).magnitude < 1e-10)
        #expect((test.pValue(against: 1.3...2) - 0.019350474422105263).magnitude < 1e-10)
        #expect(test.pValue(against: 0...2) == 1)
        #expect(test.excess(over: 0...2) == 0)
        #expect((test.excess(over: 0...1) - 0.0466666666666669).magnitude < 1e-12)
        #expect((test.excess(over: 1.3...2) + 0.2533333333333331).magnitude < 1e-12)
    }

    @Test("Values that do not scatter divide by nothing: any difference is certain, and none is none")
    func noScatter() throws {
        // Six times 0.1 do not add up to 0.6.
        let same = try #require(WelchTest(from: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], to: [0.1, 0.1, 0.1]))
        #expect((same.difference, same.standardError) == (0, 0))
        #expect(same.pValue() == 1)
        #expect(same.degreesOfFreedom == 7)
        #expect(same.interval() == Interval(low: 0, high: 0, coverage: 0.95))
        let other = try #require(WelchTest(from: [1, 1], to: [2, 2]))
        #expect(other.pValue() == 0)
        #expect(other.pValue(against: 0...1) == 1)
        #expect(other.interval() == Interval(low: 1, high: 1, coverage: 0.95))
        #expect(other.reach(pValue: 0.01) == 0)
    }

    @Test("The reach is the excess that would just have the p-value")
    func reach() throws {
        let test = try #require(WelchTest(from: [0.1, 0.4], to: [0.3, 0.9, 1.7]))
        let reach = test.reach(pValue: test.pValue())
        #expect((reach - test.difference).magnitude < 1e-9)
        #expect(test.reach(pValue: 0.001) > reach)
    }

    @Test("One value is no group", arguments: [[], [1.0]])
    func tooFew(few: [Double]) {
        #expect(WelchTest(from: few, to: [1, 2]) == nil)
        #expect(WelchTest(from: [1, 2], to: few) == nil)
    }

    @Test("Holm's correction multiplies by the number of tests that are left, and never lets one overtake")
    func holm() {
        // By hand: 0.01·4, 0.015·3 = 0.045, 0.02·2 = 0.04 but not below 0.045, 0.8·1.
        let corrected = Statistics.holm([0.02, 0.01, nil, 0.8, 0.015])
        for (value, wanted) in zip(corrected, [0.045, 0.04, nil, 0.8, 0.045]) {
            #expect((value == nil) == (wanted == nil))
            #expect(((value ?? 0) - (wanted ?? 0)).magnitude < 1e-15)
        }
        #expect(Statistics.holm([0.4, 0.6, 0.5]) == [1, 1, 1])
        #expect(Statistics.holm([0.03]) == [0.03])
        #expect(Statistics.holm([]).isEmpty)
        #expect(Statistics.holm([nil, nil]) == [nil, nil])
    }
}
