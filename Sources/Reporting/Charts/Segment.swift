/// A straight line from one place to another.
package struct Segment: Sendable {
    /// Its ends.
    package let from, to: (x: Double, y: Double)

    /// A line by its ends.
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
