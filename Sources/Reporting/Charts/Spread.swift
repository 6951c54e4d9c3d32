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
struct Box: Sendable, Equatable {
    var x, y, width, height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }
}
