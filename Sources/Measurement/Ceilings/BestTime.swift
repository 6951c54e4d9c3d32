/// The shortest time that something takes, of as many repetitions as there is time for.
struct BestTime {
    /// How long to go on.
    let nanoseconds: Int

    /// Asked between two repetitions.
    let isCancelled: () -> Bool

    /// Repetitions that are made even where they take longer.
    private static let leastRepetitions = 3

    /// Nanoseconds of one turn, of many in a row.
    ///
    /// - Parameter work: makes a number of turns.
    /// - Returns: nil where it was cancelled.
    func measure(_ work: (_ turns: Int) -> Void) -> Double? {
        let end = MonotonicClock.nanoseconds + nanoseconds
        // A repetition lasts a tenth of the time: long beside waking workers, which each one does once.
        var (turns, last) = (1, 0)
        while true {
            if isCancelled() { return nil }
            last = Self.time(turns, work)
            if last >= nanoseconds / 10 || turns > Int.max / 4 { break }
            turns *= last > nanoseconds / 20 ? 2 : last > nanoseconds / 1000 ? 4 : 16
        }
        var best = last
        var repetitions = 1
        while repetitions < Self.leastRepetitions || MonotonicClock.nanoseconds + best <= end {
            if isCancelled() { return nil }
            best = min(best, Self.time(turns, work))
            repetitions += 1
        }
        return Double(best) / Double(turns)
    }

    private static func time(_ turns: Int, _ work: (Int) -> Void) -> Int {
        let start = MonotonicClock.nanoseconds
        work(turns)
        return max(1, MonotonicClock.nanoseconds - start)
    }
}
