import Dispatch
import Synchronization

/// What `DispatchQueue.concurrentPerform` takes before any work is done. A step that is shared among
/// workers cannot be shorter.
public struct WakeUpCost: Codable, Sendable, Equatable {
    /// Iterations asked for, each of which a worker could do.
    public let threads: Int

    /// A call whose iterations do nothing: the median. The caller may well do all of them before another
    /// worker is awake.
    public let emptyCallNanoseconds: Double

    /// From the call until `threads` workers are at work at the same time, where they have just done
    /// other work, as from step to step: the median; nil where they do not meet, because fewer
    /// processors than that are free.
    public let arrivalNanoseconds: Double?

    /// The same after a rest of a millisecond, when they have gone to sleep.
    public let arrivalAfterRestNanoseconds: Double?

    /// A cost.
    public init(
        threads: Int, emptyCallNanoseconds: Double, arrivalNanoseconds: Double?,
        arrivalAfterRestNanoseconds: Double?
    ) {
        (self.threads, self.emptyCallNanoseconds) = (threads, emptyCallNanoseconds)
        self.arrivalNanoseconds = arrivalNanoseconds
        self.arrivalAfterRestNanoseconds = arrivalAfterRestNanoseconds
    }

    /// Measured now, in less than a tenth of a second; a quarter where workers fail to come.
    public static func measure(threads: Int) -> WakeUpCost {
        let threads = max(1, threads)
        let calls = 16
        let batches = (0..<31).map { _ in
            let start = MonotonicClock.nanoseconds
            for _ in 0..<calls { DispatchQueue.concurrentPerform(iterations: threads) { _ in } }
            return Double(MonotonicClock.nanoseconds - start) / Double(calls)
        }
        return WakeUpCost(
            threads: threads, emptyCallNanoseconds: Statistics.median(batches) ?? 0,
            arrivalNanoseconds: arrival(of: threads, rest: 0),
            arrivalAfterRestNanoseconds: arrival(of: threads, rest: 1_000_000))
    }

    /// The median over calls in which all came; nil where that was not most of them.
    ///
    /// - Parameter rest: nanoseconds before each call in which only the caller is busy.
    private static func arrival(of threads: Int, rest: Int) -> Double? {
        let end = MonotonicClock.nanoseconds + 100_000_000
        var times: [Double] = []
        var calls = 0
        while calls < 51, MonotonicClock.nanoseconds < end {
            let wake = MonotonicClock.nanoseconds + rest
            while MonotonicClock.nanoseconds < wake {}
            if let time = Meeting(of: threads).nanoseconds() { times.append(Double(time)) }
            calls += 1
        }
        return 2 * times.count > calls ? Statistics.median(times) : nil
    }
}

/// Workers of one call that wait for each other, for a while.
private final class Meeting: Sendable {
    private let threads: Int
    private let arrived = Atomic(0)
    private let lastArrival = Atomic(0)
    private let isOver = Atomic(false)

    /// A time slice of a busy system lasts some milliseconds: longer than that nobody need be waited for.
    private static let patience = 5_000_000

    init(of threads: Int) { self.threads = threads }

    /// Nanoseconds until all were there; nil where they did not meet.
    ///
    /// Iterations need not run at the same time: where one worker does several, one after another, the
    /// first gives up in the end, and then none waits any more.
    func nanoseconds() -> Int? {
        let start = MonotonicClock.nanoseconds
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            arrive(waitingUntil: start + Self.patience)
        }
        let last = lastArrival.load(ordering: .relaxed)
        return last == 0 ? nil : max(0, last - start)
    }

    private func arrive(waitingUntil deadline: Int) {
        if arrived.wrappingAdd(1, ordering: .relaxed).newValue == threads {
            let isFirst = !isOver.exchange(true, ordering: .relaxed)
            if isFirst { lastArrival.store(MonotonicClock.nanoseconds, ordering: .relaxed) }
            return
        }
        while !isOver.load(ordering: .relaxed) {
            if MonotonicClock.nanoseconds > deadline { isOver.store(true, ordering: .relaxed) }
        }
    }
}
