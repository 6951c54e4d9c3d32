import Dispatch
import Synchronization

/// Threads that Dispatch wakes for each step.
final class ForkJoin: Workers {
    /// `WakeUpCost` measured 25 µs after a rest on the machine of the reference report.
    static var wakingNanoseconds: Double { 25_000 }

    private let workers: Int
    private let parts: Int
    private let taken = Atomic(0)
    private let working = Atomic(0)

    init(workers: Int, parts: Int) {
        (self.workers, self.parts) = (workers, parts)
    }

    var workersInLatestStep: Int { working.load(ordering: .relaxed) }

    func run<Step: SharedStep>(_ step: Step) {
        taken.store(0, ordering: .relaxed)
        working.store(0, ordering: .relaxed)
        if workers == 1 {
            work(step, as: 0)
        } else {
            DispatchQueue.concurrentPerform(iterations: workers) { work(step, as: $0) }
        }
        for part in 0..<parts { step.add(part) }
    }

    /// Does parts until none is left.
    private func work<Step: SharedStep>(_ step: Step, as worker: Int) {
        var didWork = false
        while let part = nextPart() {
            step.sum(part, as: worker)
            didWork = true
        }
        if didWork { working.wrappingAdd(1, ordering: .relaxed) }
    }

    private func nextPart() -> Int? {
        let part = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        return part < parts ? part : nil
    }
}
