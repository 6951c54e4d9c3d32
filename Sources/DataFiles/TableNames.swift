/// What a file calls its features and its labels.
package struct TableNames: Sendable, Equatable {
    /// The names of the n_x features, in the order of X.
    package let features: [String]

    /// The name of the label.
    package let label: String

    /// What the label 0 stands for.
    package let negative: String

    /// What the label 1 stands for.
    package let positive: String

    /// Names.
    package init(features: [String], label: String, negative: String = "0", positive: String = "1") {
        (self.features, self.label) = (features, label)
        (self.negative, self.positive) = (negative, positive)
    }
}
