import Foundation
import Problems

/// Something that is timed with the data of a cell, for which it is prepared: an implementation, a ceiling, or
/// a program that times itself.
package struct Contestant {
    package enum Role: Sendable {
        /// A rung of the ladder.
        case rung
        /// A rung that runs once more under another name.
        case control
        /// A bound of all rungs.
        case ceiling
        /// The same step in another program.
        case peer
    }

    package private(set) var role: Role
    package private(set) var rung: RungInfo
    /// The cost of one step.
    package let work: Work
    /// Memory that it holds besides the data.
    package let preparedBytes: Int
    /// The judge's verdict on it with these data; nil where it was not judged. One that failed is not timed.
    package let verdict: CellVerdict?
    /// Why it is not to be timed; nil where it is.
    package let skipped: String?
    /// Runs some steps from the first parameters, and returns how long they took.
    package private(set) var run: (_ steps: Int) throws(RunFailure) -> RunTime
    /// Called when its turn is over, and another one's begins.
    let rest: () -> Void
    /// How many threads worked on the latest step.
    let workers: () -> Int

    /// - Parameter steps: runs some steps.
    package init(
        role: Role = .rung, rung: RungInfo, work: Work, preparedBytes: Int = 0, verdict: CellVerdict? = nil,
        skipped: String? = nil, workers: @escaping () -> Int = { 1 },
        steps: @escaping (_ steps: Int) -> Void
    ) {
        (self.role, self.rung, self.work, self.preparedBytes) = (role, rung, work, preparedBytes)
        (self.verdict, self.skipped, self.workers, rest) = (verdict, skipped, workers, {})
        run = { (count: Int) throws(RunFailure) in RunTime(isThreaded: rung.isThreaded) { steps(count) } }
    }

    /// A program that times itself.
    ///
    /// - Parameters:
    ///   - threads: how many it says that it uses.
    ///   - rest: called when its turn is over; it then has to leave the processors to others.
    ///   - run: runs some steps from the first parameters; where it fails, the program is left out from then on.
    package init(
        _ peer: Peer, in cell: Cell, threads: Int = 1, verdict: CellVerdict? = nil, skipped: String? = nil,
        rest: @escaping () -> Void = {}, run: @escaping (_ steps: Int) throws(RunFailure) -> RunTime
    ) {
        role = .peer
        rung = peer.rung
        // All make the same operations; how often a peer reads X, only itself knows.
        work = .step(cell.shape, in: cell.scalar, passes: 1, sweeps: 0)
        (preparedBytes, workers) = (0, { threads })
        (self.verdict, self.skipped, self.rest, self.run) = (verdict, skipped, rest, run)
    }

    /// A rung, prepared for the data of `cell`.
    ///
    /// - Parameters:
    ///   - start: the first parameters; zeros where not given.
    ///   - learningRate: α of the steps.
    package init<Scalar: RealScalar>(
        _ rung: Rung<Scalar>, _ prepared: Prepared<Scalar>, in cell: Cell, from start: Model<Scalar>? = nil,
        verdict: CellVerdict? = nil, learningRate: Double = 0.1
    ) {
        let start = start ?? Model(parameters: Array(repeating: 0, count: cell.shape.parameterCount))
        let steps = Steps(prepared, from: start, learningRate: Scalar(learningRate))
        self.init(
            rung: rung.info, work: rung.work(cell.shape),
            preparedBytes: rung.preparedBytes(cell.shape, threads: cell.threads), verdict: verdict,
            workers: { prepared.workersInLatestGradient }, steps: { steps.run($0) })
    }

    /// A rung that takes part, and is not to be timed in this cell.
    package init<Scalar: RealScalar>(
        skipping rung: Rung<Scalar>, in cell: Cell, because reason: String
    ) {
        self.init(rung: rung.info, work: rung.work(cell.shape), skipped: reason, steps: { _ in })
    }

    /// The same code a second time under another name: `twin`, an instance of its own, repeats a rung.
    package init(control twin: Contestant) {
        self = twin
        role = .control
        rung = RungInfo(
            twin.rung.name + " again", after: twin.rung.name, "the same, a second time",
            sums: twin.rung.sums, storage: twin.rung.storage, isThreaded: twin.rung.isThreaded)
    }

    /// The same, but each run of steps takes longer by a part of its time: to try whether that is found.
    package init(slowing contestant: Contestant, by part: Double) {
        self = contestant
        run = { (steps: Int) throws(RunFailure) in
            RunTime(isThreaded: contestant.rung.isThreaded) {
                let start = MonotonicClock.nanoseconds
                _ = try? contestant.run(steps)
                let now = MonotonicClock.nanoseconds
                let end = now + Int(part * Double(now - start))
                while MonotonicClock.nanoseconds < end {}
            }
        }
    }
}

