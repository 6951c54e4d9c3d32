import Dispatch
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#elseif canImport(Darwin)
import Darwin
#endif

/// Threads that do the steps of a run together, and are forked once for all of them.
///
/// Waking a thread costs tens of microseconds, so a worker that has come for one step stays for the next: it
/// looks for parts to claim, and when there are none it looks again for a while (`SpinWait`), since the next
/// step of a run begins within microseconds. When none has begun for that long, the run is over: the worker
/// leaves and gives its thread back to Dispatch. The caller that begins a step calls the workers that are
/// missing.
///
/// So a team that is idle holds no thread: any number of them may exist, `concurrentPerform` has all
/// processors to itself, and a team needs no explicit end. And Dispatch, whose global queue
/// has no more threads than the machine has processors, keeps busy teams from crowding each other out.
///
/// How they agree, with one atomic word each:
/// - `next`, the part to be claimed next. A step begins when the caller sets it to 0, and what was written
///   before that is visible to every worker that claims a part. A claim is one addition: it is good for the step that goes
///   on at that moment, however long ago its worker last looked.
/// - `done`, a bit for each part that is finished. The caller works as well, so once it finds no part left
///   to claim, each is done or is being done: it waits for bits, and never for a worker that has not come.
///
/// A step begins after all parts of the one before are done, so no worker reads what the caller is writing.
package final class Team: Sendable {
    /// A bit for each part, and for each worker.
    package static let greatestCount = UInt64.bitWidth

    private let workers: Int
    private let parts: Int
    private let queue: DispatchQueue

    private let next: Atomic<Int>
    private let done = Atomic<UInt64>(0)
    /// A bit for each worker that is here or has been called.
    private let present = Atomic<UInt64>(1)
    /// A bit for each worker that did a part of the latest step.
    private let active = Atomic<UInt64>(0)

    /// A team whose only worker is the caller, until others are called.
    ///
    /// - Parameters:
    ///   - workers: how many may work at the same time, worker 0 is the caller; at most `greatestCount`.
    ///   - parts: how many parts a step has, at most `greatestCount`.
    ///   - queue: where the others come from; a concurrent one.
    package init(workers: Int, parts: Int, queue: DispatchQueue) {
        precondition((1...Self.greatestCount).contains(workers) && (1...Self.greatestCount).contains(parts))
        (self.workers, self.parts, self.queue) = (workers, parts, queue)
        next = Atomic(parts)
    }

    /// Whether all workers are here, or have been called.
    package var isComplete: Bool { present.load(ordering: .relaxed).nonzeroBitCount == workers }

    /// Whether no worker but the caller is here or has been called.
    package var isIdle: Bool { present.load(ordering: .relaxed) == 1 }

    /// How many threads did parts of the latest step.
    package var workersInLatestStep: Int { active.load(ordering: .relaxed).nonzeroBitCount }

    /// Lets the workers claim parts; the step before must be finished.
    package func beginStep() {
        done.store(0, ordering: .relaxed)
        active.store(0, ordering: .relaxed)
        next.store(0, ordering: .releasing)
    }

    /// Calls the workers that are not here. They come when a thread is free, and do parts until they leave.
    ///
    /// - Parameter work: does a part of the step that goes on then.
    package func call(_ work: @escaping @Sendable (_ part: Int, _ worker: Int) -> Void) {
        for worker in 1..<workers {
            let bit: UInt64 = 1 << worker
            // The leaving worker's release publishes its writes to its successor.
            if present.bitwiseOr(bit, ordering: .acquiring).oldValue & bit == 0 {
                queue.async { self.stay(as: worker, work) }
            }
        }
    }

    /// Does parts on the calling thread until none is left, and waits for those that others are at.
    ///
    /// - Parameters:
    ///   - work: does a part.
    ///   - add: called for each finished part, in order, on the calling thread.
    @inline(__always)
    package func finishStep(work: (_ part: Int) -> Void, add: (_ part: Int) -> Void) {
        var added = 0
        var wait = SpinWait()
        while added < parts {
            if let part = claim() {
                work(part)
                finish(part, as: 0)
            } else {
                _ = wait.wait()
            }
            let ready = (~done.load(ordering: .acquiring)).trailingZeroBitCount
            while added < ready {
                add(added)
                added += 1
            }
        }
    }

    /// Does parts of whatever step goes on, until there have been none for a while.
    private func stay(as worker: Int, _ work: (_ part: Int, _ worker: Int) -> Void) {
        var wait = SpinWait()
        repeat {
            while let part = claim() {
                work(part, worker)
                finish(part, as: worker)
                wait = SpinWait()
            }
        } while wait.wait()
        present.bitwiseAnd(~(1 << worker), ordering: .releasing)
    }

    private func claim() -> Int? {
        // Looked at first, so that waiting changes nothing: the word stays in the caches of all who look.
        guard next.load(ordering: .relaxed) < parts else { return nil }
        let part = next.wrappingAdd(1, ordering: .acquiring).oldValue
        return part < parts ? part : nil
    }

    private func finish(_ part: Int, as worker: Int) {
        active.bitwiseOr(1 << worker, ordering: .relaxed)
        done.bitwiseOr(1 << part, ordering: .releasing)
    }
}

extension Team: Workers {
    /// Until a worker that is there has seen that a step has begun and has read w, and until its sums have been
    /// read in turn: some dozens of cache lines that cross from one processor to another, at 0.1 µs or less.
    static var wakingNanoseconds: Double { 2_000 }

    convenience init(workers: Int, parts: Int) {
        self.init(workers: workers, parts: parts, queue: .global())
    }

    func run<Step: SharedStep>(_ step: Step) {
        beginStep()
        // Made where a worker is missing only: a closure that is kept takes memory.
        if !isComplete { call { step.sum($0, as: $1) } }
        finishStep {
            step.sum($0, as: 0)
        } add: {
            step.add($0)
        }
    }
}

/// How a thread waits for another one: looking all the time at first, then letting others have the
/// processor between two looks, and not for ever.
struct SpinWait {
    /// About as long as the caller needs from step to step: the last part, the sums, the new w.
    private static let spinning: UInt64 = 20_000

    /// Short enough that the next rung to be timed is not disturbed for long.
    private static let end: UInt64 = 100_000

    private var looks = 0
    private var start: UInt64 = 0
    private var isYielding = false

    /// Called between two looks. Returns whether to look again: for 100 µs.
    mutating func wait() -> Bool {
        looks &+= 1
        // To read the clock takes as long as some dozens of looks.
        guard isYielding || looks % 32 == 0 else { return true }
        let now = DispatchTime.now().uptimeNanoseconds
        if start == 0 { start = now }
        isYielding = now - start > Self.spinning
        if isYielding { sched_yield() }
        return now - start < Self.end
    }
}
