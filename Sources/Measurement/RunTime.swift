/// How long some steps took.
package struct RunTime: Sendable, Equatable {
    /// By a monotonic clock.
    package let nanoseconds: Int

    /// How long processors worked for it, all threads added up; 0 where that is not known.
    package let cpuNanoseconds: Int

    /// A time.
    package init(nanoseconds: Int, cpuNanoseconds: Int = 0) {
        (self.nanoseconds, self.cpuNanoseconds) = (nanoseconds, cpuNanoseconds)
    }

    /// The time that `work` takes, by the clocks of this program.
    init(of work: () -> Void) {
        let cpu = ProcessorClock.nanoseconds
        let start = MonotonicClock.nanoseconds
        work()
        let end = MonotonicClock.nanoseconds
        self.init(
            nanoseconds: max(1, end - start), cpuNanoseconds: max(0, ProcessorClock.nanoseconds - cpu))
    }
}

/// A contestant that could not finish its steps.
package struct RunFailure: Error, Equatable {
    /// What went wrong, in words that go on after its name and a colon.
    package let reason: String

    /// A failure.
    package init(_ reason: String) { self.reason = reason }
}
