/// All that a study found, with every sample, so that each report can be made again from it.
///
/// Names of fields say their units. In JSON, an infinity is written as `"Infinity"` or `"-Infinity"` and
/// a NaN as `"NaN"`.
public struct Results: Codable, Sendable, Equatable {
    /// The version of the format that this program writes and reads.
    public static let currentSchemaVersion = 1

    /// The version of the format.
    public let schemaVersion: Int

    /// When the study began, in ISO 8601.
    public let date: String

    /// The command that ran it.
    public let command: String

    /// What data and orders follow from.
    public let seed: UInt64

    /// How it sampled.
    public let settings: SamplerSettings

    /// Where it ran.
    public let machine: Machine

    /// How the program was built.
    public let build: Build

    /// The cells, in the order that they were timed in.
    public var cells: [CellResult]

    /// What came of training on a data set; nil where none was trained on.
    public var training: TrainingOutcome?

    /// Results.
    public init(
        date: String, command: String, seed: UInt64, settings: SamplerSettings, machine: Machine,
        build: Build, cells: [CellResult] = [], training: TrainingOutcome? = nil
    ) {
        schemaVersion = Self.currentSchemaVersion
        (self.date, self.command, self.seed, self.settings) = (date, command, seed, settings)
        (self.machine, self.build, self.cells, self.training) = (machine, build, cells, training)
    }

    /// The cell with the most values in X, the first of several: the one that headlines speak of.
    public var largestCell: CellResult? {
        var largest: CellResult?
        for cell in cells where cell.fastest != nil {
            if cell.cell.values > largest?.cell.values ?? 0 { largest = cell }
        }
        return largest
    }
}