/// A prepared rung with the model and the gradient of its steps.
private final class Steps<Scalar: RealScalar> {
    private let prepared: Prepared<Scalar>
    private let learningRate: Scalar
    private let start: Model<Scalar>
    private var model: Model<Scalar>
    private var gradient: Gradient<Scalar>

    init(_ prepared: Prepared<Scalar>, from start: Model<Scalar>, learningRate: Scalar) {
        (self.prepared, self.learningRate) = (prepared, learningRate)
        (self.start, model) = (start, start)
        gradient = Gradient(parameters: start.parameters.count)
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func run(_ steps: Int) {
        for j in model.parameters.indices { model.parameters[j] = start.parameters[j] }
        for _ in 0..<steps { prepared.step(&model, learningRate: learningRate, scratch: &gradient) }
    }
}

/// How long some steps took.
package struct RunTime: Sendable, Equatable {
    /// By a monotonic clock.
    package let nanoseconds: Int
    /// How long processors worked for it, all threads added up; 0 where that is not known.
    package let cpuNanoseconds: Int
    /// How long its threads could have worked, but waited for a processor; 0 where that is not known.
    package let waitedNanoseconds: Int

    package init(nanoseconds: Int, cpuNanoseconds: Int = 0, waitedNanoseconds: Int = 0) {
        (self.nanoseconds, self.cpuNanoseconds) = (nanoseconds, cpuNanoseconds)
        self.waitedNanoseconds = waitedNanoseconds
    }

    /// The time that `work` takes, by the clocks of this program.
    init(isThreaded: Bool, of work: () -> Void) {
        let (waits, faults) = (WaitingTimes(), rusage.ofThisProcess.ru_majflt)
        let cpu = ProcessorClock.nanoseconds
        let start = MonotonicClock.nanoseconds
        work()
        let end = MonotonicClock.nanoseconds
        let worked = max(0, ProcessorClock.nanoseconds - cpu)
        var waited = waits.flatMap { start in WaitingTimes()?.since(start) } ?? 0
        // On one thread, whose steps wait for nothing but files, all time without a processor was taken from it, also
        // by the host of a virtual machine.
        if !isThreaded, worked > 0, rusage.ofThisProcess.ru_majflt == faults {
            waited = max(waited, end - start - worked)
        }
        self.init(
            nanoseconds: max(1, end - start), cpuNanoseconds: worked, waitedNanoseconds: waited)
    }
}

/// A contestant that could not finish its steps.
package struct RunFailure: Error, Equatable {
    /// In words that continue its name and a colon.
    package let reason: String

    package init(_ reason: String) { self.reason = reason }
}

/// Time since some moment in the past: it never goes back, and no one sets it.
enum MonotonicClock {
    static var nanoseconds: Int { Int(clamping: DispatchTime.now().uptimeNanoseconds) }
}

/// The time that processors worked for this program, all its threads added up.
enum ProcessorClock {
    /// 0 where the system does not report it.
    static var nanoseconds: Int {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return 0 }
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}
