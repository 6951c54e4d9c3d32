/// Values that belong together, with their intervals.
package struct Series: Sendable {
    /// One value.
    package struct Point: Sendable {
        let x: Double
        let y: Double
        let low: Double
        let high: Double
        let tooltip: String

        /// A value and the interval that it is known within; without one, the value alone.
        package init(_ x: Double, _ y: Double, low: Double? = nil, high: Double? = nil, tooltip: String = "")
        {
            (self.x, self.y, self.tooltip) = (x, y, tooltip)
            (self.low, self.high) = (low ?? y, high ?? y)
        }
    }

    /// How much it stands out.
    package enum Weight: Sendable { case strong, thin }

    /// What it is called in the picture.
    let name: String
    let look: Look
    let weight: Weight
    let points: [Point]

    /// A series; points are drawn from the first to the last.
    package init(_ name: String, _ look: Look, _ weight: Weight, _ points: [Point]) {
        (self.name, self.look) = (TextSize.shortened(name), look)
        (self.weight, self.points) = (weight, points)
    }
}
