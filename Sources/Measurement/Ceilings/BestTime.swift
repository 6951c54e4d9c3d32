/// The shortest time that a turn of something took, of all the times that it was measured.
struct BestTime {
    /// Of one turn, of many in a row.
    private(set) var nanoseconds = Double.infinity

    /// Turns of a repetition; 0 until it is known how many take long enough.
    private var turns = 0

    /// Repeats the work for a while.
    ///
    /// - Parameters:
    ///   - span: about how long, in nanoseconds; it is repeated at least once, however long that takes.
    ///   - isCancelled: asked between two repetitions.
    ///   - work: makes a number of turns.
    /// - Returns: false where it was cancelled.
    mutating func measure(for span: Int, isCancelled: () -> Bool, _ work: (_ turns: Int) -> Void) -> Bool {
        let end = MonotonicClock.nanoseconds + span
        // A repetition is long beside waking workers, which each one does once.
        let goal = span / 4
        if turns == 0 { turns = Self.turns(lasting: goal, work) }
        repeat {
            if isCancelled() { return false }
            nanoseconds = min(nanoseconds, Self.time(turns, work) / Double(turns))
        } while MonotonicClock.nanoseconds < end
        return true
    }

    private static func turns(lasting goal: Int, _ work: (Int) -> Void) -> Int {
        var turns = 1
        while turns < 1 << 40 {
            let time = Self.time(turns, work)
            if time * 2 >= Double(goal) { return max(1, Int(Double(turns) * Double(goal) / time)) }
            turns *= time * 32 < Double(goal) ? 16 : 2
        }
        return turns
    }

    private static func time(_ turns: Int, _ work: (Int) -> Void) -> Double {
        let start = MonotonicClock.nanoseconds
        work(turns)
        return Double(max(1, MonotonicClock.nanoseconds - start))
    }
}
