import Foundation

/// Where the labels of points go: beside them, not over each other or over points, and connected to them by lines
/// that do not cross.
package enum Placement {
    /// A box for each point, of the size of its label and inside `frame` where that can be.
    ///
    /// Labels are placed one by one, each where it covers least of the frame's outside, of other labels, of
    /// points and of `obstacles`, and where leaders cross least of each other, of labels and of points; of places
    /// as good the nearest one, first to the right. Those that were placed early make room for later ones in
    /// further turns, each of which leaves less covered and crossed, until none moves.
    package static func boxes(
        _ points: [Point], sizes: [(width: Double, height: Double)], frame: Box, obstacles: [Box] = [],
        clearance: Double = 8
    ) -> [Box] {
        let markers =
            obstacles
            + points.map {
                Box(x: $0.x - clearance, y: $0.y - clearance, width: 2 * clearance, height: 2 * clearance)
            }
        var placed: [Label?] = points.map { _ in nil }
        for _ in 0..<turns {
            let before = placed.map { $0?.box }
            for (i, point) in points.enumerated() {
                let others = placed.indices.compactMap { $0 == i ? nil : placed[$0] }
                let otherMarkers = markers.indices.compactMap {
                    $0 == obstacles.count + i ? nil : markers[$0]
                }
                var least = Double.infinity
                for box in candidates(point, sizes[i], clearance) {
                    let label = Label(point: point, box: box)
                    let outside = box.width * box.height - box.overlap(frame)
                    let covered = others.reduce(0) { $0 + $1.box.overlap(box) }
                    let hidden = markers.reduce(0) { $0 + $1.overlap(box) }
                    let struck = otherMarkers.count { label.leader?.crosses($0) == true }
                    let crossed = others.reduce(300 * Double(struck)) { $0 + label.crossings($1) }
                    let (dx, dy) = (box.x + box.width / 2 - point.x, box.y + box.height / 2 - point.y)
                    let away = max(0, dx.magnitude - box.width / 2) + max(0, dy.magnitude - box.height / 2)
                    let cost = 20 * outside + 10 * covered + 60 * hidden + crossed + away
                    if cost < least - 1e-9 { (placed[i], least) = (label, cost) }
                }
            }
            if placed.map({ $0?.box }) == before { break }
        }
        return zip(points, placed).map { $1?.box ?? Box(x: $0.x, y: $0.y, width: 0, height: 0) }
    }

    /// The most turns; a few are enough for the points of a picture.
    private static let turns = 12

    /// A place in a picture.
    package typealias Point = (x: Double, y: Double)

    /// The line from a point to its label: to the middle of the side that faces it, or of its height above or
    /// below it; nil where the label is so near that it needs none.
    package static func leader(from point: Point, to box: Box) -> Segment? {
        let end = (x: min(max(point.x, box.x), box.right), y: box.y + box.height / 2)
        let apart = max((end.x - point.x).magnitude, (end.y - point.y).magnitude - box.height / 2)
        return apart > 10 ? Segment(from: point, to: end) : nil
    }

    /// A label in a place that it may have.
    private struct Label {
        let box: Box
        let leader: Segment?

        init(point: Point, box: Box) { (self.box, leader) = (box, Placement.leader(from: point, to: box)) }

        /// What it costs that leaders cross each other, or run through the other label.
        func crossings(_ other: Label) -> Double {
            let through = [(leader, other.box), (other.leader, box)].count { $0?.crosses($1) == true }
            let isCrossed = leader.map { line in other.leader.map(line.crosses) == true } == true
            return 300 * Double(through) + (isCrossed ? 3000 : 0)
        }
    }

    /// To the right, to the left, above and below, near and further away.
    private static func candidates(
        _ point: Point, _ size: (width: Double, height: Double), _ clearance: Double
    ) -> [Box] {
        (0..<10).flatMap { ring -> [Box] in
            let reach = clearance + Double(ring) * 14
            return [0, -0.25, 0.25, -0.5, 0.5, 1, 0.75, -0.75].map { turn in
                let (cosine, sine) = (cos(turn * .pi), sin(turn * .pi))
                // The side of the label that faces the point is `reach` away from it.
                let x = point.x + reach * cosine + (cosine - 1) / 2 * size.width
                let y = point.y + reach * sine + (sine - 1) / 2 * size.height
                return Box(x: x, y: y, width: size.width, height: size.height)
            }
        }
    }
}
