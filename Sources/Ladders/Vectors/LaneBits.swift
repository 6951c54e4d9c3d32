/// The operations other than arithmetic that kernels need of a vector: choices between lanes, and the bits of the
/// scalars.
///
/// In code that is generic over vectors `+ - * /` and `replacing(with:where:)` become packed instructions,
/// but a comparison such as `a .< b`, and with it every choice, becomes a loop over the lanes. These are
/// therefore requirements with one concrete, packed implementation for each vector type.
package protocol LaneBits: SIMD {
    /// |x|.
    var magnitude: Self { get }

    /// −|x|.
    var negativeMagnitude: Self { get }

    /// The greater of a and b, lane by lane; b where one of them is NaN.
    static func max(_ a: Self, _ b: Self) -> Self

    /// The lesser of a and b, lane by lane; b where one of them is NaN.
    static func min(_ a: Self, _ b: Self) -> Self

    /// This vector, with the lanes of `other` where a < b. Where one of them is NaN nothing is replaced.
    func replacing(with other: Self, where a: Self, isLessThan b: Self) -> Self

    /// The first `count` lanes, and zero in the others.
    func firstLanes(_ count: Int) -> Self

    /// This vector, with the sign bit set in those lanes where |x| > |bound| or x is NaN, for x and bound that are
    /// both negative. All other bits may be any.
    func marking(where x: Self, isBeyond bound: Self) -> Self

    /// Whether the sign bit of a lane is set.
    var isMarked: Bool { get }

    /// The sum of all lanes, by halves: always in the same order, on every machine.
    func horizontalSum() -> Scalar

    /// The sums across some vectors, as many as one has lanes, that follow each other in memory: lane i is
    /// the sum of all lanes of vector i. The lanes of each are added in the order of a balanced tree.
    static func sumsAcross(_ vectors: UnsafePointer<Scalar>) -> Self

    /// 2^k, where this vector is k + `exponentOne` (and nothing else was rounded into it).
    ///
    /// That sum has k + bias in the low bits of its significand; shifted into the exponent they
    /// are the scalar 2^k, without a conversion to an integer. k + bias may be 1 to 254 (2046 in `Double`).
    func powerOfTwo() -> Self

    /// The whole number k for which x = m·2^k with m in [¾, 1½), for a normal x > 0.
    func nearestExponent() -> Self

    /// 1.5·2^p + bias, where p is such that the last bit of the sum counts ones. Adding it rounds to a
    /// whole number (to the nearest, ties to even), and subtracting it again gives that number.
    static var exponentOne: Self { get }
}

extension SIMD16<Float>: LaneBits {
    @inline(__always) private var bits: SIMD16<UInt32> { unsafeBitCast(self, to: SIMD16<UInt32>.self) }

    @inline(__always) private init(bits: SIMD16<UInt32>) {
        self = unsafeBitCast(bits, to: SIMD16<Float>.self)
    }

    @inline(__always) package var magnitude: Self {
        Self(bits: bits & SIMD16<UInt32>(repeating: 0x7fff_ffff))
    }

    @inline(__always) package var negativeMagnitude: Self {
        Self(bits: bits | SIMD16<UInt32>(repeating: 0x8000_0000))
    }

