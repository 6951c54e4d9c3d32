import Agreement
import DataFiles
import Implementations
import LogisticRegression
import Measurement

/// Trains on the built-in data with every implementation, in each scalar type.
struct StudyTraining {
    /// The rungs that take part.
    let names: Set<String>

    /// What they compute in.
    let scalars: [ScalarKind]

    /// Updates.
    let iterations: Int

    /// Threads that may work at the same time.
    let threads: Int

    private let learningRate = 0.1

    init(names: Set<String>, scalars: [ScalarKind], iterations: Int, threads: Int) {
        (self.names, self.scalars, self.iterations, self.threads) = (names, scalars, iterations, threads)
    }

    /// Trains; nil where Ctrl-C came before all was done.
    func run() throws -> TrainingOutcome? {
        let table = try CSV(label: .name("malignant")).read(
            try Resources.data("wdbc.csv"), as: Double.self)
        let data = try Standardization(table.data).applied(to: table.data)
        let exact = try Fixture.runs().filter { $0.steps == iterations && $0.learningRate == learningRate }
        // Where no run from outside Swift is as long, all are compared with the first rung in Double,
        // whether it takes part or not.
        guard let kind = Catalog<Double>.all.first, let first = try train(kind, data) else { return nil }
        var entries: [TrainingOutcome.Entry] = []
        for scalar in scalars {
            let more =
                switch scalar {
                case .float: try all(Dataset<Float>(rounding: data), first.run)
                case .double: try all(data, first.run)
                }
            guard let more else { return nil }
            entries += more
        }
        return TrainingOutcome(
            dataset: "wdbc (breast cancer, Wisconsin), standardized", m: data.m, nx: data.nx,
            iterations: iterations, learningRate: learningRate,
            reference: exact.isEmpty
                ? "\(kind.rung.name) in double" : "values computed outside of Swift, with 38 digits",
            entries: entries)
    }

    private func all<Scalar: LaneScalar>(
        _ data: Dataset<Scalar>, _ first: TrainingRun<Double>
    ) throws -> [TrainingOutcome.Entry]? {
        let rate = Scalar(learningRate)
        let exact = try Fixture.runs().first {
            $0.scalar == Scalar.kind && $0.steps == iterations && $0.learningRate == Double(rate)
        }
        var bounds: [Summation: RunBound] = [:]
        var entries: [TrainingOutcome.Entry] = []
        for kind in Catalog<Scalar>.all where names.contains(kind.rung.name) {
            guard let (run, seconds, course) = try train(kind, data) else { return nil }
            let sums = kind.rung.sums
            let bound = exact.map { _ in
                bounds[sums] ?? RunBound(data, learningRate: rate, steps: iterations, sums: sums)
            }
            bounds[sums] = bound
            let distance = exact.map { RunDistance(run, from: $0) } ?? RunDistance(run, from: first)
            entries.append(
                TrainingOutcome.Entry(
                    rung: kind.rung.name, scalar: Scalar.kind, cost: Double(run.finalCost),
                    accuracy: run.model.accuracy(on: data), seconds: seconds,
                    costDistance: distance.cost, costBound: bound?.J,
                    weightDistance: distance.parameters, weightBound: bound?.distance,
                    course: course))
        }
        return entries
    }

    /// One training, how many seconds it took, and J on the way; nil where Ctrl-C ended it.
    private func train<Scalar: LaneScalar>(
        _ kind: ImplementationType<Scalar>, _ data: Dataset<Scalar>
    ) throws -> (run: TrainingRun<Scalar>, seconds: Double, course: [TrainingOutcome.Point])? {
        let descent = try GradientDescent(learningRate: Scalar(learningRate), iterations: iterations)
        let implementation = kind.init(data, threads: threads)
        let clock = ContinuousClock()
        var course: [TrainingOutcome.Point] = []
        let start = clock.now
        func note(_ updates: Int, _ cost: Scalar) {
            let seconds = (clock.now - start) / .seconds(1)
            course.append(TrainingOutcome.Point(updates: updates, cost: Double(cost), seconds: seconds))
        }
        let run = descent.run(implementation, from: Model(zeros: data.nx)) { updates, gradient in
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
