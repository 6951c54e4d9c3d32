/// What is wrong with data offered as a `Dataset`. Samples and features are counted from 0 here, as in
/// the arrays that were offered.
public enum DatasetError: Error, Equatable {
    /// m is 0.
    case noSamples
    /// n_x is 0.
    case noFeatures
    /// One sample has another number of features than the first.
    case ragged(sample: Int, features: Int, expected: Int)
    /// X does not hold n_x values for each label.
    case counts(values: Int, nx: Int, labels: Int)
    /// A label other than 0 and 1.
    case label(sample: Int, value: Double)
    /// A NaN or an infinity in X.
    case notFinite(sample: Int, feature: Int, value: Double)
}

extension DatasetError: CustomStringConvertible {
    /// What was wrong, where, and what was expected.
    public var description: String {
        switch self {
        case .noSamples:
            "the data set has no samples (m = 0); expected at least one"
        case .noFeatures:
            "the samples have no features (n_x = 0); expected at least one"
        case .ragged(let sample, let features, let expected):
            "sample \(sample) has \(features) features; expected \(expected), as in sample 0"
        case .counts(let values, let nx, let labels):
            "X holds \(values) values and Y \(labels) labels; expected n_x = \(nx) values for each label"
        case .label(let sample, let value):
            "the label of sample \(sample) is \(value); expected 0 or 1"
        case .notFinite(let sample, let feature, let value):
            "feature \(feature) of sample \(sample) is \(value); expected a finite number"
        }
    }
}