    @inline(__always) package static func max(_ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: a .> b)
    }

    @inline(__always) package static func min(_ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: a .< b)
    }

    @inline(__always) package func replacing(with other: Self, where a: Self, isLessThan b: Self) -> Self {
        replacing(with: other, where: a .< b)
    }

    @inline(__always) package func firstLanes(_ count: Int) -> Self {
        let lane = SIMD16<Float>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
        return Self.zero.replacing(with: self, where: lane .< Self(repeating: Float(count)))
    }

    @inline(__always) package func marking(where x: Self, isBeyond bound: Self) -> Self {
        Self(bits: bits | (bound.bits &- x.bits))
    }

    @inline(__always) package var isMarked: Bool {
        let eight = bits.lowHalf | bits.highHalf
        let four = eight.lowHalf | eight.highHalf
        let two = four.lowHalf | four.highHalf
        return (two.x | two.y) >> 31 != 0
    }

    @inline(__always) package func horizontalSum() -> Float {
        let eight = lowHalf + highHalf
        let four = eight.lowHalf + eight.highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    @inline(__always) package func powerOfTwo() -> Self {
        Self(bits: bits &<< SIMD16<UInt32>(repeating: 23))
    }

    @inline(__always) package func nearestExponent() -> Self {
        let half = SIMD16<UInt32>(repeating: 0x0040_0000)  // carries into the exponent from 1½ on
        let biased = (bits &+ half) &>> SIMD16<UInt32>(repeating: 23)
        let whole = Self(bits: biased | SIMD16<UInt32>(repeating: 0x4b00_0000))  // 2^23 + k + 127
        return whole - Self(repeating: 0x1p23 + 127)
    }
    @inline(__always) package static var exponentOne: Self { Self(repeating: 0x1.8p23 + 127) }
}

extension SIMD8<Double>: LaneBits {
    @inline(__always) private var bits: SIMD8<UInt64> { unsafeBitCast(self, to: SIMD8<UInt64>.self) }

    @inline(__always) private init(bits: SIMD8<UInt64>) {
        self = unsafeBitCast(bits, to: SIMD8<Double>.self)
    }

    @inline(__always) package var magnitude: Self {
        Self(bits: bits & SIMD8<UInt64>(repeating: 0x7fff_ffff_ffff_ffff))
    }

    @inline(__always) package var negativeMagnitude: Self {
        Self(bits: bits | SIMD8<UInt64>(repeating: 0x8000_0000_0000_0000))
    }

    @inline(__always) package static func max(_ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: a .> b)
    }

    @inline(__always) package static func min(_ a: Self, _ b: Self) -> Self {
        b.replacing(with: a, where: a .< b)
    }

    @inline(__always) package func replacing(with other: Self, where a: Self, isLessThan b: Self) -> Self {
        replacing(with: other, where: a .< b)
    }

    @inline(__always) package func firstLanes(_ count: Int) -> Self {
        let lane = SIMD8<Double>(0, 1, 2, 3, 4, 5, 6, 7)
        return Self.zero.replacing(with: self, where: lane .< Self(repeating: Double(count)))
    }

    @inline(__always) package func marking(where x: Self, isBeyond bound: Self) -> Self {
        Self(bits: bits | (bound.bits &- x.bits))
    }

    @inline(__always) package var isMarked: Bool {
        let four = bits.lowHalf | bits.highHalf
        let two = four.lowHalf | four.highHalf
        return (two.x | two.y) >> 63 != 0
    }

    @inline(__always) package func horizontalSum() -> Double {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    @inline(__always) package func powerOfTwo() -> Self {
        Self(bits: bits &<< SIMD8<UInt64>(repeating: 52))
    }

    @inline(__always) package func nearestExponent() -> Self {
        let half = SIMD8<UInt64>(repeating: 0x0008_0000_0000_0000)  // carries into the exponent from 1½ on
        let biased = (bits &+ half) &>> SIMD8<UInt64>(repeating: 52)
        let whole = Self(bits: biased | SIMD8<UInt64>(repeating: 0x4330_0000_0000_0000))  // 2^52 + k + 1023
        return whole - Self(repeating: 0x1p52 + 1023)
    }
    @inline(__always) package static var exponentOne: Self { Self(repeating: 0x1.8p52 + 1023) }
}

// Sums across vectors. Added up one by one, each vector takes four additions of which the first has use for
// half of the lanes, the last for one. Here two vectors are merged at each step, half of the lanes from each,
// so that every addition is one of whole vectors: fifteen of them for sixteen sums (seven for eight `Double`).
//
// The lanes are merged as single instructions do it: within 16 bytes first, across them at last.

extension SIMD16<Float> {
    /// The sums across 16 vectors.
    @inline(__always) package static func sumsAcross(_ vectors: UnsafePointer<Float>) -> Self {
        let (a, b) = (sumsOfFour(vectors), sumsOfFour(vectors + 64))
        let (c, d) = (sumsOfFour(vectors + 128), sumsOfFour(vectors + 192))
        return addingQuarters(addingHalves(a, b), addingHalves(c, d))
    }

