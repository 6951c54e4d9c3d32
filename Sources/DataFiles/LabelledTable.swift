import Problems

/// A data set with the names that its file gives.
package struct LabelledTable<Scalar: RealScalar>: Sendable {
    /// The names of the n_x features, in the order of X.
    package let features: [String]

    /// The name of the label.
    package let label: String

    /// What the label 0 stands for.
    package let negative: String

    /// What the label 1 stands for.
    package let positive: String

    /// X and Y.
    package let data: Dataset<Scalar>

    /// A data set with names, one for each feature.
    package init(
        features: [String], label: String, negative: String = "0", positive: String = "1",
        data: Dataset<Scalar>
    ) {
        precondition(features.count == data.nx, "\(features.count) names for \(data.nx) features")
        (self.features, self.label, self.data) = (features, label, data)
        (self.negative, self.positive) = (negative, positive)
    }

    /// The names without the data.
    package var names: TableNames {
        TableNames(features: features, label: label, negative: negative, positive: positive)
    }

    /// The names of features that have none in their file: x1, x2 and so on.
    static func numbered(_ count: Int) -> [String] { (0..<count).map { "x\($0 + 1)" } }

    /// What the label 0 stands for where no word for it is known.
    static func opposite(of positive: String) -> String { "not \(positive)" }
}
