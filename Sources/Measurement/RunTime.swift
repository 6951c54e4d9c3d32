/// How long some steps took.
public struct RunTime: Sendable, Equatable {
    /// By a monotonic clock.
    public let nanoseconds: Int

    /// How long processors worked for it, all threads added up; 0 where that is not known.
    public let cpuNanoseconds: Int

    /// A time.
    public init(nanoseconds: Int, cpuNanoseconds: Int = 0) {
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
public struct RunFailure: Error, Equatable {
    /// What went wrong, in words that go on after its name and a colon.
    public let reason: String

    /// A failure.
    public init(_ reason: String) { self.reason = reason }
}
