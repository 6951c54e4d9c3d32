/// What it takes to look at the clock that all times are taken with.
package struct ClockCost: Codable, Sendable, Equatable {
    /// How long one reading takes: the median over batches of readings.
    package let readingNanoseconds: Double

    /// The smallest step that was seen between two readings, other than none.
    package let resolutionNanoseconds: Double

    /// A cost.
    package init(readingNanoseconds: Double, resolutionNanoseconds: Double) {
        self.readingNanoseconds = readingNanoseconds
        self.resolutionNanoseconds = resolutionNanoseconds
    }

    /// Measured now, in about a millisecond.
    package static func measure() -> ClockCost {
        var step = Int.max
        let readings = 500
        let batches = (0..<51).map { _ in
            let start = MonotonicClock.nanoseconds
            var last = start
            for _ in 0..<readings {
                let now = MonotonicClock.nanoseconds
                if now > last { step = min(step, now - last) }
                last = now
            }
            return Double(last - start) / Double(readings)
        }
        // A clock that stood still all the time has steps longer than that.
        let resolution = step == .max ? nextStep() : step
        return ClockCost(
            readingNanoseconds: Statistics.median(batches) ?? 0, resolutionNanoseconds: Double(resolution))
    }

    /// Waits for the clock to move on.
    private static func nextStep() -> Int {
        let start = MonotonicClock.nanoseconds
        while true {
            let now = MonotonicClock.nanoseconds
            if now > start { return now - start }
        }
    }
}