    /// Of four vectors: in each quarter one partial sum of each.
    @inline(__always) private static func sumsOfFour(_ vectors: UnsafePointer<Float>) -> Self {
        let (ab, cd) = (
            addingPairs(load(vectors), load(vectors + 16)),
            addingPairs(load(vectors + 32), load(vectors + 48))
        )
        let (x, y) = (unsafeBitCast(ab, to: SIMD8<Double>.self), unsafeBitCast(cd, to: SIMD8<Double>.self))
        return unsafeBitCast(x.evenLanes(y), to: Self.self) + unsafeBitCast(x.oddLanes(y), to: Self.self)
    }

    @inline(__always) private static func addingPairs(_ a: Self, _ b: Self) -> Self {
        let low = Self(
            a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5],
            a[8], b[8], a[9], b[9], a[12], b[12], a[13], b[13])
        let high = Self(
            a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7],
            a[10], b[10], a[11], b[11], a[14], b[14], a[15], b[15])
        return low + high
    }

    @inline(__always) private static func addingHalves(_ a: Self, _ b: Self) -> Self {
        Self(lowHalf: a.lowHalf, highHalf: b.lowHalf) + Self(lowHalf: a.highHalf, highHalf: b.highHalf)
    }

    @inline(__always) private static func addingQuarters(_ a: Self, _ b: Self) -> Self {
        let (x, y) = (unsafeBitCast(a, to: SIMD8<Double>.self), unsafeBitCast(b, to: SIMD8<Double>.self))
        return unsafeBitCast(x.evenQuarters(y), to: Self.self)
            + unsafeBitCast(x.oddQuarters(y), to: Self.self)
    }

    @inline(__always) private static func load(_ p: UnsafePointer<Float>) -> Self {
        UnsafeRawPointer(p).loadUnaligned(as: Self.self)
    }
}

extension SIMD8<Double> {
    /// The sums across 8 vectors.
    @inline(__always) package static func sumsAcross(_ vectors: UnsafePointer<Double>) -> Self {
        let (a, b) = (sumsOfTwo(vectors), sumsOfTwo(vectors + 16))
        let (c, d) = (sumsOfTwo(vectors + 32), sumsOfTwo(vectors + 48))
        let (x, y) = (addingHalves(a, b), addingHalves(c, d))
        return x.evenQuarters(y) + x.oddQuarters(y)
    }

    /// Of two vectors: in each quarter one partial sum of each.
    @inline(__always) private static func sumsOfTwo(_ vectors: UnsafePointer<Double>) -> Self {
        let (a, b) = (load(vectors), load(vectors + 8))
        return a.evenLanes(b) + a.oddLanes(b)
    }

    @inline(__always) private static func addingHalves(_ a: Self, _ b: Self) -> Self {
        Self(lowHalf: a.lowHalf, highHalf: b.lowHalf) + Self(lowHalf: a.highHalf, highHalf: b.highHalf)
    }

    @inline(__always) private static func load(_ p: UnsafePointer<Double>) -> Self {
        UnsafeRawPointer(p).loadUnaligned(as: Self.self)
    }

    @inline(__always) fileprivate func evenLanes(_ b: Self) -> Self {
        Self(self[0], b[0], self[2], b[2], self[4], b[4], self[6], b[6])
    }

    @inline(__always) fileprivate func oddLanes(_ b: Self) -> Self {
        Self(self[1], b[1], self[3], b[3], self[5], b[5], self[7], b[7])
    }

    @inline(__always) fileprivate func evenQuarters(_ b: Self) -> Self {
        Self(self[0], self[1], self[4], self[5], b[0], b[1], b[4], b[5])
    }

    @inline(__always) fileprivate func oddQuarters(_ b: Self) -> Self {
        Self(self[2], self[3], self[6], self[7], b[2], b[3], b[6], b[7])
    }
}
