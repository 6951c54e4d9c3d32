import Dispatch
import Foundation
import Problems
import Synchronization

extension Case {
    /// A threaded rung gives the same bits for every number of threads, within its bounds, and more than
    /// one worker is seen at work.
    static func threads(_ shape: Shape, seed: UInt64, counts: [Int]) -> Case {
        Case(.threads, "threads", shape, seed: seed, onlyThreaded: true) {
            let data = synthetic(shape, seed: seed)
            let model = Model<Scalar>.random(shape.nx, seed: seed, scale: 1)
            let reference = Reference(data, model)
            return { rung in
                let one = rung.prepare(data, threads: 1).gradient(at: model)
                let bound = ErrorBound(reference, rung.info)
                var findings = [Finding(Comparison(one, reference, bound)).named("within bounds")]
                for threads in counts where threads > 1 {
                    let prepared = rung.prepare(data, threads: threads)
                    // Several times: who does which part differs from run to run.
                    let worst = (0..<3).map { _ in
                        Comparison(prepared.gradient(at: model), equals: one, shape, includingJ: true)
                    }.max { $0.ratio < $1.ratio }
                    if let worst { findings.append(Finding(worst).named("same bits", threads: threads)) }
                    if threads == counts.max() {
                        findings.append(
                            seen(prepared, at: model, threads).named("several workers", threads: threads))
                    }
                }
                return findings
            }
        }
    }

    /// Whether more than one worker is seen at work.
    ///
    /// On a busy machine a second thread may not get to run at all, and work that is done in less time than
    /// a thread takes to wake is not shared anywhere. So each try is followed by a control, other work as
    /// long: only when the control has been shared often and the rung never, it is the rung's doing.
    private static func seen(
        _ prepared: Prepared<Scalar>, at model: Model<Scalar>, _ threads: Int
    ) -> Finding {
        guard ProcessInfo.processInfo.activeProcessorCount > 1 else {
            return Finding(.skipped, "one processor: several workers need two")
        }
        let end = ContinuousClock.now + .seconds(3)
        var shared = 0
        repeat {
            let duration = ContinuousClock().measure { _ = prepared.gradient(at: model) }
            if prepared.workersInLatestGradient > 1 { return Finding(.passed) }
            if isShared(duration, threads: threads) { shared += 1 }
            if shared == 50 {
                return Finding(
                    .failed,
                    "one worker did all the work each time, should be several: other work as long was"
                        + " shared \(shared) times meanwhile")
            }
        } while ContinuousClock.now < end
        return Finding(
            .skipped,
            "the other processors are busy: no second worker came in 3 s; close other programs")
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
