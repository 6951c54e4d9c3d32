import Foundation
import Problems

/// What this machine can do at best: a measured time next to it says how much room is left, and for what.
///
/// Rates are the greatest and costs of waking the least that were seen, since whatever else runs can only make
/// rates smaller and costs greater.
package struct Ceilings: Codable, Sendable, Equatable {
    /// How fast memory is read by a kernel that does nothing else.
    package struct Bandwidth: Codable, Sendable, Equatable {
        /// Workers that share the working set.
        package let threads: Int

        /// What is read again and again, all of it by all workers together.
        package let workingSetBytes: Int

        /// By all workers together.
        package let bytesPerSecond: Double

        /// A bandwidth.
        package init(threads: Int, workingSetBytes: Int, bytesPerSecond: Double) {
            (self.threads, self.workingSetBytes) = (threads, workingSetBytes)
            self.bytesPerSecond = bytesPerSecond
        }
    }

    /// How fast a kernel computes that reads no memory.
    package struct MultiplyAddRate: Codable, Sendable, Equatable {
        /// What it computes in.
        package let scalar: ScalarKind

        /// Workers.
        package let threads: Int

        /// By all workers together; a multiply-add is two operations.
        package let operationsPerSecond: Double

        /// A rate.
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

    /// What looking at the clock takes.
    package let clock: ClockCost

    /// Ceilings; the bandwidths of each number of threads must stand in the order of their working sets.
    package init(
        bandwidths: [Bandwidth], multiplyAddRates: [MultiplyAddRate], wakeUpCosts: [WakeUpCost],
        clock: ClockCost
    ) {
        (self.bandwidths, self.multiplyAddRates) = (bandwidths, multiplyAddRates)
        (self.wakeUpCosts, self.clock) = (wakeUpCosts, clock)
    }

    /// The bandwidth for a working set of so many bytes: on the straight line, both axes logarithmic,
    /// between the two that were measured next to it; beyond all of them that of the last one.
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

    /// What waking that many workers takes; nil where it was not measured.
    package func wakeUpCost(threads: Int) -> WakeUpCost? { wakeUpCosts.first { $0.threads == threads } }

    /// What waking that many workers takes of a step on them, from 0 to 1; nil where it could not be told: it
    /// was not measured, or came out longer than the step that it is a part of, or than is waited for.
    package func wakeUpPart(of step: StepTime, threads: Int) -> Double? {
        guard let cost = wakeUpCost(threads: threads)?.arrivalNanoseconds,
            cost <= min(step.medianNanoseconds, Double(WakeUpCost.patience))
        else { return nil }
        return cost / step.medianNanoseconds
    }
}
