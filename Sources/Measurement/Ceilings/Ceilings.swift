import Foundation
import Problems

/// The best that this machine can do: a measured time next to it shows how much room is left, and for what.
///
/// Rates are the greatest and costs of waking the least that were seen, since other programs can only make
/// rates smaller and costs greater.
package struct Ceilings: Codable, Sendable, Equatable {
    /// How fast memory is read by a kernel that does nothing else.
    package struct Bandwidth: Codable, Sendable, Equatable {
        /// Workers that share the working set.
        package let threads: Int
        /// The memory that all workers together read again and again.
        package let workingSetBytes: Int
        /// By all workers together.
        package let bytesPerSecond: Double

        package init(threads: Int, workingSetBytes: Int, bytesPerSecond: Double) {
            (self.threads, self.workingSetBytes) = (threads, workingSetBytes)
            self.bytesPerSecond = bytesPerSecond
        }
    }

    /// How fast a kernel computes that reads no memory.
    package struct MultiplyAddRate: Codable, Sendable, Equatable {
        package let scalar: ScalarKind
        package let threads: Int
        /// By all workers together; a multiply-add is two operations.
        package let operationsPerSecond: Double

        package init(scalar: ScalarKind, threads: Int, operationsPerSecond: Double) {
            (self.scalar, self.threads) = (scalar, threads)
            self.operationsPerSecond = operationsPerSecond
        }
    }

    /// By number of threads, then by working set.
    package let bandwidths: [Bandwidth]
    /// By number of threads, for both scalars.
    package let multiplyAddRates: [MultiplyAddRate]
    /// By number of threads.
    package let wakeUpCosts: [WakeUpCost]
    package let clock: ClockCost

    /// The bandwidths of each number of threads must be in the order of their working sets.
    package init(
        bandwidths: [Bandwidth], multiplyAddRates: [MultiplyAddRate], wakeUpCosts: [WakeUpCost],
        clock: ClockCost
    ) {
        (self.bandwidths, self.multiplyAddRates) = (bandwidths, multiplyAddRates)
        (self.wakeUpCosts, self.clock) = (wakeUpCosts, clock)
    }

    /// The bandwidth for a working set of so many bytes: interpolated linearly, both axes logarithmic, between
    /// the two that were measured next to it; beyond all of them that of the last one.
    ///
    /// - Returns: nil where nothing was measured with that many threads.
    package func bytesPerSecond(workingSet bytes: Int, threads: Int) -> Double? {
        let measured = bandwidths.filter { $0.threads == threads }
        guard let above = measured.first(where: { $0.workingSetBytes >= bytes }) else {
            return measured.last?.bytesPerSecond
        }
        guard let below = measured.last(where: { $0.workingSetBytes < bytes }) else {
            return above.bytesPerSecond
        }
        let (low, high) = (Double(below.workingSetBytes), Double(above.workingSetBytes))
        let position = log(Double(bytes) / low) / log(high / low)
        return below.bytesPerSecond * pow(above.bytesPerSecond / below.bytesPerSecond, position)
    }

    /// The peak rate of multiply-adds, each of them two operations.
    ///
    /// - Returns: nil where nothing was measured with that many threads.
    package func operationsPerSecond(_ scalar: ScalarKind, threads: Int) -> Double? {
        multiplyAddRates.first { $0.scalar == scalar && $0.threads == threads }?.operationsPerSecond
    }

    /// nil where it was not measured.
    package func wakeUpCost(threads: Int) -> WakeUpCost? { wakeUpCosts.first { $0.threads == threads } }

    /// The part of a step on that many workers that waking them takes, from 0 to 1; nil where it is unknown: it
    /// was not measured, or came out longer than the step that it is a part of, or than the patience.
    package func wakeUpPart(of step: StepTime, threads: Int) -> Double? {
        guard let cost = wakeUpCost(threads: threads)?.arrivalNanoseconds,
            cost <= min(step.medianNanoseconds, Double(WakeUpCost.patience))
        else { return nil }
        return cost / step.medianNanoseconds
    }
}

// MARK: - Measuring

extension Ceilings {
    /// The smallest working set that is measured.
    private static let smallestWorkingSet = 16 << 10

    /// How often everything is measured, so that a short disturbance does not hide a ceiling.
    private static let sweeps = 3

    /// The largest working set that is measured on this machine: four times the last cache, so that
    /// nearly all of it comes from memory, and at least 128 MiB; but no more than a quarter of the available
    /// memory.
    package static var largestWorkingSet: Int {
        let cache = Machine.current.caches.map { $0.bytes }.max() ?? 0
        return min(max(cache.saturatingProduct(4), 128 << 20), Memory.availableBytes / 4)
    }

