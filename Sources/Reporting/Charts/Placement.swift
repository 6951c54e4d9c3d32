import Foundation

/// The places of the labels of points: next to them, not over each other or over points, and connected to them by
/// lines that do not cross.
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

/// The places of labels along a line that want to be somewhere and may not overlap.
package enum Spread {
    /// Places in the order of `wanted`, each as near to what it wants as can be, so that two neighbours are
    /// half of both their lengths apart and all stay within `range`, where there is room.
    ///
    /// In the order of their wishes this is the least-squares fit under d(i+1) − d(i) ≥ gap, which pooling
    /// adjacent violators solves exactly (R. E. Barlow, D. J. Bartholomew, J. M. Bremner and H. D. Brunk,
    /// Statistical Inference under Order Restrictions, 1972, §1.2).
    package static func places(
        wanted: [Double], lengths: [Double], within range: ClosedRange<Double>
    ) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        // Without the gaps before it, a label may be anywhere that is not before the one before.
        var gaps: [Double] = []
        for (k, i) in order.enumerated() {
            gaps.append(k == 0 ? 0 : gaps[k - 1] + (lengths[order[k - 1]] + lengths[i]) / 2)
        }
        var blocks: [(sum: Double, count: Int)] = []
        for (k, i) in order.enumerated() {
            var block = (sum: wanted[i] - gaps[k], count: 1)
            while let last = blocks.last, last.sum / Double(last.count) > block.sum / Double(block.count) {
                block = (last.sum + block.sum, last.count + block.count)
                blocks.removeLast()
            }
            blocks.append(block)
        }
        guard let first = order.first, let last = order.last else { return [] }
        let low = range.lowerBound + lengths[first] / 2
        let high = max(low, range.upperBound - lengths[last] / 2 - gaps[order.count - 1])
        var result = wanted
        var k = 0
        for block in blocks {
            let place = min(high, max(low, block.sum / Double(block.count)))
            for _ in 0..<block.count {
                result[order[k]] = place + gaps[k]
                k += 1
            }
        }
        return result
    }
}

/// A rectangle by its upper left corner.
package struct Box: Sendable, Equatable {
    package var x, y, width, height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    var right: Double { x + width }
    var bottom: Double { y + height }

    /// The area that two have in common.
    package func overlap(_ other: Box) -> Double {
        let across = min(right, other.right) - max(x, other.x)
        let down = min(bottom, other.bottom) - max(y, other.y)
        return across > 0 && down > 0 ? across * down : 0
    }
}

/// A straight line from one place to another.
package struct Segment: Sendable {
    package let from, to: (x: Double, y: Double)

    package init(from: (x: Double, y: Double), to: (x: Double, y: Double)) {
        (self.from, self.to) = (from, to)
    }

    /// Whether two cross, each with its ends on two sides of the other.
    package func crosses(_ other: Segment) -> Bool {
        side(other.from) * side(other.to) < 0 && other.side(from) * other.side(to) < 0
    }

    /// Whether it runs through a box: such a line crosses one of its diagonals.
    package func crosses(_ box: Box) -> Bool {
        let (x, y, right, bottom) = (box.x, box.y, box.right, box.bottom)
        return crosses(Segment(from: (x, y), to: (right, bottom)))
            || crosses(Segment(from: (x, bottom), to: (right, y)))
    }

    /// On which side a point is, by the sign: 0 on the line through the ends.
    private func side(_ point: (x: Double, y: Double)) -> Double {
        (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x)
    }
}
