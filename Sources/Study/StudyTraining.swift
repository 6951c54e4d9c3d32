import Agreement
import Ladders
import Measurement
import Problems

/// Trains on a data set with every implementation, in each scalar type.
package struct StudyTraining {
    private let task: StudyTask
    private let settings: GridSettings
    private let threads: Int

    /// - Parameter settings: which rungs take part, and what they compute in.
    package init(_ task: StudyTask, _ settings: GridSettings) {
        (self.task, self.settings) = (task, settings)
        threads = settings.plan.cells.map { $0.threads }.max() ?? 1
    }

    /// Trains; nil where Ctrl-C came before all was done.
    package func run() throws -> TrainingOutcome? {
        let data = task.training
        // Where no run from outside Swift is as long, all are compared with the first rung in Double,
        // whether it takes part or not.
        var first: TrainingRun<Double>?
        if task.exact.isEmpty, let kind = LogisticLadder.rungs(Double.self).first {
            guard let (run, _, _) = try train(kind, data) else { return nil }
            first = run
        }
        var entries: [TrainingOutcome.Entry] = []
        for scalar in settings.scalars {
            guard let more = try all(scalar.type, first) else { return nil }
            entries += more
        }
        return TrainingOutcome(
            dataset: task.dataset, m: data.m, nx: data.nx, testSamples: task.testing?.m,
            iterations: task.iterations, learningRate: task.learningRate,
            reference: first == nil ? task.source : "\(LogisticLadder.rungs(Double.self)[0].name) in double",
            entries: entries)
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func all<Scalar: LaneScalar>(
        _: Scalar.Type, _ first: TrainingRun<Double>?
    ) throws -> [TrainingOutcome.Entry]? {
        let data = try Dataset<Scalar>(rounding: task.training)
        let own = task.exact.first { $0.scalar == Scalar.kind }
        let testing = try task.testing.map { try Dataset<Scalar>(rounding: $0) }
        var bounds: [Storage: [Summation: (cost: Double, weights: Double?)]] = [:]
        var entries: [TrainingOutcome.Entry] = []
        for kind in LogisticLadder.rungs(Scalar.self) where settings.plan.rungs.contains(kind.name) {
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
                    weightDistance: distance?.parameters ?? .nan, weightBound: bound?.weights, course: course)
            )
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
            // 0, and 1 to 9 times the powers of ten.
            if updates.withoutTrailingZeros < 10 { note(updates, gradient.J) }
            return !Interrupt.isRequested
        }
        note(run.iterations, run.finalCost)
        return run.end == .cancelled ? nil : (run, course[course.count - 1].seconds, course)
    }

}

extension Int {
    /// 12 of 1200, and 0 of 0.
    package var withoutTrailingZeros: Int {
        var rest = self
        while rest >= 10, rest % 10 == 0 { rest /= 10 }
        return rest
    }
}

/// A data set that the study trains on, and what is known of the run on it.
package struct StudyTask {
    /// The data set, in words.
    let dataset: String
    let training: Dataset<Double>
    let testing: Dataset<Double>?
    let iterations: Int
    let learningRate: Double

    /// The same run, computed outside of Swift, and by what; empty where that has another number of updates.
    let exact: [RunFixture]
    let source: String

    /// How far J may be off in `Double`, in parts of it; nil where a bound is derived.
    let tolerance: Double?
}

extension StudyTask {
    package static func wisconsin(iterations: Int) throws -> StudyTask {
        let table = try DataSource("wdbc").read(as: Double.self)
        return StudyTask(
            dataset: "wdbc (breast cancer, Wisconsin), standardized",
            training: try Standardization(table.data).applied(to: table.data), testing: nil,
            iterations: iterations, learningRate: 0.1,
            exact: try Fixture.runs().filter { $0.steps == iterations },
            source: "values computed outside of Swift, with 38 digits", tolerance: nil)
    }

    /// T-shirts and shirts, for which 2/L is 0.0542.
    ///
    /// - Parameter iterations: 500 is what NumPy's run has.
    package static func fashionMNIST(iterations: Int) throws -> StudyTask {
        func data(_ part: FashionMNIST) throws -> Dataset<Double> {
            try DataSource(part.rawValue).read().data
        }
        return StudyTask(
            dataset: "fashion-mnist (T-shirts and shirts), pixels from 0 to 1", training: try data(.training),
            testing: try data(.testing), iterations: iterations, learningRate: 0.05,
            exact: try Fixture.fashionRuns().filter { $0.steps == iterations }, source: "NumPy's, in double",
            tolerance: 1e-10)
    }
}
