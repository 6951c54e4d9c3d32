import Problems
import Measurement

extension Gallery {
    /// The id of the ladder in the other scalar type than that of the largest cell.
    static let otherLadder = "ladder-other"

    /// How many trainings can have figures.
    static let trainings = 2

    /// The id of a figure of the training at this place among all.
    static func trainingID(_ name: String, _ place: Int) -> String {
        place == 0 ? name : name + "-\(place + 1)"
    }

    /// The ids of all figures that there can be, so that one knows which files a report may have before
    /// there are results.
    package static var ids: [String] {
        let growth = GrowthAxis.allCases.map { "growth-\($0.name)" }
        let threads = ThreadsFigure.Kind.allCases.map { "threads-\($0.rawValue)" }
        let names =
            growth + ["map", "map-threads"] + PeerMapFigure.names + ["roofline", "ladder-data"] + threads
            + ["error"]
        let ids = names.flatMap { name in ScalarKind.allCases.map { "\(name)-\($0.rawValue)" } }
        let training =
            ["training", "training-updates"] + ScalarKind.allCases.map { "training-time-\($0.rawValue)" }
        let trainings = (0..<Self.trainings).flatMap { place in training.map { trainingID($0, place) } }
        let values = ids.filter { $0.hasPrefix("growth") }.map { $0 + "-value" }
        return ids + values + trainings + [
            "ladder", otherLadder, "scalars", "agreement", "code", "bandwidth",
        ]
    }
}
