import Foundation
import Measurement

/// The slopes of log T along one axis in one scalar type, as a table.
struct SlopeTable {
    static let about =
        "A slope is the p of T ∝ sizeᵖ, the other size as it is: 1 where twice the size takes twice the time, "
        + "less where a part of the time does not grow, more where X outgrows a cache. Intervals of 95 % take "
        + "the points to scatter about a straight line; with three sizes they are wide."

    private let axis: GrowthAxis
    private let scalar: String
    private let rungs: [(name: String, slopes: [Int: LogSlope])]

    /// Nil where there is no slope.
    init?(_ series: [GrowthSeries], along axis: GrowthAxis) {
        rungs = series.map { ($0.rung, $0.slopes(along: axis)) }.filter { !$0.1.isEmpty }
        guard let first = series.first, !rungs.isEmpty else { return nil }
        (self.axis, scalar) = (axis, first.scalar.rawValue)
    }

    /// The table.
    var item: Item {
        let sizes = Set(rungs.flatMap { $0.slopes.keys }).sorted()
        let rows = rungs.map { rung in [rung.name] + sizes.map { rung.slopes[$0].map(text) ?? "–" } }
        return .table(
            "Slope of log T in log \(axis.sign), \(scalar)",
            DataTable(["rung"] + sizes.map(axis.fixed), rows))
    }

    private func text(_ slope: LogSlope) -> String {
        String(
            format: "%.2f (%.2f to %.2f)", slope.slope, slope.interval.low, slope.interval.high)
    }
}
