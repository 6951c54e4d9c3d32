import LogisticRegression

/// X in 16 bits, sample after sample, in the order that `LaneWidening` takes apart with one instruction a vector.
///
///     words of a group:    x_1 | x_17 << 16    x_2 | x_18 << 16    …    x_16 | x_32 << 16        (`Float`)
///
/// A group is as many words as a vector has lanes, and two vectors of features. Each sample is filled up to whole
/// groups with zeros, so that no kernel needs to think of tails.
struct BFloat16Samples<Scalar: LaneScalar>: Sendable {
    /// The labels, as the data set has them.
    let y: AlignedBuffer<Scalar>

    /// The number of features, those that fill a sample up not counted.
    let nx: Int

    /// Two in each `Float`'s place: only the memory is used, never as a number.
    private let words: AlignedBuffer<Float>

    /// Rounds X.
    init(_ data: Dataset<Scalar>) {
        (y, nx) = (data.y, data.nx)
        let (width, count) = (Scalar.Lanes.scalarCount, Self.wordCount(nx: data.nx))
        words = AlignedBuffer(zeros: data.m * count)
        for i in 0..<data.m {
            let sample = data.sample(i)
            func bits(_ j: Int) -> UInt32 { j < sample.count ? UInt32(BFloat16(sample[j]).bits) : 0 }
            let row = UnsafeMutableRawPointer(words.base + i * count)
            for k in 0..<count {
                let j = k / width * Self.groupCount + k % width
                let word = bits(j) | bits(j + width) << 16
                row.storeBytes(of: word, toByteOffset: k * MemoryLayout<UInt32>.stride, as: UInt32.self)
            }
        }
    }

    /// The features of a group.
    @inline(__always) static var groupCount: Int { 2 &* Scalar.Lanes.scalarCount }

    /// n_x, rounded up to whole groups.
    static func paddedCount(_ nx: Int) -> Int { nx.dividedRoundingUp(by: groupCount) * groupCount }

    /// The words of a sample.
    private static func wordCount(nx: Int) -> Int { paddedCount(nx) / 2 }

    /// Bytes that they take.
    static func byteCount(m: Int, nx: Int) -> Int {
        AlignedBuffer<Float>.byteCount(for: m * wordCount(nx: nx))
    }

    /// The block that begins with sample `first`, the last one before `end`. Valid as long as this is held.
    @inline(__always)
    func block(from first: Int, before end: Int) -> BFloat16Block<Scalar> {
        let count = Self.wordCount(nx: nx)
        return BFloat16Block(
            first: first, x: UnsafeRawPointer(words.base + first &* count), nx: 2 &* count,
            count: Swift.min(BFloat16Block<Scalar>.size(nx: nx), end &- first))
    }
}
