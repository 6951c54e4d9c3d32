import Foundation
import Measurement
import Problems
import Study

/// The output of `unlooped train`: a table as it goes, or one JSON object at the end.
struct TrainingReport<Scalar: RealScalar> {
    let job: TrainingJob<Scalar>
    let json: Bool
    private let start = ContinuousClock.now
    var progress = ProgressLine()
    var latestPrinted = -1
    var divergence = Divergence()
    var hasWarned = false

    init(_ job: TrainingJob<Scalar>, json: Bool) { (self.job, self.json) = (job, json) }

    func begin() {
        warnOfOneLabel()
        warnOfEqualUnits()
        adviseToStandardize()
        guard !json else { return }
        let (shape, network) = (job.shape, job.network)
        let how = network.hidden.isEmpty ? "1/L" : "found by trial"
        let rate =
            "alpha = \(job.descent.learningRate.fourDigits)" + (job.isAutomatic ? " (\(how))" : "")
            + (job.l2 == 0 ? "" : ", l2 = \(job.l2.fourDigits)")
        if network.hidden.isEmpty {
            print(
                "m = \(shape.m), n_x = \(shape.nx), \(job.implementation), \(Scalar.kind.rawValue), \(rate)\n"
            )
        } else {
            print(
                "m = \(shape.m), \(shape.widths) with \(network.activation.rawValue), "
                    + "\(shape.parameterCount) parameters, \(job.initialization.rawValue), "
                    + "\(job.implementation), \(Scalar.kind.rawValue), \(rate)\n")
        }
        print("updates".leftPadded(to: 11) + "  " + "J".padded(to: 10) + "  |gradient|")
    }

    /// One learning rate for all is then too small for most.
    private func adviseToStandardize() {
        guard job.isTable, job.data.standardization == nil else { return }
        let (data, names) = (job.data.training, job.data.names.features)
        var greatest = Array(repeating: Scalar(0), count: data.nx)
        for i in 0..<data.m {
            for (j, x) in data.sample(i).enumerated() { greatest[j] = max(greatest[j], x.magnitude) }
        }
        let used = greatest.indices.filter { greatest[$0] > 0 }
        guard let least = used.min(by: { greatest[$0] < greatest[$1] }),
            let most = used.max(by: { greatest[$0] < greatest[$1] }),
            greatest[most] / 100 > greatest[least]
        else { return }
        Terminal.note(
            "the features are of different scales: '\(names[most])' goes up to \(greatest[most].fourDigits), '\(names[least])' to "
                + "\(greatest[least].fourDigits); with --standardize J falls in much fewer updates")
    }

    /// Such a layer trains without complaint, and is worth one unit.
    private func warnOfEqualUnits() {
        let layers = job.shape.layersOfEqualUnits(job.start)
        guard !layers.isEmpty else { return }
        let isStill =
            job.start.parameters.allSatisfy { $0 == 0 } && job.network.activation.value(Scalar(0)) == 0
        let which =
            layers.count == 1
            ? "layer \(layers[0])" : "layers \(layers.map { "\($0)" }.joined(separator: ", "))"
        Terminal.warn(
            "all units of \(which) start with the same weights: they get the same derivatives at every step, and stay "
                + "equal for ever, so that the layer is worth one unit"
                + (isStill ? "; with all weights and activations 0 not even that one learns" : "")
                + "; use another --initialize than \(job.initialization.rawValue)")
    }

    /// Such a file trains without complaint, to an accuracy of 1.
    private func warnOfOneLabel() {
        func single(_ data: Dataset<Scalar>) -> Int? {
            let ones = data.y.elements.count { $0 == 1 }
            return ones == 0 ? 0 : ones == data.m ? 1 : nil
        }
        if let label = single(job.data.training) {
            Terminal.warn(
                "all samples to learn from have the label \(label), so there is nothing to tell apart; "
                    + "check which column has the labels, and which words or classes stand for 0 and 1")
        } else if let label = job.data.validation.flatMap(single) {
            Terminal.warn(
                "all samples of the validation set have the label \(label), so that its accuracy says nothing of the "
                    + "other one; give a greater --validation, or more samples of that label")
        }
    }

