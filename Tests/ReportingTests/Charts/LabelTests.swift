import Testing

import Reporting

@Suite("Labels keep out of each other's way")
struct LabelTests {
    private func places(_ wanted: [Double], within range: ClosedRange<Double> = 0...1000) -> [Double] {
        Spread.places(wanted: wanted, lengths: wanted.map { _ in 20 }, within: range)
    }

    @Test("Labels with room stay where they want to be")
    func free() {
        #expect(places([300, 100, 200]) == [300, 100, 200])
        #expect(places([]).isEmpty)
    }

    @Test("Labels that want the same place stand around it, in order")
    func together() {
        #expect(places([100, 100, 100]) == [80, 100, 120])
        #expect(places([105, 100, 500]) == [112.5, 92.5, 500])
    }

    @Test("Labels of different lengths are half of both apart")
    func lengths() {
        let places = Spread.places(wanted: [50, 50], lengths: [10, 30], within: 0...100)
        #expect(places == [40, 60])
    }

    @Test("Labels stay within their range, and do not overlap even where it is too short")
    func range() {
        #expect(places([5, 2, 990, 999]) == [30, 10, 970, 990])
        let crowded = places([0, 0, 0, 0], within: 0...50)
        #expect(zip(crowded, crowded.dropFirst()).allSatisfy { $1 - $0 >= 20 })
    }
}
