import Foundation
import Problems
import Measurement

/// What `unlooped train` prints: a table as it goes, or one JSON object at the end.
struct TrainingReport<Scalar: RealScalar> {
    let implementation: String
    let data: TrainingData<Scalar>
    let descent: GradientDescent<Scalar>
    let json: Bool

    private let isAutomatic: Bool
    private let start = ContinuousClock.now
    private var progress = ProgressLine()
    private var latestPrinted = -1
    private var divergence = Divergence()
    private var hasWarned = false

    init(
        implementation: String, data: TrainingData<Scalar>, descent: GradientDescent<Scalar>,
        isAutomatic: Bool, json: Bool
    ) {
        (self.implementation, self.data, self.descent) = (implementation, data, descent)
        (self.isAutomatic, self.json) = (isAutomatic, json)
    }

    /// Before the first step.
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

    /// After an update.
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

    /// After the last step.
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
                    "of the \(validation.m) samples kept aside: J = \(validation.cost.value), "
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
    static func isMilestone(_ updates: Int) -> Bool {
        var leading = updates
        while leading >= 10, leading % 10 == 0 { leading /= 10 }
        return [0, 1, 2, 5].contains(leading)
    }

    private func reason(_ run: TrainingRun<Scalar>) -> String {
        switch run.end {
        case _ where !run.finalCost.isFinite: "ended since J is no number"
        case .iterations: "ended after all iterations"
        case .tolerance: "ended since J changed by no more than the tolerance"
        case .cancelled: "interrupted"
        }
    }
}
