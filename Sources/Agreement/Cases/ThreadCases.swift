import Dispatch
import Foundation
import Problems
import Synchronization

extension Case {
    /// A threaded rung gives the same bits for every number of threads, within its bounds, and more than
    /// one worker is seen at work.
    static func threads(_ shape: Shape, seed: UInt64, counts: [Int]) -> Case {
        Case(name: "threads") {
            $0.isThreaded
        } prepare: {
            let data = synthetic(shape, seed: seed)
            let model = Model<Scalar>.random(shape.nx, seed: seed, scale: 1)
            let reference = Reference(data, model)
            return { type in
                func trial(_ name: String, _ threads: Int) -> Trial {
                    Trial(
                        rung: type.info, scalar: Scalar.kind, kind: .threads, name: name, m: shape.m,
                        nx: shape.nx, seed: seed, threads: threads)
                }
                let one = type.prepare(data, threads: 1).gradient(at: model)
                let bound = ErrorBound(reference, type.info)
                var verdicts = [Verdict(trial("within bounds", 1), Comparison(one, reference, bound))]
                for threads in counts where threads > 1 {
                    let implementation = type.prepare(data, threads: threads)
                    // Several times: who does which part differs from run to run.
                    let worst = (0..<3).map { _ in
                        Comparison(implementation.gradient(at: model), equals: one, includingJ: true)
                    }.max { $0.ratio < $1.ratio }
                    if let worst { verdicts.append(Verdict(trial("same bits", threads), worst)) }
                    if threads == counts.max() {
                        verdicts.append(seen(implementation, at: model, trial("several workers", threads)))
                    }
                }
                return verdicts
            }
        }
    }

    /// Whether more than one worker is seen at work.
    ///
    /// On a busy machine a second thread may not get to run at all, and work that is done in less time than
    /// a thread takes to wake is not shared anywhere. So each try is followed by a control, other work as
    /// long: only when the control has been shared often and the implementation never, it is the
    /// implementation's doing.
    private static func seen(
        _ implementation: Prepared<Scalar>, at model: Model<Scalar>, _ trial: Trial
    ) -> Verdict {
        guard ProcessInfo.processInfo.activeProcessorCount > 1 else {
            return Verdict(trial, outcome: .skipped, message: "one processor: several workers need two")
        }
        let end = ContinuousClock.now + .seconds(3)
        var shared = 0
        repeat {
            let duration = ContinuousClock().measure { _ = implementation.gradient(at: model) }
            if implementation.workersInLatestGradient > 1 {
                return Verdict(trial, outcome: .passed, message: "")
            }
            if isShared(duration, threads: trial.threads) { shared += 1 }
            if shared == 50 {
                return Verdict(
                    trial, outcome: .failed,
                    message:
                        "one worker did all the work each time, should be several: other work as long was"
                        + " shared \(shared) times meanwhile")
            }
        } while ContinuousClock.now < end
        return Verdict(
            trial, outcome: .skipped,
            message: "the other processors are busy: no second worker came in 3 s; close other programs")
    }

    /// Whether waiting for `duration`, split over so many iterations, is done by several threads.
    private static func isShared(_ duration: Duration, threads: Int) -> Bool {
        let workers = Mutex<Set<UInt>>([])
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            let end = ContinuousClock.now + duration / threads
            while ContinuousClock.now < end {}
            workers.withLock { _ = $0.insert(UInt(bitPattern: pthread_self().hashValue)) }
        }
        return workers.withLock { $0.count > 1 }
    }
}
