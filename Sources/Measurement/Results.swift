/// All that a study found, with every sample, so that each report can be made again from it.
///
/// Names of fields say their units. In JSON, an infinity is written as `"Infinity"` or `"-Infinity"` and
/// a NaN as `"NaN"`.
package struct Results: Codable, Sendable, Equatable {
    /// The version of the format that this program writes and reads.
    package static let currentSchemaVersion = 3

    /// The version of the format.
    package let schemaVersion: Int

    /// When the study began, in ISO 8601.
    package let date: String

    /// The command that ran it.
    package let command: String

    /// What data and orders follow from.
    package let seed: UInt64

    /// How it sampled.
    package let settings: SamplerSettings

    /// What was to be timed.
    package var plan: Plan

    /// Where it ran.
    package let machine: Machine

    /// How the program was built.
    package let build: Build

    /// What the machine can do at best; nil where that was not measured.
    package var ceilings: Ceilings?

    /// The cells, in the order of the plan; those that no block was sampled of are left out.
    package private(set) var cells: [CellResult]

    /// What should be known before the numbers are believed.
    package var advice: [Advice] = []

    /// What is known of the implementations beside their times, in the order of the ladder; nil where
    /// nothing is.
    package var notes: [RungNote]?

    /// Elementary functions beside Foundation's; nil where they were not measured.
    package var functions: [FunctionResult]?

    /// What came of training, one for each data set.
    package var trainings: [TrainingOutcome]

    /// Results.
    package init(
        date: String, command: String, seed: UInt64, settings: SamplerSettings, plan: Plan,
        machine: Machine, build: Build, cells: [CellResult] = [], trainings: [TrainingOutcome] = []
    ) {
        schemaVersion = Self.currentSchemaVersion
        (self.date, self.command, self.seed, self.settings) = (date, command, seed, settings)
        (self.plan, self.machine, self.build) = (plan, machine, build)
        (self.cells, self.trainings) = (cells, trainings)
    }

    /// The result of a cell; nil where no block of it was sampled.
    package subscript(cell: Cell) -> CellResult? { cells.first { $0.cell == cell } }

    /// What is known of an implementation beside its times; nil where nothing is.
    package func note(of rung: String) -> RungNote? { notes?.first { $0.rung == rung } }

    /// Takes in further blocks of a cell.
    package mutating func add(_ result: CellResult) {
        if let i = cells.firstIndex(where: { $0.cell == result.cell }) {
            cells[i].add(result)
        } else {
            let place = plan.cells.firstIndex(of: result.cell) ?? plan.cells.count
            let next = cells.firstIndex { (plan.cells.firstIndex(of: $0.cell) ?? .max) > place }
            cells.insert(result, at: next ?? cells.count)
        }
    }

    /// Blocks of a cell that the plan asks for and that are missing, by number.
    package func missingBlocks(of cell: Cell) -> [Int] {
        let done = Set(self[cell]?.blocks.map { $0.index } ?? [])
        return (0..<settings.blocks).filter { !done.contains($0) }
    }

    /// Whether every block of every cell is there.
    package var isComplete: Bool { plan.cells.allSatisfy { missingBlocks(of: $0).isEmpty } }

    /// The cells with these data: those of the grid, which are random, where nil.
    package func cells(on data: String?) -> [CellResult] { cells.filter { $0.cell.data == data } }

    /// The cell with the most values in X, of several the one with the most threads, of those the first:
    /// the one that headlines speak of. One of the grid, where any was timed.
    package var largestCell: CellResult? { largest(of: cells(on: nil)) ?? largest(of: cells) }

    private func largest(of cells: [CellResult]) -> CellResult? {
        var largest: CellResult?
        for cell in cells where cell.fastest != nil {
            let (size, greatest) = (cell.cell, largest?.cell)
            if (size.values, size.threads) > (greatest?.values ?? 0, greatest?.threads ?? 0) {
                largest = cell
            }
        }
        return largest
    }
}
