/// Runs of samples whose sums are made apart and then added, so that no term goes through too many
/// additions (`Summation.blocks`).
enum Spans {
    /// Samples in a span: a multiple of every block, small against the m that makes a running sum bad.
    static let size = 1024

    /// The spans of `samples`, in order.
    @inline(__always)
    static func forEach(_ samples: Range<Int>, do body: (Range<Int>) -> Void) {
        var start = samples.lowerBound
        while start < samples.upperBound {
            let end = min(samples.upperBound, start &+ size)
            body(start..<end)
            start = end
        }
    }
}
