public import Measurement
/// The chart.
public struct LadderChart {
    private let cell: CellResult
    /// Of a cell.
    public init(_ cell: CellResult) { self.cell = cell }
    /// SVG.
    public var svg: String { "" }
}
