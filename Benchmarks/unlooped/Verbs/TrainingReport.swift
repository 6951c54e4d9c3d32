import Foundation
import Measurement
import Problems
import Study

/// The output of `unlooped train`: a table as it goes, or one JSON object at the end.
struct TrainingReport<Scalar: RealScalar> {
    let implementation: String
    let data: TrainingData<Scalar>
    let descent: GradientDescent<Scalar>
    let isAutomatic, json: Bool
    private let start = ContinuousClock.now
    var progress = ProgressLine()
    var latestPrinted = -1
    var divergence = Divergence()
    var hasWarned = false

    func begin() {
        warnOfOneLabel()
        guard !json else { return }
        let training = data.training
        let rate = "alpha = \(descent.learningRate)" + (isAutomatic ? " (1/L)" : "")
        print(
            "m = \(training.m), n_x = \(training.nx), \(implementation), \(Scalar.kind.rawValue), \(rate)\n")
        print("updates".leftPadded(to: 11) + "  " + "J".padded(to: 22) + "  |(dw, db)|")
    }

    /// Such a file trains without complaint, to an accuracy of 1.
    private func warnOfOneLabel() {
        let labels = data.training.y.elements
        guard let first = labels.first, labels.allSatisfy({ $0 == first }) else { return }
        Terminal.warn(
            "all samples to learn from have the label \(first == 1 ? 1 : 0), so there is nothing to tell apart; "
                + "check which column has the labels, and which words or classes stand for 0 and 1")
    }

    mutating func update(_ updates: Int, _ gradient: Gradient<Scalar>) {
        let cost = gradient.J
        if Self.isMilestone(updates), !json {
            progress.finish()
            print("\(updates)".leftPadded(to: 11) + "  " + "\(cost)".padded(to: 22) + "  \(gradient.norm)")
            latestPrinted = updates
            Terminal.flush()
        }
        if let sign = divergence.sign(after: Double(cost)) { warn(sign, cost) }
        let (start, iterations) = (start, descent.iterations)
        progress.update(Self.line(updates, of: iterations, gradient, since: start))
    }

    private static func line(
        _ updates: Int, of iterations: Int, _ gradient: Gradient<Scalar>, since start: ContinuousClock.Instant
    ) -> String {
        let line =
            "\(updates) of \(iterations) updates, J = \(short(Double(gradient.J))), "
            + "|(dw, db)| = \(short(gradient.norm))"
        guard updates > 0 else { return line }
        let perUpdate = (ContinuousClock.now - start) / .nanoseconds(1) / Double(updates)
        return line + ", \(TimeSpan(perUpdate * Double(iterations - updates))) left"
    }

    mutating func end(_ run: TrainingRun<Scalar>) throws {
        progress.finish()
        let result = TrainingResult(self, run)
        if json {
            print(try JSONText.line(result))
        } else {
            if latestPrinted != run.iterations {
                print("\(run.iterations)".leftPadded(to: 11) + "  \(run.finalCost)")
            }
            let updates = "\(run.iterations) \(run.iterations == 1 ? "update" : "updates")"
            print("\nJ = \(run.finalCost), accuracy = \(result.accuracy) after \(updates); \(reason(run))")
            if let validation = result.validation {
                print(
                    "validation set of \(validation.m) samples: J = \(validation.cost.value ?? .nan), "
                        + "accuracy = \(validation.accuracy)")
            }
        }
        Terminal.flush()
        if let sign = divergence.sign(after: Double(run.finalCost)) {
            warn(sign, run.finalCost)
        } else if let first = run.costs.first, run.finalCost > first, !hasWarned {
            Terminal.warn("J rose from \(first) to \(run.finalCost); lower --alpha, or use --standardize")
        }
    }

    /// Warns once.
    private mutating func warn(_ sign: Divergence.Sign, _ cost: Scalar) {
        guard !hasWarned else { return }
        hasWarned = true
        Terminal.warn(
            LearningRateAdvice.text(
                sign, cost: cost, data: data.training, alpha: descent.learningRate,
                isStandardized: data.standardization != nil))
    }

    private static func short(_ value: Double) -> String { String(format: "%.6g", value) }

    /// 0, and 1, 2 and 5 times the powers of ten.
    static func isMilestone(_ updates: Int) -> Bool { [0, 1, 2, 5].contains(updates.withoutTrailingZeros) }

    private func reason(_ run: TrainingRun<Scalar>) -> String {
        switch run.end {
        case _ where !run.finalCost.isFinite: "ended since J is no number"
        case .iterations: "ended after all iterations"
        case .tolerance: "ended since J changed by no more than the tolerance"
        case .cancelled: "interrupted"
        }
    }
}

/// The JSON object that `unlooped train --json` prints. A NaN or an infinity is `null` in it.
struct TrainingResult<Scalar: RealScalar>: Encodable {
    struct Point: Encodable {
        let updates: Int
        let cost: JSONNumber<Scalar>
    }

    struct Validation: Encodable {
        let m: Int
        let cost: JSONNumber<Double>
        let accuracy: Double
    }

    let implementation: String
    let scalar = Scalar.kind
    let m, nx: Int
    let alpha: JSONNumber<Scalar>
    let iterations: Int
    let end: TrainingRun<Scalar>.End
    let cost: JSONNumber<Scalar>
    let accuracy: Double
    let validation: Validation?
    let b: JSONNumber<Scalar>
    let w: [JSONNumber<Scalar>]
    let features: [String]
    let costs: [Point]

    init(_ report: TrainingReport<Scalar>, _ run: TrainingRun<Scalar>) {
        let data = report.data.training
        (implementation, features) = (report.implementation, report.data.names.features)
        (m, nx, alpha) = (data.m, data.nx, JSONNumber(report.descent.learningRate))
        (iterations, end, cost) = (run.iterations, run.end, JSONNumber(run.finalCost))
        accuracy = run.model.accuracy(on: data)
        validation = report.data.validation.map {
            Validation(
                m: $0.m, cost: JSONNumber(run.model.cost(on: $0)), accuracy: run.model.accuracy(on: $0))
        }
        (b, w) = (JSONNumber(run.model.b), run.model.w.map(JSONNumber.init))
        costs = run.costs.indices.filter { TrainingReport<Scalar>.isMilestone($0) || $0 == run.iterations }
            .map { Point(updates: $0, cost: JSONNumber(run.costs[$0])) }
    }
}

/// Advice for a descent that does not descend.
enum LearningRateAdvice {
    /// The sign, its cause, and a learning rate to try.
    static func text<Scalar: RealScalar>(
        _ sign: Divergence.Sign, cost: Scalar, data: Dataset<Scalar>, alpha: Scalar, isStandardized: Bool
    ) -> String {
        let seen =
            switch sign {
            case .notFinite: "J is \(cost): the descent went astray"
            case .rising: "J has risen \(Divergence.rises) times in a row, to \(cost)"
            case .aboveStart:
                "J is \(cost), and has been greater than at the start for \(Divergence.updatesAbove) updates"
            }
        let standardize = isStandardized ? "" : ", or use --standardize"
        let greatest = Curvature.greatest(of: data) { Interrupt.isRequested }
        guard let greatest, case let rate = 1 / greatest, rate > 0, rate.isFinite, rate < Double(alpha) else {
            return "\(seen); lower --alpha\(standardize)"
        }
        return "\(seen). alpha = \(alpha) is too large for these data; try --alpha "
            + String(format: "%.2g", rate) + " (1/L, which '--alpha auto' computes)\(standardize)"
    }
}
