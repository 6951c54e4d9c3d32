/// How well the linear parts z of a model separate the samples of one label from those of the other.
public struct Evaluation: Sendable, Equatable {
    /// The labels that were predicted, 1 where σ(z) is at least the threshold, next to the true ones.
    public let confusion: Confusion

    /// The mean of the loss L(σ(z), y), which is J. It is computed from z, so that a sample that is wrong
    /// with a probability that rounds to 1 counts in full; scikit-learn, which knows the probability alone,
    /// clips it there.
    public let logLoss: Double

    /// The area under the receiver operating characteristic; nil where all labels are the same.
    public let rocAUC: Double?

    /// Compares z with the labels.
    ///
    /// - Parameters:
    ///   - z: the linear part for each sample, none of them NaN; at least one.
    ///   - labels: 0 or 1 for each sample.
    ///   - threshold: the least probability that predicts the label 1.
    public init(z: [Double], labels: [Double], threshold: Double = 0.5) {
        precondition(z.count == labels.count && !z.isEmpty, "\(z.count) values for \(labels.count) labels")
        var losses = 0.0
        var probabilities: [Double] = []
        probabilities.reserveCapacity(z.count)
        for (z, y) in zip(z, labels) {
            let (a, loss) = logistic(z, label: y)
            losses += loss
            probabilities.append(a)
        }
        confusion = Confusion(z: z, labels: labels, threshold: threshold)
        logLoss = losses / Double(z.count)
        rocAUC = Self.rocAUC(probabilities, labels)
    }

    /// The probability that a sample of label 1, drawn at random, has a greater score than one of label 0,
    /// a tie counting one half: the U of Mann and Whitney (Annals of Mathematical Statistics 18, 1947),
    /// which is the area under the curve (Hanley and McNeil, Radiology 143, 1982).
    ///
    /// With R the sum of the ranks of the n₁ samples of label 1, tied ones having the mean of their ranks,
    /// it is (R − n₁(n₁ + 1)/2) / (n₁ n₀).
    ///
    /// - Parameters:
    ///   - scores: none of them NaN.
    ///   - labels: 0 or 1 for each score.
    /// - Returns: nil where all labels are the same.
    public static func rocAUC(_ scores: [Double], _ labels: [Double]) -> Double? {
        let order = scores.indices.sorted { scores[$0] < scores[$1] }
        let positives = labels.count { $0 == 1 }
        let pairs = positives * (labels.count - positives)
        guard pairs > 0 else { return nil }
        // Twice the ranks, which are whole numbers.
        var doubledRanks = 0
        var first = 0
        while first < order.count {
            var end = first + 1
            while end < order.count, scores[order[end]] == scores[order[first]] { end += 1 }
            // Ranks first + 1 … end; their mean is (first + 1 + end)/2.
            doubledRanks += order[first..<end].count { labels[$0] == 1 } * (first + 1 + end)
            first = end
        }
        return Double(doubledRanks - positives * (positives + 1)) / (2 * Double(pairs))
    }
}

/// How often each label was predicted for each true label, and what follows from that.
///
/// The definitions are the usual ones, as of scikit-learn's metrics. Where a fraction has nothing in its
/// denominator it is nil here, while scikit-learn warns and takes 0.
public struct Confusion: Sendable, Equatable, Codable {
    /// True label 1, predicted 1.
    public private(set) var truePositives = 0
    /// True label 0, predicted 1.
    public private(set) var falsePositives = 0
    /// True label 0, predicted 0.
    public private(set) var trueNegatives = 0
    /// True label 1, predicted 0.
    public private(set) var falseNegatives = 0

    /// Nothing counted yet.
    public init() {}

    /// Counts all samples; a label is predicted 1 where σ(z) is at least the threshold.
    public init(z: [Double], labels: [Double], threshold: Double = 0.5) {
        for (z, y) in zip(z, labels) { add(label: y, predicted: sigmoid(z) >= threshold ? 1 : 0) }
    }

    /// Counts a sample.
    public mutating func add(label: Double, predicted: Double) {
        switch (label == 1, predicted == 1) {
        case (true, true): truePositives += 1
        case (false, true): falsePositives += 1
        case (false, false): trueNegatives += 1
        case (true, false): falseNegatives += 1
        }
    }

    /// The number of samples.
    public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

    /// The part of all samples whose label was found.
    public var accuracy: Double? { fraction(truePositives + trueNegatives, of: count) }

    /// The part of the samples predicted 1 that are 1.
    public var precision: Double? { fraction(truePositives, of: truePositives + falsePositives) }

    /// The part of the samples that are 1 that were predicted 1.
    public var recall: Double? { fraction(truePositives, of: truePositives + falseNegatives) }

    /// The harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN).
    public var f1: Double? {
        fraction(2 * truePositives, of: 2 * truePositives + falsePositives + falseNegatives)
    }

    private func fraction(_ part: Int, of whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}
