// The loops of `VectorMath` over a block of vectors. Each is a function of its own, so that it is there once.
//
// σ and the loss take two of them: first e^(−|z|), then the rest. One vector from end to end is a chain of some 25
// instructions that each wait for the one before, and the processor looks only a few vectors ahead; of two shorter
// chains it has enough in flight.

extension VectorMath {
    /// Calls `body` with the first element and the size of each block, and with scratch for that many.
    ///
    /// 16 vectors a block: the end of so short a loop is foreseen by the branch prediction, while that of a longer
    /// one was seen to cost as much as ten vectors.
    @inline(__always)
    static func forBlocks<S: LaneScalar>(
        of _: S.Type, _ count: Int, _ body: (Int, Int, UnsafeMutablePointer<S>) -> Void
    ) {
        let size = 16 * S.Lanes.scalarCount
        withUnsafeTemporaryAllocation(
            byteCount: size * MemoryLayout<S>.stride, alignment: MemoryLayout<S.Lanes>.alignment
        ) {
            guard let room = $0.baseAddress else { return }
            let scratch = room.assumingMemoryBound(to: S.self)
            var done = 0
            while done < count {
                let n = Swift.min(size, count &- done)
                body(done, n, scratch)
                done &+= n
            }
        }
    }

    /// y = e^x. y may not be x, which is read again where a value needs more care.
    @inline(never)
    static func exponentials<S: LaneScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int) {
        var (i, marks) = (0, S.Lanes.zero)
        while i < count {
            let xi = S.Lanes.load(x + i)
            marks = marks.marking(where: xi.negativeMagnitude, isBeyond: -S.Lanes.plainBound)
            S.Lanes.plainExp(xi).store(y + i)
            i &+= S.Lanes.scalarCount
        }
        guard marks.isMarked else { return }
        i = 0
        while i < count {
            S.Lanes.exp(.load(x + i)).store(y + i)
            i &+= S.Lanes.scalarCount
        }
    }

    /// e = e^(−|z|).
    @inline(never)
    static func exponentials<S: LaneScalar>(
        ofMinusMagnitude z: UnsafePointer<S>, _ e: UnsafeMutablePointer<S>, count: Int
    ) {
        var (i, plain) = (0, PlainExponentials<S.Lanes>())
        while i < count {
            plain.exponential(ofMinusMagnitude: .load(z + i)).store(e + i)
            i &+= S.Lanes.scalarCount
        }
        plain.correct(e, of: z, count: count)
    }

    /// a = σ(z) from z and e = e^(−|z|).
    @inline(never)
    static func sigmoids<S: LaneScalar>(
        _ z: UnsafePointer<S>, _ e: UnsafePointer<S>, _ a: UnsafeMutablePointer<S>, count: Int
    ) {
        var i = 0
        while i < count {
            S.Lanes.sigmoid(.load(z + i), exponential: .load(e + i)).store(a + i)
            i &+= S.Lanes.scalarCount
        }
    }

    /// a = σ(z) and L(a, y) from z, y and e = e^(−|z|).
    @inline(never)
    static func logistic<S: LaneScalar>(
        _ z: UnsafePointer<S>, _ y: UnsafePointer<S>, _ e: UnsafePointer<S>,
        _ a: UnsafeMutablePointer<S>, _ losses: UnsafeMutablePointer<S>, count: Int
    ) {
        var i = 0
        while i < count {
            let (zi, ei) = (S.Lanes.load(z + i), S.Lanes.load(e + i))
            let loss = S.Lanes.loss(zi, label: .load(y + i), exponential: ei)
            S.Lanes.sigmoid(zi, exponential: ei).store(a + i)
            loss.store(losses + i)
            i &+= S.Lanes.scalarCount
        }
    }
}