    /// Measures this machine.
    ///
    /// - Parameters:
    ///   - threads: numbers of workers; one is measured in any case.
    ///   - seconds: about how long it takes, where working sets are not so large that reading each a few
    ///     times takes longer.
    ///   - largestWorkingSet: in bytes; a buffer of that size is held as long as this runs.
    ///   - isCancelled: asked every few milliseconds, or after each pass over a large working set.
    ///   - progress: called with the part that is done, from 0 to 1, and what comes next.
    /// - Returns: nil where it was cancelled.
    package static func measure(
        threads: [Int], seconds: Double = 2.5, largestWorkingSet: Int = largestWorkingSet,
        isCancelled: () -> Bool = { false }, progress: (Double, String) -> Void = { _, _ in }
    ) -> Ceilings? {
        let threads = Set(threads.map { max(1, $0) } + [1]).sorted()
        let sizes = workingSets(upTo: largestWorkingSet)
        let buffer = AlignedBuffer<Double>(zeros: (sizes.last ?? 0) / 8)
        var points = threads.flatMap { threads in
            sizes.map { bytes in
                Point(
                    name: "read bandwidth", bytes: bytes, threads: threads, amount: bytes,
                    best: BestTime {
                        let part = UnsafeRawBufferPointer(
                            rebasing: UnsafeRawBufferPointer(buffer.elements)[..<bytes])
                        let streams = StreamingRead.fastestStreams(part, threads: threads)
                        return { turns in
                            _ = StreamingRead.read(part, passes: turns, streams: streams, threads: threads)
                        }
                    })
            }
                + ScalarKind.allCases.flatMap { scalar in
                    PeakMultiplyAdd.chainCounts.map { chains in
                        Point(
                            name: "multiply-adds", scalar: scalar, threads: threads,
                            amount: threads * PeakMultiplyAdd.operationsPerRound(scalar, chains: chains),
                            best: BestTime {
                                {
                                    _ = PeakMultiplyAdd.run(
                                        scalar, chains: chains, rounds: $0, threads: threads)
                                }
                            })
                    }
                }
        }
        let visits = points.count * sweeps
        let span = Int(max(0, min(seconds, 3600)) * 1e9) / visits
        var wakeUps: [WakeUpCost] = []
        for visit in 0..<visits {
            let i = visit % points.count
            if i == 0 { wakeUps += threads.map(WakeUpCost.measure(threads:)) }
            let (name, count) = (points[i].name, points[i].threads)
            progress(Double(visit) / Double(visits), "\(name), \(count) \(count == 1 ? "thread" : "threads")")
            guard points[i].best.measure(for: span, isCancelled: isCancelled) else { return nil }
        }
        return Ceilings(
            bandwidths: points.compactMap { point in
                point.bytes.map {
                    Bandwidth(
                        threads: point.threads, workingSetBytes: $0, bytesPerSecond: point.amountPerSecond)
                }
            },
            multiplyAddRates: threads.flatMap { threads in
                ScalarKind.allCases.compactMap { scalar in
                    let rates = points.filter { $0.scalar == scalar && $0.threads == threads }
                    return rates.map { $0.amountPerSecond }.max().map {
                        MultiplyAddRate(scalar: scalar, threads: threads, operationsPerSecond: $0)
                    }
                }
            },
            wakeUpCosts: threads.compactMap { count in
                WakeUpCost.least(wakeUps.filter { $0.threads == count })
            }, clock: .measure())
    }

    /// A rate, either of reading so many bytes or of multiply-adds in a scalar.
    private struct Point {
        let name: String
        var bytes: Int?
        var scalar: ScalarKind?
        let threads: Int
        /// Bytes or operations of one turn.
        let amount: Int
        var best: BestTime

        var amountPerSecond: Double { Double(amount) / best.nanoseconds * 1e9 }
    }

    /// Powers of two, and the sizes halfway between them, which many caches have.
    package static func workingSets(upTo largest: Int) -> [Int] {
        var sizes = [smallestWorkingSet]
        while let last = sizes.last {
            let next = last.nonzeroBitCount == 1 ? last / 2 * 3 : last / 3 * 4
            guard next <= largest else { break }
            sizes.append(next)
        }
        return sizes
    }
}

/// The shortest time of a turn of some work, of all the times that it was measured.
private struct BestTime {
    /// Of one turn, of many in a row.
    private(set) var nanoseconds = Double.infinity
    /// Turns of a repetition; 0 until it is known how many take long enough.
    private var turns = 0
    /// Makes a number of turns.
    private var work: (_ turns: Int) -> Void = { _ in }
    /// Chooses the work, anew for each measurement, since it may choose badly once.
    private let choose: () -> (_ turns: Int) -> Void

    init(of choose: @escaping () -> (_ turns: Int) -> Void) { self.choose = choose }

    /// Repeats the work for about `span` nanoseconds, at least once, however long that takes.
    ///
    /// - Parameter isCancelled: asked between two repetitions.
    /// - Returns: false where it was cancelled.
    mutating func measure(for span: Int, isCancelled: () -> Bool) -> Bool {
        work = choose()
        let end = MonotonicClock.nanoseconds + span
        // Each repetition wakes the workers once, and is long compared with that.
        let goal = Double(span / 4)
        if turns == 0 { turns = turns(lasting: goal) }
        repeat {
            if isCancelled() { return false }
            nanoseconds = min(nanoseconds, time(turns) / Double(turns))
        } while MonotonicClock.nanoseconds < end
        return true
    }

    private func turns(lasting goal: Double) -> Int {
        var turns = 1
        while turns < 1 << 40 {
            let time = time(turns)
            if time * 2 >= goal { return max(1, Int(Double(turns) * goal / time)) }
            turns *= time * 32 < goal ? 16 : 2
        }
        return turns
    }

    private func time(_ turns: Int) -> Double {
        let start = MonotonicClock.nanoseconds
        work(turns)
        return Double(max(1, MonotonicClock.nanoseconds - start))
    }
}
