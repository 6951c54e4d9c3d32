import Foundation
import LogisticRegression

extension Case {
    /// A threaded rung gives the same bits for every number of threads, within its bounds, and more than
    /// one worker is seen at work.
    static func threads(_ shape: Suite.Shape, seed: UInt64, counts: [Int]) -> Case {
        Case(name: "threads") {
            $0.isThreaded
        } prepare: {
            let data = synthetic(shape, seed: seed)
            let model = model(shape.nx, seed: seed, scale: 1)
            let reference = Reference(data, model)
            return { type in
                func trial(_ name: String, _ threads: Int) -> Trial {
                    Trial(
                        rung: type.rung, scalar: Scalar.kind, kind: .threads, name: name, m: shape.m,
                        nx: shape.nx, seed: seed, threads: threads)
                }
                let one = type.init(data, threads: 1).gradient(at: model)
                let bound = ErrorBound(reference, type.rung.sums)
                var verdicts = [Verdict(trial("within bounds", 1), Comparison(one, reference, bound))]
                for threads in counts where threads > 1 {
                    let implementation = type.init(data, threads: threads)
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

    /// Whether more than one worker is seen at work within two seconds.
    private static func seen(
        _ implementation: any Implementation<Scalar>, at model: Model<Scalar>, _ trial: Trial
    ) -> Verdict {
        guard ProcessInfo.processInfo.activeProcessorCount > 1 else {
            return Verdict(trial, outcome: .skipped, message: "one processor: several workers need two")
        }
        let end = ContinuousClock.now + .seconds(2)
        repeat {
            _ = implementation.gradient(at: model)
            if implementation.workersInLatestGradient > 1 {
                return Verdict(trial, outcome: .passed, message: "")
            }
        } while ContinuousClock.now < end
        return Verdict(
            trial, outcome: .failed,
            message: "one worker did all the work for 2 s, should be several: are the other processors busy?")
    }
}
