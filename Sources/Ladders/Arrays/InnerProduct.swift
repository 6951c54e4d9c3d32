import Problems

/// The inner product xᵀy of two vectors of one length.
///
///     for j in 1…n:  sum += x_j · y_j
///
/// Four vectors of partial sums, so that a multiply-add need not wait for the one before it.
@inline(__always)
func dot<Scalar: LaneScalar>(_ x: UnsafeBufferPointer<Scalar>, _ y: UnsafeBufferPointer<Scalar>) -> Scalar {
    precondition(x.count == y.count, "an inner product of \(x.count) and \(y.count) elements")
    guard let x0 = x.baseAddress, let y0 = y.baseAddress else { return 0 }
    typealias Lanes = Scalar.Lanes
    let width = Lanes.scalarCount
    var sums = (Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0), Lanes(repeating: 0))
    var j = 0
    while j &+ 4 &* width <= x.count {
        let (x, y) = (x0 + j, y0 + j)
        sums.0 = sums.0.addingProduct(.load(x), times: .load(y))
        sums.1 = sums.1.addingProduct(.load(x + width), times: .load(y + width))
        sums.2 = sums.2.addingProduct(.load(x + 2 &* width), times: .load(y + 2 &* width))
        sums.3 = sums.3.addingProduct(.load(x + 3 &* width), times: .load(y + 3 &* width))
        j &+= 4 &* width
    }
    while j &+ width <= x.count {
        sums.0 = sums.0.addingProduct(.load(x0 + j), times: .load(y0 + j))
        j &+= width
    }
    var sum = ((sums.0 + sums.1) + (sums.2 + sums.3)).horizontalSum()
    while j < x.count {
        sum += x0[j] * y0[j]
        j &+= 1
    }
    return sum
}

/// y := y + α·x, for two vectors of one length.
///
///     for j in 1…n:  y_j += α · x_j
@inline(__always)
func axpy<Scalar: LaneScalar>(
    _ alpha: Scalar, _ x: UnsafeBufferPointer<Scalar>, _ y: UnsafeMutableBufferPointer<Scalar>
) {
    precondition(x.count == y.count, "axpy of \(x.count) and \(y.count) elements")
    guard let x0 = x.baseAddress, let y0 = y.baseAddress else { return }
    typealias Lanes = Scalar.Lanes
    let width = Lanes.scalarCount
    let factor = Lanes(repeating: alpha)
    var j = 0
    while j &+ width <= x.count {
        Lanes.load(y0 + j).addingProduct(factor, times: .load(x0 + j)).store(y0 + j)
        j &+= width
    }
    while j < x.count {
        y0[j] += alpha * x0[j]
        j &+= 1
    }
}
