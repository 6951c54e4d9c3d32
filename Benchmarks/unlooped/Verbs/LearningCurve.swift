import DataFiles
import Foundation
import Measurement
import Problems
import Reporting
import Study

/// The course of a run for `train --report`, and the cost of the validation set for `--history`: noted at some
/// updates, each about a tenth later than the one before.
struct LearningCurve<Scalar: RealScalar> {
    private let job: TrainingJob<Scalar>
    private let start = ContinuousClock.now
    private var next = 0
    private(set) var course: [TrainingPage.Point] = []

    init(_ job: TrainingJob<Scalar>) { self.job = job }

    /// Before the update that follows so many.
    mutating func note(_ updates: Int, _ gradient: Gradient<Scalar>, _ model: Model<Scalar>) {
        guard updates >= next else { return }
        next = updates + max(1, updates / 10)
        course.append(
            TrainingPage.Point(
                updates: updates, cost: Double(gradient.J), gradient: gradient.norm,
                validationCost: job.data.validation.map { job.cost(model, on: $0) }))
    }

    /// At the end of the run, for which nothing may have been noted.
    mutating func end(_ run: TrainingRun<Scalar>, _ gradient: Gradient<Scalar>) {
        next = 0
        if course.last?.updates != run.iterations { note(run.iterations, gradient, run.model) }
    }

    /// The page of a run that has ended.
    func page(_ run: TrainingRun<Scalar>) -> TrainingPage {
        let (data, network) = (job.data, job.network)
        let seconds = (ContinuousClock.now - start) / .nanoseconds(1)
        let parts =
            [("training set", data.training)] + (data.validation.map { [("validation set", $0)] } ?? [])
        let scores = parts.compactMap { name, samples in
            evaluation(of: run.model, on: samples).map { TrainingPage.Score(name, $0) }
        }
        let layers =
            network.hidden.isEmpty
            ? [("model", "logistic regression")]
            : [
                ("model", "network \(job.shape.widths)"), ("activation", network.activation.rawValue),
                ("parameters", "\(job.shape.parameterCount)"),
                ("initialization", job.initialization.rawValue), ("seed", "\(job.seed)"),
            ]
        let facts =
            [
                ("data", data.source), ("samples for training", "\(data.training.m)"),
                ("samples for validation", "\(data.validation?.m ?? 0)"), ("features", "\(data.training.nx)"),
                ("standardized", data.standardization == nil ? "no" : "yes"),
                ("label", "\(data.names.label): \(data.names.negative) or \(data.names.positive)"),
            ] + layers + [
                ("implementation", job.implementation), ("scalar", Scalar.kind.rawValue),
                ("threads", "\(job.threads)"), ("learning rate", job.descent.learningRate.fourDigits),
                ("L2 penalty", job.l2.fourDigits), ("updates", "\(run.iterations)"),
                ("ended after", "\(TimeSpan(seconds))"),
                ("end", run.hasDiverged ? "diverged" : run.end.rawValue),
                ("J in the end", run.finalCost.fourDigits),
            ]
        return TrainingPage(data: data.source, course: course, scores: scores, facts: facts)
    }

    /// How well a model tells samples apart; nil where it went so far astray that z is no number.
    private func evaluation(of model: Model<Scalar>, on data: Dataset<Scalar>) -> Evaluation? {
        let z = job.network.linear(data, at: model).map { Double($0) }
        guard !z.contains(where: \.isNaN) else { return nil }
        return Evaluation(z: z, labels: data.y.elements.map { Double($0) })
    }
}

/// The file of `unlooped train --history`: CSV, with a row for each update. It comes in parts, as all of it can
/// be larger than the memory.
///
/// - Parameters:
///   - costs: before the first update, and after each.
///   - validated: points of the run for `validation_cost`; nil for no such column.
func historyRows<Scalar: RealScalar>(
    costs: [Scalar], validated: [TrainingPage.Point]?
) -> some Sequence<Data> {
    let known = validated.map { points in
        Dictionary(points.map { ($0.updates, $0.validationCost) }, uniquingKeysWith: { $1 })
    }
    func row(_ i: Int) -> String {
        guard let known else { return i < 0 ? "updates,cost\n" : "\(i),\(costs[i])\n" }
        if i < 0 { return "updates,cost,validation_cost\n" }
        return "\(i),\(costs[i]),\((known[i] ?? nil).map { "\($0)" } ?? "")\n"
    }
    return stride(from: -1, to: costs.count, by: 10_000).lazy.map { start in
        Data((start..<min(start + 10_000, costs.count)).map(row).joined().utf8)
    }
}
