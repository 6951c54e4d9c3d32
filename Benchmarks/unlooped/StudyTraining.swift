import Agreement
import Ladders
import Problems
import Measurement

/// Trains on a data set with every implementation, in each scalar type.
struct StudyTraining {
    /// The data set, and how.
    let task: StudyTask

    /// The rungs that take part.
    let names: Set<String>

    /// What they compute in.
    let scalars: [ScalarKind]

    /// Threads that may work at the same time.
    let threads: Int

    /// Trains; nil where Ctrl-C came before all was done.
    func run() throws -> TrainingOutcome? {
        let data = task.training
        // Where no run from outside Swift is as long, all are compared with the first rung in Double,
        // whether it takes part or not.
        var first: TrainingRun<Double>?
        if task.exact.isEmpty, let kind = LogisticLadder.rungs(Double.self).first {
            guard let (run, _, _) = try train(kind, data) else { return nil }
            first = run
        }
        var entries: [TrainingOutcome.Entry] = []
        for scalar in scalars {
            let more =
                switch scalar {
                case .float: try all(Dataset<Float>(rounding: data), first)
                case .double: try all(data, first)
                }
            guard let more else { return nil }
            entries += more
        }
        return TrainingOutcome(
            dataset: task.dataset, m: data.m, nx: data.nx, testSamples: task.testing?.m,
            iterations: task.iterations, learningRate: task.learningRate,
            reference: first == nil ? task.source : "\(LogisticLadder.rungs(Double.self)[0].name) in double",
            entries: entries)
    }

    private func all<Scalar: LaneScalar>(
        _ data: Dataset<Scalar>, _ first: TrainingRun<Double>?
    ) throws -> [TrainingOutcome.Entry]? {
        let own = task.exact.first { $0.scalar == Scalar.kind }
        let testing = try task.testing.map { try Dataset<Scalar>(rounding: $0) }
        var bounds: [Storage: [Summation: (cost: Double, weights: Double?)]] = [:]
        var entries: [TrainingOutcome.Entry] = []
        for kind in LogisticLadder.rungs(Scalar.self) where names.contains(kind.name) {
            guard let (run, seconds, course) = try train(kind, data) else { return nil }
            let (sums, storage) = (kind.info.sums, kind.info.storage)
            let bound = own.map { bounds[storage]?[sums] ?? self.bound($0, data, sums, storage) }
            bounds[storage, default: [:]][sums] = bound
            let distance =
                (own ?? task.exact.first).map { RunDistance(run, from: $0) }
                ?? first.map { RunDistance(run, from: $0) }
            entries.append(
                TrainingOutcome.Entry(
                    rung: kind.name, scalar: Scalar.kind, storage: storage, cost: Double(run.finalCost),
                    accuracy: run.model.accuracy(on: data),
                    testAccuracy: testing.map { run.model.accuracy(on: $0) }, seconds: seconds,
                    costDistance: distance?.cost ?? .nan, costBound: bound?.cost,
                    weightDistance: distance?.parameters ?? .nan, weightBound: bound?.weights,
                    course: course))
        }
        return entries
    }

    /// How far a run may be from `exact`, which has the same data to the bit.
    private func bound<Scalar: LaneScalar>(
        _ exact: RunFixture, _ data: Dataset<Scalar>, _ sums: Summation, _ storage: Storage
    ) -> (cost: Double, weights: Double?) {
        if let tolerance = task.tolerance { return (tolerance * exact.J.double, nil) }
        let bound = RunBound(
            data, learningRate: Scalar(task.learningRate), steps: task.iterations, sums: sums,
            storage: storage)
        return (bound.J, bound.distance)
    }

    /// One training, how many seconds it took, and J on the way; nil where Ctrl-C ended it.
    private func train<Scalar: LaneScalar>(
        _ kind: Rung<Scalar>, _ data: Dataset<Scalar>
    ) throws -> (run: TrainingRun<Scalar>, seconds: Double, course: [TrainingOutcome.Point])? {
        let descent = try GradientDescent(
            learningRate: Scalar(task.learningRate), iterations: task.iterations)
        let implementation = kind.prepare(data, threads: threads)
        let clock = ContinuousClock()
        var course: [TrainingOutcome.Point] = []
        let start = clock.now
        func note(_ updates: Int, _ cost: Scalar) {
            let seconds = (clock.now - start) / .seconds(1)
            course.append(TrainingOutcome.Point(updates: updates, cost: Double(cost), seconds: seconds))
        }
        let run = descent.run(implementation, from: Model(zeros: data.nx)) { updates, gradient, _ in
            if Self.isMilestone(updates) { note(updates, gradient.J) }
            return !Interrupt.isRequested
        }
        note(run.iterations, run.finalCost)
        return run.end == .cancelled ? nil : (run, course[course.count - 1].seconds, course)
    }

    /// 0, and 1 to 9 times the powers of ten.
    private static func isMilestone(_ updates: Int) -> Bool {
        var leading = updates
        while leading >= 10, leading % 10 == 0 { leading /= 10 }
        return leading < 10
    }
}
