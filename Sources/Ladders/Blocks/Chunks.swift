/// Samples in runs whose sums are made apart and then added, so that no term goes through too many
/// additions (`Summation.blocks`).
struct Chunks: Sequence, IteratorProtocol {
    /// Samples in a span: a multiple of every block, small against the m that makes a running sum bad.
    static let size = 1024

    /// Samples of a block that is to stay in a small first-level cache, with room for what else a pass has in
    /// hand: at most `greatest`, and halves of it until they have less than 24 KiB of features or are `least`.
    static func blockSize(sampleBytes: Int, from greatest: Int = size, to least: Int) -> Int {
        var size = greatest
        while size > least, size * sampleBytes >= 24 << 10 { size /= 2 }
        return size
    }

    private var rest: Range<Int>

    /// The spans of `samples`, in order.
    @inline(__always)
    init(_ samples: Range<Int>) {
        rest = samples
    }

    @inline(__always)
    mutating func next() -> Range<Int>? {
        guard !rest.isEmpty else { return nil }
        let end = Swift.min(rest.upperBound, rest.lowerBound &+ Self.size)
        defer { rest = end..<rest.upperBound }
        return rest.lowerBound..<end
    }
}
