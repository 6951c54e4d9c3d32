import Dispatch
import Foundation
import Problems
import Synchronization

extension Case {
    /// A threaded rung gives the same bits for every number of threads, within its bounds, and more than
    /// one worker is seen at work.
    ///
    /// - Parameter seesWorkers: whether several workers must be seen; a short step is over before a second one comes.
    static func threads(
        _ shape: Shape, activation: Activation = .relu, seed: UInt64, counts: [Int], seesWorkers: Bool = true
    ) -> Case {
        Case(.threads, "threads", shape, activation: activation, seed: seed, onlyThreaded: true) {
            let problem = problem(shape, activation, seed: seed)
            let model = Model(judging: problem, seed: seed)
            let reference = Reference(problem, model)
            return { rung in
                let one = rung.prepare(problem, threads: 1).gradient(at: model)
                let bound = ErrorBound(reference, rung.info)
                var findings = [Finding(Comparison(one, reference, bound)).named("within bounds")]
                for threads in counts where threads > 1 {
                    let prepared = rung.prepare(problem, threads: threads)
                    // Several times: who does which part differs from run to run.
                    let worst = (0..<3).map { _ in
                        Comparison(prepared.gradient(at: model), equals: one, shape, includingJ: true)
                    }.max { $0.ratio < $1.ratio }
                    if let worst { findings.append(Finding(worst).named("same bits", threads: threads)) }
                    if seesWorkers, threads == counts.max() {
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
    /// long. Only where the control is shared time after time without exception, which no busy machine allows,
    /// and the rung never, it is the rung's doing. Everything else has not been seen, and is no failure.
    private static func seen(
        _ prepared: Prepared<Scalar>, at model: Model<Scalar>, _ threads: Int
    ) -> Finding {
        guard ProcessInfo.processInfo.activeProcessorCount > 1 else {
            return Finding(.skipped, "one processor: several workers need two")
        }
        let end = ContinuousClock.now + .seconds(3)
        let enough = 200
        var (tries, inARow) = (0, 0)
        repeat {
            tries += 1
            let duration = ContinuousClock().measure { _ = prepared.gradient(at: model) }
            if prepared.workersInLatestGradient > 1 { return Finding(.passed) }
            inARow = isShared(duration, threads: threads) ? inARow + 1 : 0
            if inARow == enough {
                return Finding(
                    .failed,
                    "one worker did all the work \(tries) times, should be several: other work as long was"
                        + " shared each of the last \(inARow) times")
            }
        } while ContinuousClock.now < end
        return Finding(
            .skipped,
            "several workers were not seen in \(tries) tries: other programs keep the processors busy; close them"
        )
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
