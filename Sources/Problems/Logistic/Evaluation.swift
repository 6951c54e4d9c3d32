/// How well the linear parts z of a model tell samples of one label from those of the other.
public struct Evaluation: Sendable, Equatable {
    /// The labels that were predicted, 1 where σ(z) ≥ ½, beside the true ones.
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
    public init(z: [Double], labels: [Double]) {
        precondition(z.count == labels.count && !z.isEmpty, "\(z.count) values for \(labels.count) labels")
        var confusion = Confusion()
        var losses = 0.0
        var probabilities: [Double] = []
        probabilities.reserveCapacity(z.count)
        for (z, y) in zip(z, labels) {
            let (a, loss) = logistic(z, label: y)
            losses += loss
            probabilities.append(a)
            confusion.add(label: y, predicted: Model.decide(a))
        }
        self.confusion = confusion
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
