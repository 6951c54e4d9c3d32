/// What a file calls its features and its labels.
public struct TableNames: Sendable, Equatable {
    /// The names of the n_x features, in the order of X.
    public let features: [String]

    /// The name of the label.
    public let label: String

    /// What the label 0 stands for.
    public let negative: String

    /// What the label 1 stands for.
    public let positive: String

    /// Names.
    public init(features: [String], label: String, negative: String = "0", positive: String = "1") {
        (self.features, self.label) = (features, label)
        (self.negative, self.positive) = (negative, positive)
    }
}
