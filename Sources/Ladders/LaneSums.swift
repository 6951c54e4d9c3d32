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
