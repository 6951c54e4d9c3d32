import Foundation
import Problems
import Reporting

/// What `unlooped train --history` writes: CSV, with a row for each update. It comes in parts, as all of it can
/// be larger than the memory.
struct TrainingHistory<Scalar: RealScalar>: Sequence, IteratorProtocol {
    private let costs: [Scalar]

    /// The points with a cost of the samples kept aside that are still to come; nil where none are kept aside.
    private var validated: ArraySlice<TrainingPage.Point>?

    /// The next row; -1 for the header.
    private var row = -1

    /// - Parameters:
    ///   - costs: before the first update, and after each.
    ///   - validated: points of the run, in order, for `validation_cost`; nil for no such column.
    init(costs: [Scalar], validated: [TrainingPage.Point]?) {
        (self.costs, self.validated) = (costs, validated?[...])
    }

    /// Some rows, as UTF-8.
    mutating func next() -> Data? {
        guard row < costs.count else { return nil }
        let end = Swift.min(row + 10_000, costs.count)
        var text = ""
        while row < end {
            text += row < 0 ? "updates,cost" : "\(row),\(costs[row])"
            if validated != nil { text += "," + (row < 0 ? "validation_cost" : validationCost()) }
            text += "\n"
            row += 1
        }
        return Data(text.utf8)
    }

    /// In the row that is next; empty where it is not known.
    private mutating func validationCost() -> String {
        guard let point = validated?.first, point.updates == row else { return "" }
        validated?.removeFirst()
        return point.validationCost.map { "\($0)" } ?? ""
    }
}