    mutating func update(_ updates: Int, _ gradient: Gradient<Scalar>) {
        let cost = gradient.J
        if Self.isMilestone(updates), !json {
            progress.finish()
            print(
                "\(updates)".leftPadded(to: 11) + "  " + cost.fourDigits.padded(to: 10) + "  "
                    + gradient.norm.fourDigits)
            latestPrinted = updates
            Terminal.flush()
        }
        if let sign = divergence.sign(after: Double(cost)) { warn(sign, cost) }
        let (start, iterations) = (start, job.descent.iterations)
        progress.update(Self.line(updates, of: iterations, gradient, since: start))
    }

    private static func line(
        _ updates: Int, of iterations: Int, _ gradient: Gradient<Scalar>, since start: ContinuousClock.Instant
    ) -> String {
        let line =
            "\(updates) of \(iterations) updates, J = \(gradient.J.fourDigits), "
            + "|gradient| = \(gradient.norm.fourDigits)"
        guard updates > 0 else { return line }
        let perUpdate = (ContinuousClock.now - start) / .nanoseconds(1) / Double(updates)
        return line + ", \(TimeSpan(perUpdate * Double(iterations - updates))) left"
    }

    mutating func end(_ run: TrainingRun<Scalar>) throws {
        progress.finish()
        let result = TrainingResult(job, run)
        if json {
            print(try JSONText.line(result))
        } else {
            if latestPrinted != run.iterations {
                print("\(run.iterations)".leftPadded(to: 11) + "  \(run.finalCost.fourDigits)")
            }
            let updates = "\(run.iterations) \(run.iterations == 1 ? "update" : "updates")"
            print(
                "\nJ = \(run.finalCost.fourDigits), accuracy = \(result.accuracy.fourDigits) after \(updates); "
                    + reason(run))
            if let validation = result.validation {
                print(
                    "validation set of \(validation.m) samples: J = \((validation.cost.value ?? .nan).fourDigits), "
                        + "accuracy = \(validation.accuracy.fourDigits)")
            }
        }
        Terminal.flush()
        if let sign = divergence.sign(after: Double(run.finalCost)) {
            warn(sign, run.finalCost)
        } else if let first = run.costs.first, run.hasDiverged, !hasWarned {
            Terminal.warn(
                "J rose from \(first.fourDigits) to \(run.finalCost.fourDigits); lower --alpha, or use --standardize"
            )
        } else if run.end == .iterations, job.network.hidden.isEmpty, job.l2 == 0, separates(run.model) {
            Terminal.note(
                "every sample is on the right side, so J has no least value and w grows without end: --l2 bounds it, "
                    + "and --tolerance ends the run")
        }
    }

    /// Whether both labels are there, and z of each sample has the sign of its own.
    private func separates(_ model: Model<Scalar>) -> Bool {
        let y = job.data.training.y.elements
        guard y.contains(0), y.contains(1) else { return false }
        return zip(job.network.linear(job.data.training, at: model), y).allSatisfy {
            $1 == 1 ? $0 > 0 : $0 < 0
        }
    }

    /// Warns once.
    private mutating func warn(_ sign: Divergence.Sign, _ cost: Scalar) {
        guard !hasWarned else { return }
        hasWarned = true
        Terminal.warn(
            LearningRateAdvice.text(
                sign, cost: cost, job))
    }

    /// 0, and 1, 2 and 5 times the powers of ten.
    static func isMilestone(_ updates: Int) -> Bool { [0, 1, 2, 5].contains(updates.withoutTrailingZeros) }

