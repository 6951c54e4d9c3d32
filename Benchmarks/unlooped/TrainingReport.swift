import LogisticRegression

/// What `unlooped train` prints: a table as it goes, or one JSON object at the end.
struct TrainingReport<Scalar: RealScalar> {
    let implementation: String
    let data: Dataset<Scalar>
    let features: [String]
    let descent: GradientDescent<Scalar>
    let json: Bool

    private var progress = ProgressLine()
    private var latestPrinted = -1

    init(
        implementation: String, data: Dataset<Scalar>, features: [String], descent: GradientDescent<Scalar>,
        json: Bool
    ) {
        (self.implementation, self.data, self.features) = (implementation, data, features)
        (self.descent, self.json) = (descent, json)
    }

    /// Before the first step.
    func begin() {
        guard !json else { return }
        let rate = "alpha = \(descent.learningRate)"
        print("m = \(data.m), n_x = \(data.nx), \(implementation), \(Scalar.kind.rawValue), \(rate)\n")
        print("updates".leftPadded(to: 11) + "  J")
    }

    /// After an update.
    mutating func update(_ updates: Int, _ cost: Scalar) {
        if Self.isMilestone(updates), !json {
            progress.finish()
            printRow(updates, cost)
            Terminal.flush()
        }
        let iterations = descent.iterations
        progress.update("\(updates) of \(iterations) updates, J = \(cost)")
    }

    /// After the last step.
    mutating func end(_ run: TrainingRun<Scalar>) throws {
        progress.finish()
        let (cost, accuracy) = (run.finalCost, run.model.accuracy(on: data))
        if json {
            print(try JSONText.line(TrainingResult(self, run, accuracy: accuracy)))
        } else {
            if latestPrinted != run.iterations { printRow(run.iterations, cost) }
            let updates = "\(run.iterations) \(run.iterations == 1 ? "update" : "updates")"
            print("\nJ = \(cost), accuracy = \(accuracy) after \(updates); \(Self.reason(run.end))")
        }
        if !cost.isFinite {
            Terminal.warn("J is \(cost): the descent went astray; lower --alpha, or use --standardize")
        } else if let first = run.costs.first, cost > first {
            Terminal.warn("J rose from \(first) to \(cost); lower --alpha, or use --standardize")
        }
    }

    private mutating func printRow(_ updates: Int, _ cost: Scalar) {
        print("\(updates)".leftPadded(to: 11) + "  \(cost)")
        latestPrinted = updates
    }

    /// 0, and 1, 2 and 5 times the powers of ten.
    static func isMilestone(_ updates: Int) -> Bool {
        var leading = updates
        while leading >= 10, leading % 10 == 0 { leading /= 10 }
        return [0, 1, 2, 5].contains(leading)
    }

    private static func reason(_ end: TrainingRun<Scalar>.End) -> String {
        switch end {
        case .iterations: "ended after all iterations"
        case .tolerance: "ended since J changed by no more than the tolerance"
        case .cancelled: "interrupted"
        }
    }
}
