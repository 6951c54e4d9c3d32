import Foundation

/// Where the labels of points go: beside them, and not over each other or over points.
package enum Placement {
    /// A box for each point, of the size of its label and inside `frame` where that can be.
    ///
    /// Labels are placed one by one, each where it covers least of the frame's outside, of labels that were
    /// placed before, of points and of `obstacles`; of places as good the nearest one, first to the right.
    package static func boxes(
        _ points: [(x: Double, y: Double)], sizes: [(width: Double, height: Double)], frame: Box,
        obstacles: [Box] = [], clearance: Double = 8
    ) -> [Box] {
        var placed: [Box] = []
        let markers =
            obstacles
            + points.map {
                Box(x: $0.x - clearance, y: $0.y - clearance, width: 2 * clearance, height: 2 * clearance)
            }
        for (i, point) in points.enumerated() {
            var (best, least) = (Box(x: point.x, y: point.y, width: 0, height: 0), Double.infinity)
            for box in candidates(point, sizes[i], clearance) {
                let outside = box.width * box.height - box.overlap(frame)
                let covered = placed.reduce(0) { $0 + $1.overlap(box) }
                let hidden = markers.reduce(0) { $0 + $1.overlap(box) }
                let (dx, dy) = (box.x + box.width / 2 - point.x, box.y + box.height / 2 - point.y)
                let away = max(0, dx.magnitude - box.width / 2) + max(0, dy.magnitude - box.height / 2)
                let cost = 20 * outside + 10 * covered + 4 * hidden + away
                if cost < least - 1e-9 { (best, least) = (box, cost) }
            }
            placed.append(best)
        }
        return placed
    }

    /// To the right, to the left, above and below, near and further away.
    private static func candidates(
        _ point: (x: Double, y: Double), _ size: (width: Double, height: Double), _ clearance: Double
    ) -> [Box] {
        (0..<6).flatMap { ring -> [Box] in
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
