import Problems

/// Some samples that follow each other in X: the unit of work of the simd kernels.
///
/// From 12 to 24 KiB of them, which leaves room for w and dw in a small first-level cache; where that is
/// no whole vector with a lane for each sample, so many as fit into all of it, but four at least. Wide samples, of
/// which three fill that cache, go four in step, so that w and dw, which are as wide, are fetched once for four
/// of them.
///
/// The loops over samples compare pointers, for then the compiler does not unroll them. Unrolled, each load
/// would be one of several that step through X by as many samples, and prefetchers were seen to follow such
/// loads at half the speed.
struct SampleBlock<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// The greatest number of samples in a block.
    static var greatestSize: Int { 128 }

    /// The scalars in a vector for each of them.
    static var greatestRowCount: Int { greatestSize * Lanes.scalarCount }

    /// The number of samples in a full block: divides 1024 and is at most `greatestSize`.
    static func size(nx: Int) -> Int {
        let bytes = nx * MemoryLayout<Scalar>.stride
        var size = Chunks.blockSize(sampleBytes: bytes, from: greatestSize, to: Lanes.scalarCount)
        while size > 4, size * bytes > 32 << 10 { size /= 2 }
        return size
    }

    /// Whether w, a sample and the one that is fetched after it do not fit into a small first-level cache together.
    @inline(__always) static func isWide(nx: Int) -> Bool {
        3 &* nx &* MemoryLayout<Scalar>.stride > 32 << 10
    }
    private var isWide: Bool { Self.isWide(nx: nx) }

    /// The number of the first sample.
    let first: Int
    /// Its features. At least 64 bytes after the last sample may be read.
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
        var (x, zi) = (x, z)
        let end = z + count
        while zi < end {
            zi.pointee = product(of: x, with: w).horizontalSum()
            x += nx
            zi += 1
        }
    }

    /// A vector for each sample, whose lanes add up to wᵀx⁽ⁱ⁾: for `sumAcross`.
    ///
    /// - Parameter rows: room for a vector for each sample, up to as many as a vector has lanes.
    @inline(__always)
    func products(with w: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>) {
        var (x, row) = (x, rows)
        let end = rows + count &* Lanes.scalarCount
        while isWide, row + Tile<4, Scalar>.scalarCount <= end {
            productsOfFour(from: x, with: w).store(row)
            x += 4 &* nx
            row += Tile<4, Scalar>.scalarCount
        }
        while row < end {
            product(of: x, with: w).store(row)
            x += nx
            row += Lanes.scalarCount
        }
    }

    /// From a vector for each of `count` samples to a scalar each.
    ///
    /// As many at a time as a vector has lanes: a fraction of the additions, and z comes as whole vectors, which
    /// can be read again at once. (A vector that is read where scalars were just written has to wait until they are
    /// in the cache, and these wait for X.)
    ///
    /// - Parameter z: room for a scalar for each sample, up to a whole vector.
    @inline(__always)
    static func sumAcross(
        _ rows: UnsafePointer<Scalar>, count: Int, to z: UnsafeMutablePointer<Scalar>
    ) {
        let width = Lanes.scalarCount
        var (row, zi) = (rows, z)
        let end = z + count
        while zi < end {
            Lanes.sumsAcross(row).store(zi)
            row += width &* width
            zi += width
        }
    }

    @inline(__always)
    private func product(of x: UnsafePointer<Scalar>, with w: UnsafePointer<Scalar>) -> Lanes {
        let (end, four) = (w + nx, Tile<4, Scalar>.scalarCount)
        var (sums, x, w) = (Tile<4, Scalar>(), x, w)
        while w + four <= end {
            sums.addProducts(of: x, with: w)
            x += four
            w += four
        }
        while w < end {
            // At the tail w has zeros, so that what x reads of the next sample does not count.
            sums.add(.load(x), times: .load(w), to: 0)
            x += Lanes.scalarCount
            w += Lanes.scalarCount
        }
        return sums.total
    }

    /// Four samples in step.
    @inline(__always)
    private func productsOfFour(
        from x: UnsafePointer<Scalar>, with w: UnsafePointer<Scalar>
    ) -> Tile<4, Scalar> {
        var (sums, x, wj) = (Tile<4, Scalar>(), x, w)
        while wj < w + nx {
            sums.addProducts(of: x, stride: nx, times: .load(wj))
            x += Lanes.scalarCount
            wj += Lanes.scalarCount
        }
        return sums
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
        if isWide, count == 4 { return addFour(with: dz, to: dw) }
        var j = 0
        while j &+ WideTile<Scalar>.scalarCount <= nx {
            addTile(WideTile<Scalar>(), at: j, with: dz, to: dw + j)
            j &+= WideTile<Scalar>.scalarCount
        }
        while j &+ Tile<4, Scalar>.scalarCount <= nx {
            addTile(Tile<4, Scalar>(), at: j, with: dz, to: dw + j)
            j &+= Tile<4, Scalar>.scalarCount
        }
        while j < nx {
            addVector(at: j, with: dz, to: dw + j)
            j &+= Lanes.scalarCount
        }
    }

    /// All of dw, a vector at a time, for four samples in step.
    @inline(__always)
    private func addFour(with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>) {
        let dz0 = Lanes(repeating: dz[0]), dz1 = Lanes(repeating: dz[1])
        let dz2 = Lanes(repeating: dz[2]), dz3 = Lanes(repeating: dz[3])
        var (x, dwj) = (self.x, dw)
        let end = dw + nx
        while dwj < end {
            var sum = Lanes.load(x) * dz0
            sum = sum.addingProduct(.load(x + nx), times: dz1)
            sum = sum.addingProduct(.load(x + 2 &* nx), times: dz2)
            sum = sum.addingProduct(.load(x + 3 &* nx), times: dz3)
            (.load(dwj) + sum).store(dwj)
            x += Lanes.scalarCount
            dwj += Lanes.scalarCount
        }
    }

    /// A tile of dw, sample by sample: one broadcast of dz for all its vectors.
    @inline(__always)
    private func addTile<let n: Int>(
        _ zeros: Tile<n, Scalar>, at j: Int, with dz: UnsafePointer<Scalar>,
        to dw: UnsafeMutablePointer<Scalar>
    ) {
        var sums = zeros
        var (x, dz) = (self.x + j, dz)
        let end = dz + count
        while dz < end {
            sums.addProducts(of: x, times: Lanes(repeating: dz.pointee))
            x += nx
            dz += 1
        }
        sums.add(to: dw)
    }

    /// A single vector of dw, four samples at a time, so that a multiply-add need not wait here either.
    @inline(__always)
    private func addVector(
        at j: Int, with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>
    ) {
        var sum0 = Lanes(repeating: 0), sum1 = sum0, sum2 = sum0, sum3 = sum0
        var (x, dz) = (self.x + j, dz)
        let end = dz + count
        while dz + 4 <= end {
            sum0 = sum0.addingProduct(.load(x), times: Lanes(repeating: dz[0]))
            sum1 = sum1.addingProduct(.load(x + nx), times: Lanes(repeating: dz[1]))
            sum2 = sum2.addingProduct(.load(x + 2 &* nx), times: Lanes(repeating: dz[2]))
            sum3 = sum3.addingProduct(.load(x + 3 &* nx), times: Lanes(repeating: dz[3]))
            x += 4 &* nx
            dz += 4
        }
        while dz < end {
            sum0 = sum0.addingProduct(.load(x), times: Lanes(repeating: dz.pointee))
            x += nx
            dz += 1
        }
        (.load(dw) + ((sum0 + sum1) + (sum2 + sum3))).store(dw)
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

/// The scratch of a pass over rows, for one block of samples.
struct BlockScratch<Scalar: LaneScalar>: Sendable {
    /// z, and then dz.
    let dz = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestSize)
    /// e^(−|z|).
    let e = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestSize)
    /// A vector for each sample, whose lanes add up to wᵀx.
    let rows = AlignedBuffer<Scalar>(zeros: SampleBlock<Scalar>.greatestRowCount)

    /// Bytes that it takes.
    static var byteCount: Int {
        2 * AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestSize)
            + AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestRowCount)
    }
}
