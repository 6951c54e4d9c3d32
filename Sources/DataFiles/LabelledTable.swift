public import LogisticRegression

/// A data set with the names that its file gives.
public struct LabelledTable: Sendable {
    /// The names of the n_x features, in the order of X.
    public let features: [String]

    /// The name of the label.
    public let label: String

    /// X and Y.
    public let data: Dataset<Double>

    /// A data set with names, one for each feature.
    public init(features: [String], label: String, data: Dataset<Double>) {
        precondition(features.count == data.nx, "\(features.count) names for \(data.nx) features")
        (self.features, self.label, self.data) = (features, label, data)
    }
}
