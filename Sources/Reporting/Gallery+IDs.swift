import LogisticRegression
import Measurement

extension Gallery {
    /// The id of the ladder in the other scalar type than that of the largest cell.
    static let otherLadder = "ladder-other"

    /// The ids of all figures that there can be, so that one knows which files a report may have before
    /// there are results.
    package static var ids: [String] {
        let growth = GrowthAxis.allCases.map { "growth-\($0.name)" }
        let threads = ThreadsFigure.Kind.allCases.map { "threads-\($0.rawValue)" }
        let names =
            growth + ["map", "map-threads"] + PeerMapFigure.names + ["roofline"] + threads + [
                "error", "training-time",
            ]
        let ids = names.flatMap { name in ScalarKind.allCases.map { "\(name)-\($0.rawValue)" } }
        let values = ids.filter { $0.hasPrefix("growth") }.map { $0 + "-value" }
        return ids + values + [
            "ladder", otherLadder, "scalars", "agreement", "training", "training-updates", "code",
            "bandwidth",
        ]
    }
}
