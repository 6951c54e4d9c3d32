import LogisticRegression

/// A few samples that follow each other in X: what the simd kernels work on at a time.
///
/// As many samples as a vector has lanes, fewer in the last block: their z, a and dz then stand in one
/// vector, a lane for each sample.
struct SampleBlock<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// The number of samples in a full block.
    @inline(__always) static var size: Int { Lanes.scalarCount }

    /// The first sample. Behind the last one stand at least 64 bytes that may be read.
    let x: UnsafePointer<Scalar>
    let nx: Int
    /// Samples in this block, 1…size.
    let count: Int

    /// The blocks of `samples`, in order.
    @inline(__always)
    static func forEach(
        _ samples: Range<Int>, of data: Dataset<Scalar>, do body: (_ first: Int, SampleBlock) -> Void
    ) {
        var i = samples.lowerBound
        while i < samples.upperBound {
            let count = min(size, samples.upperBound &- i)
            body(i, SampleBlock(x: UnsafePointer(data.x.base + i &* data.nx), nx: data.nx, count: count))
            i &+= size
        }
    }

    /// wᵀx⁽ⁱ⁾ of each sample in its lane, 0 in the lanes behind the last one.
    ///
    ///     for i in block:
    ///         for j in 1…n_x:  z_i += w_j · x_j⁽ⁱ⁾
    ///
    /// - Parameter w: n_x weights, followed by zeros up to a whole vector.
    @inline(__always)
    func products(with w: UnsafePointer<Scalar>) -> Lanes {
        var z = Lanes(repeating: 0)
        if count == Self.size {
            for i in 0..<Self.size { z[i] = product(of: i, with: w) }
        } else {
            for i in 0..<count { z[i] = product(of: i, with: w) }
        }
        return z
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
        if count == Self.size {
            addProducts(Self.size, dz, dw)
        } else {
            addProducts(count, dz, dw)
        }
    }

    @inline(__always)
    private func addProducts(
        _ count: Int, _ dz: UnsafePointer<Scalar>, _ dw: UnsafeMutablePointer<Scalar>
    ) {
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
