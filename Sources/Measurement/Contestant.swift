import Problems

/// Something prepared for the data of a cell that is to be timed: an implementation, a ceiling, or a
/// program that times itself.
package struct Contestant {
    /// What it is for.
    package enum Role: Sendable {
        /// A rung of the ladder.
        case rung
        /// A rung that runs once more under another name.
        case control
        /// What bounds all rungs.
        case ceiling
        /// The same step in another program.
        case peer
    }

    /// What it is for.
    package let role: Role

    /// Its name and what it is.
    package let rung: RungInfo

    /// What one step of it costs.
    package let work: Work

    /// What it holds besides the data.
    package let preparedBytes: Int

    /// What the judge said of it on these data; nil where it was not asked. One that failed is not timed.
    package let verdict: CellVerdict?

    /// Why it is not to be timed; nil where it is.
    package let skipped: String?

    /// Runs some steps from w = 0, b = 0, and tells how long they took.
    package let run: (_ steps: Int) throws(RunFailure) -> RunTime

    /// Called when its turn is over, and another one's begins.
    let rest: () -> Void

    /// How many threads worked on the latest step.
    let workers: () -> Int

    /// Something whose steps `steps` runs.
    package init(
        role: Role = .rung, rung: RungInfo, work: Work, preparedBytes: Int = 0, verdict: CellVerdict? = nil,
        skipped: String? = nil, workers: @escaping () -> Int = { 1 },
        steps: @escaping (_ steps: Int) -> Void
    ) {
        (self.role, self.rung, self.work, self.preparedBytes) = (role, rung, work, preparedBytes)
        (self.verdict, self.skipped, self.workers, rest) = (verdict, skipped, workers, {})
        run = { (count: Int) throws(RunFailure) in RunTime { steps(count) } }
    }

    /// A program of its own that gives its own time.
    ///
    /// - Parameters:
    ///   - threads: how many it says that it uses.
    ///   - rest: called when its turn is over; it then has to leave the processors to others.
    ///   - run: runs some steps from w = 0, b = 0; where it fails, the program is left out from then on.
    package init(
        _ peer: Peer, in cell: Cell, threads: Int = 1, verdict: CellVerdict? = nil, skipped: String? = nil,
        rest: @escaping () -> Void = {}, run: @escaping (_ steps: Int) throws(RunFailure) -> RunTime
    ) {
        role = .peer
        rung = peer.rung
        // All make the same 4·m·n_x operations; how often a peer reads X, only itself knows.
        work = Work(operations: 4 * cell.values, bytes: cell.xBytes)
        (preparedBytes, workers) = (0, { threads })
        (self.verdict, self.skipped, self.rest, self.run) = (verdict, skipped, rest, run)
    }

    /// A rung, prepared for the data of `cell`.
    ///
    /// - Parameter learningRate: α of the steps.
    package init<Scalar: RealScalar>(
        _ rung: Rung<Scalar>, _ prepared: Prepared<Scalar>, in cell: Cell, verdict: CellVerdict? = nil,
        learningRate: Double = 0.1
    ) {
        let steps = Steps(prepared, nx: cell.nx, learningRate: Scalar(learningRate))
        self.init(
            rung: rung.info, work: rung.work(Shape(cell.m, cell.nx)),
            preparedBytes: rung.preparedBytes(Shape(cell.m, cell.nx), threads: cell.threads),
            verdict: verdict, workers: { prepared.workersInLatestGradient },
            steps: { steps.run($0) })
    }

    /// A rung that takes part, and is not to be timed in this cell.
    package init<Scalar: RealScalar>(
        skipping rung: Rung<Scalar>, in cell: Cell, because reason: String
    ) {
        self.init(
            rung: rung.info, work: rung.work(Shape(cell.m, cell.nx)), skipped: reason, steps: { _ in })
    }

    /// The same code a second time under another name: `twin`, an instance of its own, repeats `rung`.
    package init(control twin: Contestant) {
        let rung = RungInfo(
            twin.rung.name + " again", after: twin.rung.name, "the same, a second time",
            sums: twin.rung.sums, storage: twin.rung.storage, isThreaded: twin.rung.isThreaded)
        self.init(
            role: .control, rung: rung, work: twin.work, preparedBytes: twin.preparedBytes,
            verdict: twin.verdict, workers: twin.workers, steps: { _ = try? twin.run($0) })
    }
}

extension Contestant {
    /// The same, but each run of steps takes longer by a part of its time: for trying whether that is found.
    package init(slowing contestant: Contestant, by part: Double) {
        self.init(
            role: contestant.role, rung: contestant.rung, work: contestant.work,
            preparedBytes: contestant.preparedBytes, verdict: contestant.verdict, skipped: contestant.skipped,
            workers: contestant.workers
        ) { steps in
            let start = MonotonicClock.nanoseconds
            _ = try? contestant.run(steps)
            let now = MonotonicClock.nanoseconds
            let end = now + Int(part * Double(now - start))
            while MonotonicClock.nanoseconds < end {}
        }
    }
}

/// A prepared rung with the model and the gradient that its steps go through.
private final class Steps<Scalar: RealScalar> {
    private let prepared: Prepared<Scalar>
    private let learningRate: Scalar
    private var model: Model<Scalar>
    private var gradient: Gradient<Scalar>

    init(_ prepared: Prepared<Scalar>, nx: Int, learningRate: Scalar) {
        (self.prepared, self.learningRate) = (prepared, learningRate)
        (model, gradient) = (Model(zeros: nx), Gradient(zeros: nx))
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    func run(_ steps: Int) {
        for j in model.parameters.indices { model.parameters[j] = 0 }
        for _ in 0..<steps { prepared.step(&model, learningRate: learningRate, scratch: &gradient) }
    }
}
