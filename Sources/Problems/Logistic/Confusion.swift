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
