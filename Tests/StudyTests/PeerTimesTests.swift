import Study
import Testing

@Suite("The times of a peer are held against those seen from outside")
struct PeerTimesTests {
    /// The doubt about the last of some runs.
    private func doubt(_ runs: [(steps: Int, inside: Double, outside: Double)]) -> String? {
        var times = PeerTimes()
        return runs.reduce(nil) { times.doubt(about: $1.inside, 0, of: $1.steps, outside: $1.outside) }
    }

    @Test("Times that are a little less than outside, or much less for short runs, are believed")
    func honest() {
        #expect(doubt([(1, 1e4, 2e5), (100, 1e6, 1.2e6), (100, 1e6, 1.3e6), (100, 1e6, 1.2e6)]) == nil)
        #expect(
            doubt([(1, 1e3, 9e7), (50, 5e4, 9e7), (50, 5e4, 1e8), (50, 5e4, 8e7), (50, 5e4, 9e7)]) == nil)
    }

    @Test("A machine that stands still for a while is no reason to doubt")
    func still() {
        let runs = [(1, 1e4, 2e5)] + Array(repeating: (100, 1e6, 1.2e6), count: 3) + [(100, 1e6, 5e9)]
        #expect(doubt(runs) == nil)
    }

    @Test("Microseconds for nanoseconds are found, and so is a clock that goes too slowly in long steps")
    func microseconds() throws {
        let reason = try #require(doubt([(1, 1, 3e5)] + Array(repeating: (1000, 1e5, 1e8), count: 3)))
        #expect(reason.contains("as seen from outside; expected nanoseconds"))
        #expect(doubt(Array(repeating: (3, 3e6, 3e9), count: 3)) != nil)
    }

    @Test(
        "More than passed outside is refused, and less than a nanosecond for a step",
        arguments: [
            (1, 2e9), (1000, 999), (1, 0), (1, -5), (1, .nan), (1, .infinity),
        ] as [(Int, Double)])
    func impossible(steps: Int, inside: Double) {
        #expect(doubt([(steps, inside, 1e9)])?.contains("after which it answered in 1000000000.0 ns") == true)
    }

    @Test("No more time of processors is believed than there is")
    func processors() {
        var times = PeerTimes()
        #expect(times.doubt(about: 1e6, 1e18, of: 10, outside: 2e6) != nil)
        #expect(times.doubt(about: 1e6, -1, of: 10, outside: 2e6) != nil)
        #expect(times.doubt(about: 1e6, 1e6, of: 10, outside: 2e6) == nil)
    }
}
