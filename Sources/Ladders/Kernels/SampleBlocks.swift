import Problems

/// The blocks of some samples, in order. Valid as long as the data set is held.
struct SampleBlocks<Scalar: LaneScalar>: Sequence, IteratorProtocol {
    // Not the data set itself: it would be retained and released for every block.
    private let x: UnsafePointer<Scalar>
    private let nx: Int
    private let size: Int
    private var rest: Range<Int>

    @inline(__always)
    init(_ samples: Range<Int>, of data: Dataset<Scalar>) {
        (x, nx) = (UnsafePointer(data.x.base), data.nx)
        size = SampleBlock<Scalar>.size(nx: data.nx)
        rest = samples
    }

    @inline(__always)
    mutating func next() -> SampleBlock<Scalar>? {
        guard !rest.isEmpty else { return nil }
        let first = rest.lowerBound
        let count = Swift.min(size, rest.count)
        rest = first &+ count..<rest.upperBound
        return SampleBlock(first: first, x: x + first &* nx, nx: nx, count: count)
    }
}
