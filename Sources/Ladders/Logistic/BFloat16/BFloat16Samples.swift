import Problems

/// X in 16 bits, sample after sample: each value rounded once, to the nearest `BFloat16`.
///
/// Values are widened two at a time, out of words of 32 bits: the first of two is the lower half of its word,
/// and becomes a `Float` when it is shifted up, the second is the upper half, and does when the lower one is
/// cleared. That is one instruction for each 16 values, where a conversion from a vector of `UInt16` is one for
/// each value. So a group of 32 features becomes two vectors, one of the features with even numbers and one of
/// those with odd numbers, and a kernel keeps w and dw in that order while it works.
struct BFloat16Samples: Sendable {
    typealias Lanes = SIMD16<Float>

    /// The features that are widened together.
    @inline(__always) static var groupCount: Int { 2 &* Lanes.scalarCount }

    /// Their bytes.
    @inline(__always) static var groupBytes: Int { 2 &* groupCount }

    /// The labels, as the data set has them.
    let y: AlignedBuffer<Float>

    /// Features in one sample.
    let nx: Int

    /// Samples in a full block.
    private let blockSize: Int

    /// Two values in the place of each `Float`, with which nothing is computed. The padding of the buffer is
    /// room for a group that begins with the last value.
    private let words: AlignedBuffer<Float>

    /// Rounds X.
    init(_ data: Dataset<Float>) {
        (y, nx, blockSize) = (data.y, data.nx, BFloat16Block.size(nx: data.nx))
        words = AlignedBuffer(zeros: Self.wordCount(m: data.m, nx: data.nx))
        let (x, count) = (data.x.base, data.x.count)
        UnsafeMutableRawPointer(words.base).withMemoryRebound(to: UInt16.self, capacity: count) { bits in
            for i in 0..<count { bits[i] = BFloat16(saturating: x[i]).bits }
        }
    }

    /// Bytes that they take.
    static func byteCount(m: Int, nx: Int) -> Int {
        AlignedBuffer<Float>.byteCount(for: wordCount(m: m, nx: nx))
    }

    private static func wordCount(m: Int, nx: Int) -> Int { (m * nx).dividedRoundingUp(by: 2) }

    /// The block that begins with sample `first`, the last one before `end`: without samples where there are no
    /// more. Valid as long as this is held.
    @inline(__always)
    func block(from first: Int, before end: Int) -> BFloat16Block {
        BFloat16Block(
            first: first, x: UnsafeRawPointer(words.base) + 2 &* (first &* nx), nx: nx,
            count: Swift.min(blockSize, end &- first))
    }

    /// A group: the features with even numbers, and those with odd numbers.
    @inline(__always)
    static func widened(_ x: UnsafeRawPointer) -> (even: Lanes, odd: Lanes) {
        let words = x.loadUnaligned(as: SIMD16<UInt32>.self)
        let even = words &<< SIMD16<UInt32>(repeating: 16)
        let odd = words & SIMD16<UInt32>(repeating: 0xffff_0000)
        return (unsafeBitCast(even, to: Lanes.self), unsafeBitCast(odd, to: Lanes.self))
    }

    /// Copies `nx` scalars into the order of the features of widened groups.
    ///
    /// - Parameters:
    ///   - scalars: followed by zeros up to a whole vector.
    ///   - result: room for whole groups; the last scalar is followed by zeros.
    static func split(_ scalars: UnsafePointer<Float>, nx: Int, to result: UnsafeMutablePointer<Float>) {
        var j = 0
        while j < nx {
            let isWhole = j &+ Lanes.scalarCount < nx
            let group = SIMD32<Float>(
                lowHalf: .load(scalars + j),
                highHalf: isWhole ? .load(scalars + j + Lanes.scalarCount) : Lanes(repeating: 0))
            group.evenHalf.store(result + j)
            group.oddHalf.store(result + j + Lanes.scalarCount)
            j &+= groupCount
        }
    }

    /// Copies them back.
    ///
    /// - Parameters:
    ///   - groups: whole groups.
    ///   - result: room for nx scalars, up to a whole vector.
    static func join(_ groups: UnsafePointer<Float>, nx: Int, to result: UnsafeMutablePointer<Float>) {
        var j = 0
        while j < nx {
            var group = SIMD32<Float>()
            group.evenHalf = .load(groups + j)
            group.oddHalf = .load(groups + j + Lanes.scalarCount)
            group.lowHalf.store(result + j)
            if j &+ Lanes.scalarCount < nx { group.highHalf.store(result + j + Lanes.scalarCount) }
            j &+= groupCount
        }
    }
}
