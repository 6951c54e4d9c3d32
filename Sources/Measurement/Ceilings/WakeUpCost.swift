import Dispatch
import Synchronization

/// The time that `DispatchQueue.concurrentPerform` takes before any work is done. A step that is shared among
/// workers cannot be shorter.
package struct WakeUpCost: Codable, Sendable, Equatable {
    /// Iterations, each of which a worker could do.
    package let threads: Int
    /// A call whose iterations do nothing: the median. The caller may well do all of them before another
    /// worker is awake.
    package let emptyCallNanoseconds: Double
    /// From the call until `threads` workers are at work at the same time, where they have just done
    /// other work, as from step to step: the median; nil where they mostly do not meet within a
    /// millisecond, because fewer processors than that are free.
    package let arrivalNanoseconds: Double?
    /// The same after a rest of a millisecond, when they have gone to sleep.
    package let arrivalAfterRestNanoseconds: Double?

    package init(
        threads: Int, emptyCallNanoseconds: Double, arrivalNanoseconds: Double?,
        arrivalAfterRestNanoseconds: Double?
    ) {
        (self.threads, self.emptyCallNanoseconds) = (threads, emptyCallNanoseconds)
        self.arrivalNanoseconds = arrivalNanoseconds
        self.arrivalAfterRestNanoseconds = arrivalAfterRestNanoseconds
    }

    /// The longest wait, in nanoseconds. A free processor wakes in microseconds, in some hundred of them from
    /// its deepest sleep. Where all are busy with other programs, a worker gets one at the scheduler's next
    /// tick, up to 4 ms later at Linux's usual 250 Hz: that is not a cost of waking it.
    package static let patience = 1_000_000

    /// Measured now, in less than a tenth of a second.
    package static func measure(threads: Int) -> WakeUpCost {
        let threads = max(1, threads)
        let calls = 16
        let batches = (0..<31).map { _ in
            let start = MonotonicClock.nanoseconds
            for _ in 0..<calls { DispatchQueue.concurrentPerform(iterations: threads) { _ in } }
            return Double(MonotonicClock.nanoseconds - start) / Double(calls)
        }
        return WakeUpCost(
            threads: threads, emptyCallNanoseconds: Statistics.median(batches) ?? 0,
            arrivalNanoseconds: typical(arrivals(of: threads, rest: 0)),
            arrivalAfterRestNanoseconds: typical(arrivals(of: threads, rest: 1_000_000)))
    }

    /// The least of each cost over several measurements, since other programs can only make it greater.
    ///
    /// - Returns: nil of none.
    package static func least(_ costs: [WakeUpCost]) -> WakeUpCost? {
        guard let first = costs.first else { return nil }
        return WakeUpCost(
            threads: first.threads,
            emptyCallNanoseconds: costs.map { $0.emptyCallNanoseconds }.min() ?? first.emptyCallNanoseconds,
            arrivalNanoseconds: costs.compactMap { $0.arrivalNanoseconds }.min(),
            arrivalAfterRestNanoseconds: costs.compactMap { $0.arrivalAfterRestNanoseconds }.min())
    }

    /// The median of the calls in which all came in time; nil where those are not the majority, since a few
    /// such calls would say nothing of the others.
    ///
    /// - Parameter arrivals: nanoseconds of each call; nil where they did not meet.
    package static func typical(_ arrivals: [Int?]) -> Double? {
        let times = arrivals.compactMap(\.self).filter { $0 <= patience }
        return 2 * times.count > arrivals.count ? Statistics.median(times.map(Double.init)) : nil
    }

    /// A few dozen calls, fewer where they take long.
    ///
    /// - Parameter rest: nanoseconds before each call in which only the caller is busy.
    private static func arrivals(of threads: Int, rest: Int) -> [Int?] {
        let end = MonotonicClock.nanoseconds + 45_000_000
        var arrivals: [Int?] = []
        while arrivals.count < 31, MonotonicClock.nanoseconds < end {
            let wake = MonotonicClock.nanoseconds + rest
            while MonotonicClock.nanoseconds < wake {}
            arrivals.append(Meeting(of: threads).nanoseconds())
        }
        return arrivals
    }
}

/// Workers of one call that wait for each other, for a while.
private final class Meeting: Sendable {
    private let threads: Int
    private let arrived = Atomic(0)
    private let lastArrival = Atomic(0)
    private let isOver = Atomic(false)

    init(of threads: Int) { self.threads = threads }

    /// Nanoseconds until all were there; nil where they did not meet.
    ///
    /// Iterations need not run at the same time: where one worker does several, one after another, the first
    /// gives up in the end, and then none waits any longer.
    func nanoseconds() -> Int? {
        let start = MonotonicClock.nanoseconds
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            arrive(waitingUntil: start + WakeUpCost.patience)
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

/// The cost of reading the clock that all times are taken with.
package struct ClockCost: Codable, Sendable, Equatable {
    /// How long one reading takes: the median over batches of readings.
    package let readingNanoseconds: Double
    /// The smallest step that was seen between two readings, other than none.
    package let resolutionNanoseconds: Double

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
        // A clock that stood still all the time has longer steps.
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