    private func reason(_ run: TrainingRun<Scalar>) -> String {
        switch run.end {
        case _ where !run.finalCost.isFinite: "diverged, and ended since J is no number"
        case _ where run.hasDiverged: "diverged: J is greater than at the start"
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
    let network: Network?
    let initialization: Initialization?
    let seed: UInt64?
    let alpha: JSONNumber<Scalar>
    let l2: Scalar
    let iterations: Int
    let end: TrainingRun<Scalar>.End
    let diverged: Bool
    let cost: JSONNumber<Scalar>
    let accuracy: Double
    let validation: Validation?
    let b: JSONNumber<Scalar>?
    let w: [JSONNumber<Scalar>]?
    let parameters: NamedParameters<Scalar>?
    let features: [String]
    let costs: [Point]

    init(_ job: TrainingJob<Scalar>, _ run: TrainingRun<Scalar>) {
        let (data, model, network) = (job.data.training, run.model, job.network)
        (implementation, features) = (job.implementation, job.data.names.features)
        (m, nx, alpha) = (data.m, data.nx, JSONNumber(job.descent.learningRate))
        l2 = job.l2
        (iterations, end, cost) = (run.iterations, run.end, JSONNumber(run.finalCost))
        (diverged, accuracy) = (run.hasDiverged, model.accuracy(on: data, as: network))
        validation = job.data.validation.map {
            Validation(
                m: $0.m, cost: JSONNumber(job.cost(model, on: $0)),
                accuracy: model.accuracy(on: $0, as: network))
        }
        if network.hidden.isEmpty {
            (b, w) = (JSONNumber(model.b), model.w.map(JSONNumber.init))
            (self.network, initialization, seed, parameters) = (nil, nil, nil, nil)
        } else {
            (b, w, self.network, initialization) = (nil, nil, network, job.initialization)
            (seed, parameters) = (job.seed, NamedParameters(shape: job.shape, model: model))
        }
        costs = run.costs.indices.filter { TrainingReport<Scalar>.isMilestone($0) || $0 == run.iterations }
            .map { Point(updates: $0, cost: JSONNumber(run.costs[$0])) }
    }
}

/// W1, b1, W2, … by their names; a matrix is a list for each unit.
struct NamedParameters<Scalar: RealScalar>: Encodable {
    let shape: Shape
    let model: Model<Scalar>

    func encode(to encoder: any Encoder) throws {
        var matrices: [String: [[JSONNumber<Scalar>]]] = [:]
        var vectors: [String: [JSONNumber<Scalar>]] = [:]
        for (block, rows) in model.blocks(of: shape) {
            let values = rows.map { row in row.map(JSONNumber<Scalar>.init) }
            if block.isMatrix { matrices[block.name] = values } else { vectors[block.name] = values[0] }
        }
        try matrices.encode(to: encoder)
        try vectors.encode(to: encoder)
    }
}

/// Advice for a descent that does not descend.
enum LearningRateAdvice {
    /// The sign, its cause, and a learning rate to try.
    static func text<Scalar: RealScalar>(
        _ sign: Divergence.Sign, cost: Scalar, _ job: TrainingJob<Scalar>
    ) -> String {
        let seen =
            switch sign {
            case .notFinite: "J is \(cost): the descent went astray"
            case .rising: "J has risen \(Divergence.rises) times in a row, to \(cost.fourDigits)"
            case .aboveStart:
                "J is \(cost.fourDigits), and has been greater than at the start for \(Divergence.updatesAbove) updates"
            }
        let standardize = job.data.standardization == nil ? ", or use --standardize" : ""
        guard let (rate, reason) = rate(job) else { return "\(seen); lower --alpha\(standardize)" }
        return
            "\(seen). alpha = \(job.descent.learningRate.fourDigits) is too large for these data; try --alpha "
            + "\(rate) (\(reason))\(standardize)"
    }

    /// A rate to try, lower than that of the job, and why it; nil where none is known.
    private static func rate<Scalar: RealScalar>(_ job: TrainingJob<Scalar>) -> (String, String)? {
        let alpha = job.descent.learningRate
        guard job.network.hidden.isEmpty else {
            let rate = LearningRateSearch.below(alpha, job.prepared, from: job.start) {
                Interrupt.isRequested
            }
            return rate.map {
                ("\($0)", "with which J falls in each of the first \(LearningRateSearch.updates) updates")
            }
        }
        let greatest = Curvature.greatest(of: job.data.training) { Interrupt.isRequested }
        guard let greatest, case let rate = 1 / (greatest + Double(job.l2)), rate > 0, rate.isFinite,
            rate < Double(alpha)
        else {
            return nil
        }
        return (String(format: "%.2g", rate), "1/L, which '--alpha auto' computes")
    }
}
