import LogisticRegression

/// Some samples that follow each other in X: what the simd kernels work on at a time.
///
/// As many as fit into half of a small first-level cache, but a whole number of vectors with a lane for
/// each sample, so that z, a and dz are computed a vector at a time.
struct SampleBlock<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// The greatest number of samples in a block.
    static var greatestSize: Int { 128 }

    /// The number of samples in a full block: divides 1024 and is at most `greatestSize`.
    static func size(nx: Int) -> Int {
        let bytes = 16 << 10
        var size = greatestSize
        while size > Lanes.scalarCount, size * nx * MemoryLayout<Scalar>.stride > bytes { size /= 2 }
        return size
    }

    /// The number of the first sample.
    let first: Int
    /// Its features. Behind the last sample stand at least 64 bytes that may be read.
    let x: UnsafePointer<Scalar>
    /// Features in one sample.
    let nx: Int
    /// Samples in this block, at least 1.
    let count: Int

    /// z_i := wᵀx⁽ⁱ⁾ for each sample of the block.
    ///
    ///     for i in block:
    ///         for j in 1…n_x:  z_i += w_j · x_j⁽ⁱ⁾
    ///
    /// - Parameters:
    ///   - w: n_x weights, followed by zeros up to a whole vector.
    ///   - z: room for one scalar for each sample.
    @inline(__always)
    func products(with w: UnsafePointer<Scalar>, to z: UnsafeMutablePointer<Scalar>) {
        for i in 0..<count { z[i] = product(of: i, with: w) }
    }

    @inline(__always)
    private func product(of i: Int, with w: UnsafePointer<Scalar>) -> Scalar {
        let width = Lanes.scalarCount
        let x = self.x + i &* nx
        // Four sums, so that a multiply-add need not wait for the one before it.
        var sum0 = Lanes(repeating: 0), sum1 = sum0, sum2 = sum0, sum3 = sum0
        var j = 0
        while j &+ 4 &* width <= nx {
            sum0 = sum0.addingProduct(.load(x + j), times: .load(w + j))
            sum1 = sum1.addingProduct(.load(x + (j &+ width)), times: .load(w + (j &+ width)))
            sum2 = sum2.addingProduct(.load(x + (j &+ 2 &* width)), times: .load(w + (j &+ 2 &* width)))
            sum3 = sum3.addingProduct(.load(x + (j &+ 3 &* width)), times: .load(w + (j &+ 3 &* width)))
            j &+= 4 &* width
        }
        while j < nx {
            sum0 = sum0.addingProduct(.load(x + j), times: .load(w + j))
            j &+= width
        }
        return ((sum0 + sum1) + (sum2 + sum3)).horizontalSum()
    }

    /// dw += Σ x⁽ⁱ⁾·dz⁽ⁱ⁾ over the block; the block is summed by itself first.
    ///
    ///     for j in 1…n_x:
    ///         for i in block:  sum += x_j⁽ⁱ⁾ · dz_i
    ///         dw_j += sum
    ///
    /// - Parameters:
    ///   - dz: one scalar for each sample.
    ///   - dw: n_x scalars, and room up to a whole vector.
    @inline(__always)
    func addProducts(with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>) {
        let width = Lanes.scalarCount
        var j = 0
        // Four vectors of dw at a time: four chains of multiply-adds, and one broadcast of dz for all.
        while j &+ 4 &* width <= nx {
            var sum0 = Lanes(repeating: 0), sum1 = sum0, sum2 = sum0, sum3 = sum0
            var x = self.x + j
            for i in 0..<count {
                let dzi = Lanes(repeating: dz[i])
                sum0 = sum0.addingProduct(.load(x), times: dzi)
                sum1 = sum1.addingProduct(.load(x + width), times: dzi)
                sum2 = sum2.addingProduct(.load(x + 2 &* width), times: dzi)
                sum3 = sum3.addingProduct(.load(x + 3 &* width), times: dzi)
                x += nx
            }
            (.load(dw + j) + sum0).store(dw + j)
            (.load(dw + (j &+ width)) + sum1).store(dw + (j &+ width))
            (.load(dw + (j &+ 2 &* width)) + sum2).store(dw + (j &+ 2 &* width))
            (.load(dw + (j &+ 3 &* width)) + sum3).store(dw + (j &+ 3 &* width))
            j &+= 4 &* width
        }
        while j < nx {
            var sum = Lanes(repeating: 0)
            var x = self.x + j
            for i in 0..<count {
                sum = sum.addingProduct(.load(x), times: Lanes(repeating: dz[i]))
                x += nx
            }
            (.load(dw + j) + sum).store(dw + j)
            j &+= width
        }
    }
}

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
