import Problems

/// Some samples of X in 16 bits that follow each other: what `SampleBlock` is for X as it is.
///
/// The loops over samples compare pointers so that the compiler does not unroll them, as explained there. A group
/// at the tail of a sample includes values of the next one: w is 0 for them, and elements past dw[n_x − 1] are
/// padding whose values are unspecified.
struct BFloat16Block {
    typealias Lanes = SIMD16<Float>

    /// The number of samples in a full block: as many as `SampleBlock` takes, in half the bytes, so that this
    /// block and the next one are in the first-level cache together. Wide samples go four in step, others are at
    /// least 16: memory rests while z becomes dz, and that should not be often.
    static func size(nx: Int) -> Int { max(isWide(nx: nx) ? 4 : 16, SampleBlock<Float>.size(nx: nx)) }

    /// Whether w alone fills a small first-level cache: then it is fetched once for four samples, and so is dw.
    private static func isWide(nx: Int) -> Bool { nx > 8192 }

    /// The number of the first sample.
    let first: Int
    /// Its features. At least 64 bytes after the last sample may be read.
    let x: UnsafeRawPointer
    /// Features in one sample.
    let nx: Int
    /// Samples in this block.
    let count: Int

    /// The bytes of a sample.
    @inline(__always) private var stride: Int { 2 &* nx }

    /// Whether these are four wide samples.
    @inline(__always) private var isWide: Bool { count == 4 && Self.isWide(nx: nx) }

    /// A vector for each sample, whose lanes add up to wᵀx⁽ⁱ⁾.
    ///
    /// - Parameters:
    ///   - w: n_x weights, split as groups are, and zeros up to a whole group.
    ///   - rows: room for a vector for each sample.
    @inline(__always)
    func products(with w: UnsafePointer<Float>, rows: UnsafeMutablePointer<Float>) {
        if isWide { return productsOfFour(with: w, rows: rows) }
        var (x, row) = (x, rows)
        let end = rows + count &* Lanes.scalarCount
        while row < end {
            product(of: x, with: w).store(row)
            x += stride
            row += Lanes.scalarCount
        }
    }

    /// A vector whose lanes add up to wᵀx of one sample.
    @inline(__always)
    private func product(of x: UnsafeRawPointer, with w: UnsafePointer<Float>) -> Lanes {
        var (sums, x, w) = (Tile<4, Float>(), x, w)
        let end = w + nx
        while w + Tile<4, Float>.scalarCount <= end {
            Tile<4, Float>(loading: w).addGroups(with: x, to: &sums)
            x += Tile<4, Float>.groupBytes
            w += Tile<4, Float>.scalarCount
        }
        while w < end {
            sums.addGroup(0, of: x, times: (.load(w), .load(w + Lanes.scalarCount)))
            x += BFloat16Samples.groupBytes
            w += BFloat16Samples.groupCount
        }
        return sums.total
    }

    /// `products` of four samples in step.
    @inline(__always)
    private func productsOfFour(with w: UnsafePointer<Float>, rows: UnsafeMutablePointer<Float>) {
        if Registers.vectors >= 16 {
            add(Tile<8, Float>(), from: x, with: w, rows: rows)
        } else {
            add(Tile<4, Float>(), from: x, with: w, rows: rows)
            add(Tile<4, Float>(), from: x + 2 &* stride, with: w, rows: rows + 2 &* Lanes.scalarCount)
        }
    }

    /// Half as many samples as the tile has vectors.
    @inline(__always)
    private func add<let n: Int>(
        _ zeros: Tile<n, Float>, from x: UnsafeRawPointer, with w: UnsafePointer<Float>,
        rows: UnsafeMutablePointer<Float>
    ) {
        var (sums, x, wj) = (zeros, x, w)
        while wj < w + nx {
            let weights = (even: Lanes.load(wj), odd: Lanes.load(wj + Lanes.scalarCount))
            for sample in 0..<n / 2 { sums.addGroup(sample, of: x + sample &* stride, times: weights) }
            x += BFloat16Samples.groupBytes
            wj += BFloat16Samples.groupCount
        }
        sums.storeGroupTotals(rows)
    }

