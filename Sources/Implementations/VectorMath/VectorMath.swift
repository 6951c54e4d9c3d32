/// The elementary functions on arrays: every element on its own, of any number of them.
///
/// Greatest errors in ulp, with and without fused multiply-add. `Float` was tried on every one of its 2³²
/// arguments with it and on 2²⁴ of them without, `Double` on twelve million random ones:
///
/// | | exp | log1p | σ | L |
/// |---|---|---|---|---|
/// | `Float` | 0.93 | 0.98 | 1.97 | 1.80 |
/// | `Double` | 0.91 | 1.02 | 1.94 | 1.78 |
///
/// A loop has, for each 64-byte vector on AVX-512, this many instructions, those of the loop included: exp
/// 33 (`Double` 42), log1p 48 (67), σ 37 (46), and a with L 27 + 38 (36 + 56).
public enum VectorMath {
    /// y = e^x.
    public static func exp<S: LaneScalar>(_ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>)
    {
        dispatch(Exponential.self, x, y)
    }

    /// y = log(1 + x).
    public static func log1p<S: LaneScalar>(
        _ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>
    ) {
        dispatch(Logarithm.self, x, y)
    }

    /// y = σ(x).
    public static func sigmoid<S: LaneScalar>(
        _ x: UnsafeBufferPointer<S>, into y: UnsafeMutableBufferPointer<S>
    ) {
        dispatch(Sigmoid.self, x, y)
    }

    /// a = σ(z) and the loss L(a, y) of every element, from one exponential each.
    ///
    /// - Parameter labels: 0 or 1.
    public static func logistic<S: LaneScalar>(
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

/// A function as a type: a loop that takes it is compiled once for each function, which is then part of
/// the loop. A closure was seen to stay a call, with the vector split into four registers to pass it.
private protocol ElementwiseFunction {
    static func value<V: LaneVector>(at x: V) -> V
}

private enum Exponential: ElementwiseFunction {
    @inline(__always) static func value<V: LaneVector>(at x: V) -> V { V.exp(x) }
}

private enum Logarithm: ElementwiseFunction {
    @inline(__always) static func value<V: LaneVector>(at x: V) -> V { V.log1p(x) }
}

private enum Sigmoid: ElementwiseFunction {
    @inline(__always) static func value<V: LaneVector>(at x: V) -> V { V.sigmoid(x) }
}

private enum ExponentialOfNegative: ElementwiseFunction {
    @inline(__always) static func value<V: LaneVector>(at x: V) -> V { V.exponential(ofMinusMagnitude: x) }
}

extension VectorMath {
    /// Asks once which scalar it has, because a caller in another module gets the generic entry point,
    /// which is not specialized. What is behind the question is.
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
        mapVectors(F.self, from, to, count: whole)
        if left > 0 {
            var last = S.Lanes.load(from + whole, count: left)
            last.withScalars { mapVectors(F.self, UnsafePointer($0), $0, count: S.Lanes.scalarCount) }
            last.store(to + whole, count: left)
        }
    }

    /// y = f(x) for a whole number of vectors. A function of its own, so that the loop is there once.
    @inline(never)
    private static func mapVectors<F: ElementwiseFunction, S: LaneScalar>(
        _: F.Type, _ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, count: Int
    ) {
        var (x, y) = (x, y)
        let end = x + count
        while x < end {
            F.value(at: S.Lanes.load(x)).store(y)
            x += S.Lanes.scalarCount
            y += S.Lanes.scalarCount
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
    ///
    /// In two loops over a block that stays in the first cache: first e^(−|z|), then the rest. One vector
    /// from end to end is a chain of some 25 instructions that each wait for the one before, and the
    /// processor looks hardly further ahead than the next vector; of two shorter chains it has several in
    /// flight.
    private static func logisticOfVectors<S: LaneScalar>(
        _ z: UnsafePointer<S>, _ y: UnsafePointer<S>,
        _ a: UnsafeMutablePointer<S>, _ losses: UnsafeMutablePointer<S>, count: Int
    ) {
        let block = 32 &* S.Lanes.scalarCount
        withUnsafeTemporaryAllocation(
            byteCount: 32 * MemoryLayout<S.Lanes>.stride, alignment: MemoryLayout<S.Lanes>.alignment
        ) {
            guard let room = $0.baseAddress else { return }
            let e = room.assumingMemoryBound(to: S.self)
            var done = 0
            while done < count {
                let n = Swift.min(block, count &- done)
                mapVectors(ExponentialOfNegative.self, z + done, e, count: n)
                finish(z + done, y + done, UnsafePointer(e), a + done, losses + done, count: n)
                done &+= n
            }
        }
    }

    /// a, L from z, y and e = e^(−|z|).
    @inline(never)
    private static func finish<S: LaneScalar>(
        _ z: UnsafePointer<S>, _ y: UnsafePointer<S>, _ e: UnsafePointer<S>,
        _ a: UnsafeMutablePointer<S>, _ losses: UnsafeMutablePointer<S>, count: Int
    ) {
        var (z, y, e, a, losses) = (z, y, e, a, losses)
        let end = z + count
        while z < end {
            let (zi, ei) = (S.Lanes.load(z), S.Lanes.load(e))
            let loss = S.Lanes.loss(zi, label: .load(y), exponential: ei)
            S.Lanes.sigmoid(zi, exponential: ei).store(a)
            loss.store(losses)
            z += S.Lanes.scalarCount
            y += S.Lanes.scalarCount
            e += S.Lanes.scalarCount
            a += S.Lanes.scalarCount
            losses += S.Lanes.scalarCount
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
