import Problems

/// A model as it stands in a file.
struct StoredModel: Codable {
    /// What tells a model file from other JSON.
    static let format = "unlooped model"

    /// The version of the format that is written, and the only one that is read.
    static let version = 1

    /// What each version starts with.
    struct Header: Codable {
        let format: String?
        let version: Int?
    }

    /// The label and its words.
    struct Label: Codable {
        let name, negative, positive: String
    }

    let format: String
    let version: Int
    let features: [String]
    let w: [Double]
    let b: Double
    let standardization: Standardization?
    let label: Label
    let training: TrainedModel.Training

    init(_ trained: TrainedModel) {
        (format, version) = (Self.format, Self.version)
        (features, w, b) = (trained.names.features, trained.model.w, trained.model.b)
        standardization = trained.standardization
        label = Label(
            name: trained.names.label, negative: trained.names.negative, positive: trained.names.positive)
        training = trained.training
    }
}
