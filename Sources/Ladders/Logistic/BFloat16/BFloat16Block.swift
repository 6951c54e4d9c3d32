import Problems

/// Some samples of X in 16 bits that follow each other: what `SampleBlock` is for X as it is.
///
/// The loops over samples compare pointers, for then the compiler does not unroll them, as told there. Groups
/// at the tail of a sample take in values of the next one: w has zeros for them, and what comes to stand behind
/// dw_n_x is nobody's.
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
    /// Its features. Behind the last sample stand at least 64 bytes that may be read.
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
        var (sums, x, w) = (TwoGroups(), x, w)
        let end = w + nx
        while w + TwoGroups.featureCount <= end {
            TwoGroups(loading: w).addProducts(with: x, to: &sums)
            x += TwoGroups.byteCount
            w += TwoGroups.featureCount
        }
        while w < end {
            sums.addGroup(of: x, times: (.load(w), .load(w + Lanes.scalarCount)))
            x += BFloat16Samples.groupBytes
            w += BFloat16Samples.groupCount
        }
        return sums.total
    }

    /// `products` of four samples in step.
    @inline(__always)
    private func productsOfFour(with w: UnsafePointer<Float>, rows: UnsafeMutablePointer<Float>) {
        var (sums, x, wj) = (FourSamples(), x, w)
        while wj < w + nx {
            sums.addProducts(of: x, stride: stride, with: wj)
            x += BFloat16Samples.groupBytes
            wj += BFloat16Samples.groupCount
        }
        sums.store(rows)
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
        while j &+ WideBFloat16Tile.featureCount <= nx {
            addTile(WideBFloat16Tile(), at: j, with: dz, to: dw + j)
            j &+= WideBFloat16Tile.featureCount
        }
        while j &+ TwoGroups.featureCount <= nx {
            addTile(TwoGroups(), at: j, with: dz, to: dw + j)
            j &+= TwoGroups.featureCount
        }
        while j < nx {
            addGroup(at: j, with: dz, to: dw + j)
            j &+= BFloat16Samples.groupCount
        }
    }

    /// All of dw, a group at a time, for four samples in step.
    @inline(__always)
    private func addFour(with dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>) {
        let factors = FourSamples.Factors(dz)
        var (x, dwj) = (self.x, dw)
        while dwj < dw + nx {
            factors.addProducts(of: x, stride: stride, to: dwj)
            x += BFloat16Samples.groupBytes
            dwj += BFloat16Samples.groupCount
        }
    }

    /// A tile of dw, sample by sample: one broadcast of dz for all its vectors.
    @inline(__always)
    private func addTile<Tile: BFloat16Tile>(
        _ zeros: Tile, at j: Int, with dz: UnsafePointer<Float>, to dw: UnsafeMutablePointer<Float>
    ) {
        var sums = zeros
        var (x, dz) = (self.x + 2 &* j, dz)
        let end = dz + count
        while dz < end {
            sums.addProducts(of: x, times: Lanes(repeating: dz.pointee))
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
        var sums = TwoGroups()
        var (x, dz) = (self.x + 2 &* j, dz)
        let end = dz + count
        while dz + 2 <= end {
            let (dz0, dz1) = (Lanes(repeating: dz[0]), Lanes(repeating: dz[1]))
            sums.addGroup(of: x, times: (dz0, dz0))
            sums.addSecondGroup(of: x + stride, times: (dz1, dz1))
            x += 2 &* stride
            dz += 2
        }
        if dz < end {
            let dz0 = Lanes(repeating: dz.pointee)
            sums.addGroup(of: x, times: (dz0, dz0))
        }
        sums.addFolded(to: dw)
    }
}

extension BFloat16Tile {
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
        let weights = Self(loading: w)
        var sums = Self()
        var (x, ahead, dzi, row) = (block.x, next.x, dz, rows)
        let end = dz + block.count
        while dzi < end {
            var products = TwoGroups()
            weights.addProducts(with: ahead, to: &products)
            sums.addProducts(of: x, times: SIMD16<Float>(repeating: dzi.pointee))
            products.total.store(row)
            x += byteCount
            ahead += byteCount
            dzi += 1
            row += SIMD16<Float>.scalarCount
        }
        sums.add(to: dw)
    }
}

/// Vectors whose lanes add up to wᵀx of four samples, group by group in step.
struct FourSamples {
    typealias Lanes = SIMD16<Float>

    private var firstTwo = TwoGroups()
    private var lastTwo = TwoGroups()

    /// Adds the products of a group of each sample.
    ///
    /// - Parameters:
    ///   - x: the group of the first sample, the next one's `stride` bytes further on.
    ///   - w: the weights of the group.
    @inline(__always)
    mutating func addProducts(of x: UnsafeRawPointer, stride: Int, with w: UnsafePointer<Float>) {
        let weights = (even: Lanes.load(w), odd: Lanes.load(w + Lanes.scalarCount))
        firstTwo.addGroup(of: x, times: weights)
        firstTwo.addSecondGroup(of: x + stride, times: weights)
        lastTwo.addGroup(of: x + 2 &* stride, times: weights)
        lastTwo.addSecondGroup(of: x + 3 &* stride, times: weights)
    }

    /// Writes a vector for each sample.
    @inline(__always)
    func store(_ rows: UnsafeMutablePointer<Float>) {
        firstTwo.firstTotal.store(rows)
        firstTwo.secondTotal.store(rows + Lanes.scalarCount)
        lastTwo.firstTotal.store(rows + 2 &* Lanes.scalarCount)
        lastTwo.secondTotal.store(rows + 3 &* Lanes.scalarCount)
    }

    /// A number for each of four samples, in all lanes.
    struct Factors {
        private let first, second, third, fourth: Lanes

        @inline(__always)
        init(_ dz: UnsafePointer<Float>) {
            (first, second) = (Lanes(repeating: dz[0]), Lanes(repeating: dz[1]))
            (third, fourth) = (Lanes(repeating: dz[2]), Lanes(repeating: dz[3]))
        }

        /// dw += Σ x⁽ⁱ⁾·dz⁽ⁱ⁾ of a group of each sample.
        @inline(__always)
        func addProducts(of x: UnsafeRawPointer, stride: Int, to dw: UnsafeMutablePointer<Float>) {
            var sums = TwoGroups()
            sums.addGroup(of: x, times: (first, first))
            sums.addSecondGroup(of: x + stride, times: (second, second))
            sums.addGroup(of: x + 2 &* stride, times: (third, third))
            sums.addSecondGroup(of: x + 3 &* stride, times: (fourth, fourth))
            sums.addFolded(to: dw)
        }
    }
}
