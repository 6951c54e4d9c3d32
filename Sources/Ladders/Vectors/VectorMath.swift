/// The elementary functions on arrays: every element on its own, of any number of them.
///
/// Greatest errors in ulp, with and without fused multiply-add. `Float` was tried on every one of its 2³²
/// arguments both ways, `Double` on twelve million random ones:
///
/// | | exp | log1p | σ | L |
/// |---|---|---|---|---|
/// | `Float` | 1.03 | 1.01 | 1.97 | 1.82 |
/// | `Double` | 1.01 | 1.02 | 1.94 | 1.78 |
///
/// A loop has, for each 64-byte vector on AVX-512, this many instructions, those of the loop included: exp
/// 24 (`Double` 33), log1p 47 (66), σ 25 + 12 (34 + 12), and a with L 25 + 36 (34 + 53).
package enum VectorMath {
    /// y = e^x.
    package static func exp<S: LaneScalar>(_ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>)
    {
        dispatch(Exponential.self, x, y)
    }

    /// y = log(1 + x).
    package static func log1p<S: LaneScalar>(
        _ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>
    ) {
        dispatch(Logarithm.self, x, y)
    }

    /// y = σ(x).
    package static func sigmoid<S: LaneScalar>(
        _ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>
    ) {
        dispatch(Sigmoid.self, x, y)
    }

    /// a = σ(z) and the loss L(a, y) of every element, from one exponential each.
    ///
    /// - Parameter labels: 0 or 1.
    package static func logistic<S: LaneScalar>(
        _ z: UnsafeBufferPointer<S>, labels y: UnsafeBufferPointer<S>,
        activations a: UnsafeMutableBufferPointer<S>, losses: UnsafeMutableBufferPointer<S>
    ) {
        if S.self == Float.self {
            mapLogistic(z.as(Float.self), y.as(Float.self), a.as(Float.self), losses.as(Float.self))
        } else {
            mapLogistic(z.as(Double.self), y.as(Double.self), a.as(Double.self), losses.as(Double.self))
        }
    }
}

// MARK: - Functions of one argument

/// A function as a type: what takes it is compiled once for each function, which is then part of the loop. A
/// closure was seen to stay a call, with the vector split into four registers to pass it.
private protocol ElementwiseFunction {
    /// y = f(x) for a whole number of vectors. y may be x.
    static func map<S: LaneScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int)
}

private enum Exponential: ElementwiseFunction {
    @inline(__always)
    static func map<S: LaneScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int) {
        VectorMath.forBlocks(of: S.self, count) { i, n, copy in
            let inPlace = x == UnsafePointer(y)
            if inPlace { copy.update(from: x + i, count: n) }
            VectorMath.exponentials(inPlace ? UnsafePointer(copy) : x + i, y + i, count: n)
        }
    }
}

private enum Logarithm: ElementwiseFunction {
    @inline(never)
    static func map<S: LaneScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int) {
        var i = 0
        while i < count {
            S.Lanes.log1p(.load(x + i)).store(y + i)
            i &+= S.Lanes.scalarCount
        }
    }
}

private enum Sigmoid: ElementwiseFunction {
    @inline(__always)
    static func map<S: LaneScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int) {
        VectorMath.forBlocks(of: S.self, count) { i, n, e in
            VectorMath.exponentials(ofMinusMagnitude: x + i, e, count: n)
            VectorMath.sigmoids(x + i, UnsafePointer(e), y + i, count: n)
        }
    }
}

extension VectorMath {
    /// Asks once which scalar it has, because a caller in another module gets the generic entry point,
    /// which is not specialized. The branches are.
    @inline(__always)
    private static func dispatch<F: ElementwiseFunction, S: LaneScalar>(
        _: F.Type, _ x: UnsafeBufferPointer<S>, _ y: UnsafeMutableBufferPointer<S>
    ) {
        if S.self == Float.self {
            map(F.self, x.as(Float.self), y.as(Float.self))
        } else {
            map(F.self, x.as(Double.self), y.as(Double.self))
        }
    }

    /// y = f(x), a vector at a time, the last elements by way of a vector that is filled up with zeros.
    @inline(__always)
    private static func map<F: ElementwiseFunction, S: LaneScalar>(
        _: F.Type, _ x: UnsafeBufferPointer<S>, _ y: UnsafeMutableBufferPointer<S>
    ) {
        precondition(x.count == y.count, "\(x.count) arguments and room for \(y.count) values")
        guard let from = x.baseAddress, let to = y.baseAddress else { return }
        let left = x.count % S.Lanes.scalarCount
        let whole = x.count &- left
        F.map(from, to, count: whole)
        if left > 0 {
            var last = S.Lanes.load(from + whole, count: left)
            last.withScalars { F.map(UnsafePointer($0), $0, count: S.Lanes.scalarCount) }
            last.store(to + whole, count: left)
        }
    }
}

// MARK: - The activation and the loss

extension VectorMath {
    /// a, L = logistic(z, y), a vector at a time.
    @inline(__always)
    private static func mapLogistic<S: LaneScalar>(
        _ z: UnsafeBufferPointer<S>, _ y: UnsafeBufferPointer<S>,
        _ a: UnsafeMutableBufferPointer<S>, _ losses: UnsafeMutableBufferPointer<S>
    ) {
        precondition(y.count == z.count && a.count == z.count && losses.count == z.count, "unequal counts")
        guard let z0 = z.baseAddress, let y0 = y.baseAddress, let a0 = a.baseAddress,
            let losses0 = losses.baseAddress
        else { return }
        let left = z.count % S.Lanes.scalarCount
        let whole = z.count &- left
        logisticOfVectors(z0, y0, a0, losses0, count: whole)
        if left > 0 {
            var last = (z: S.Lanes.load(z0 + whole, count: left), y: S.Lanes.load(y0 + whole, count: left))
            last.z.withScalars { z in
                last.y.withScalars { y in
                    logisticOfVectors(UnsafePointer(z), UnsafePointer(y), z, y, count: S.Lanes.scalarCount)
                }
            }
            last.z.store(a0 + whole, count: left)
            last.y.store(losses0 + whole, count: left)
        }
    }

    /// a, L = logistic(z, y) for a whole number of vectors.
    @inline(__always)
    private static func logisticOfVectors<S: LaneScalar>(
        _ z: UnsafePointer<S>, _ y: UnsafePointer<S>,
        _ a: UnsafeMutablePointer<S>, _ losses: UnsafeMutablePointer<S>, count: Int
    ) {
        forBlocks(of: S.self, count) { i, n, e in
            exponentials(ofMinusMagnitude: z + i, e, count: n)
            logistic(z + i, y + i, UnsafePointer(e), a + i, losses + i, count: n)
        }
    }
}

// MARK: - One scalar seen as another

extension UnsafeBufferPointer {
    /// The same buffer, where `Element` is known to be `T`.
    @inline(__always)
    fileprivate func `as`<T>(_: T.Type) -> UnsafeBufferPointer<T> {
        UnsafeBufferPointer<T>(
            start: UnsafeRawPointer(baseAddress)?.assumingMemoryBound(to: T.self), count: count)
    }
}

extension UnsafeMutableBufferPointer {
    /// The same buffer, where `Element` is known to be `T`.
    @inline(__always)
    fileprivate func `as`<T>(_: T.Type) -> UnsafeMutableBufferPointer<T> {
        UnsafeMutableBufferPointer<T>(
            start: UnsafeMutableRawPointer(baseAddress)?.assumingMemoryBound(to: T.self), count: count)
    }
}

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