    /// dw += Σ x⁽ⁱ⁾·dz⁽ⁱ⁾ over the block; the block is summed by itself first.
    ///
    /// - Parameters:
    ///   - dz: one scalar for each sample.
    ///   - dw: n_x scalars, split as groups are, and room up to a whole group.
    @inline(__always)
    func addProducts(with dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>) {
        if isWide { return addFour(with: dz, to: dw) }
        var j = 0
        while j &+ WideTile<Float>.scalarCount <= nx {
            addTile(WideTile<Float>(), at: j, with: dz, to: dw + j)
            j &+= WideTile<Float>.scalarCount
        }
        while j &+ Tile<4, Float>.scalarCount <= nx {
            addTile(Tile<4, Float>(), at: j, with: dz, to: dw + j)
            j &+= Tile<4, Float>.scalarCount
        }
        while j < nx {
            addGroup(at: j, with: dz, to: dw + j)
            j &+= BFloat16Samples.groupCount
        }
    }

    /// All of dw, a group at a time, for four samples in step.
    @inline(__always)
    private func addFour(with dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>) {
        let dz0 = Lanes(repeating: dz[0]), dz1 = Lanes(repeating: dz[1])
        let dz2 = Lanes(repeating: dz[2]), dz3 = Lanes(repeating: dz[3])
        var (x, dwj) = (self.x, dw)
        while dwj < dw + nx {
            var sums = Tile<4, Float>()
            sums.addGroup(0, of: x, times: (dz0, dz0))
            sums.addGroup(1, of: x + stride, times: (dz1, dz1))
            sums.addGroup(0, of: x + 2 &* stride, times: (dz2, dz2))
            sums.addGroup(1, of: x + 3 &* stride, times: (dz3, dz3))
            sums.addFolded(to: dwj)
            x += BFloat16Samples.groupBytes
            dwj += BFloat16Samples.groupCount
        }
    }

    /// A tile of dw, sample by sample: one broadcast of dz for all its vectors.
    @inline(__always)
    private func addTile<let n: Int>(
        _ zeros: Tile<n, Float>, at j: Int, with dz: UnsafePointer<Float>,
        to dw: UnsafeMutablePointer<Float>
    ) {
        var sums = zeros
        var (x, dz) = (self.x + 2 &* j, dz)
        let end = dz + count
        while dz < end {
            sums.addGroups(of: x, times: Lanes(repeating: dz.pointee))
            x += stride
            dz += 1
        }
        sums.add(to: dw)
    }

    /// A single group of dw, two samples at a time.
    @inline(__always)
    private func addGroup(
        at j: Int, with dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>
    ) {
        var sums = Tile<4, Float>()
        var (x, dz) = (self.x + 2 &* j, dz)
        let end = dz + count
        while dz + 2 <= end {
            let (dz0, dz1) = (Lanes(repeating: dz[0]), Lanes(repeating: dz[1]))
            sums.addGroup(0, of: x, times: (dz0, dz0))
            sums.addGroup(1, of: x + stride, times: (dz1, dz1))
            x += 2 &* stride
            dz += 2
        }
        if dz < end {
            let dz0 = Lanes(repeating: dz.pointee)
            sums.addGroup(0, of: x, times: (dz0, dz0))
        }
        sums.addFolded(to: dw)
    }
}

extension Tile where Scalar == Float {
    /// `addProducts(with:to:)` of a block and `products(with:rows:)` of the next one, sample by sample, as in
    /// `PipelinedKernel`.
    ///
    /// - Parameters:
    ///   - block: samples of as many features as this tile has, and dz of each.
    ///   - next: as many samples.
    ///   - w: the weights, split as groups are.
    ///   - rows: room for a vector for each sample.
    @inline(never)
    static func pass(
        _ block: BFloat16Block, _ dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>,
        _ next: BFloat16Block, with w: UnsafePointer<Float>, rows: UnsafeMutablePointer<Float>
    ) {
        let (weights, fits) = (Self(loading: w), 2 &* count &+ 4 <= Registers.vectors)
        var sums = Self()
        var (x, ahead, dzi, row) = (block.x, next.x, dz, rows)
        let end = dz + block.count
        while dzi < end {
            var products = ProductTile<Float>()
            // Where registers are few, the weights come from the cache each time.
            (fits ? weights : Self(loading: w)).addGroups(with: ahead, to: &products)
            sums.addGroups(of: x, times: SIMD16<Float>(repeating: dzi.pointee))
            products.total.store(row)
            x += groupBytes
            ahead += groupBytes
            dzi += 1
            row += SIMD16<Float>.scalarCount
        }
        sums.add(to: dw)
    }
}
