import LogisticRegression

/// Some samples of X in 16 bits that follow each other: what `SampleBlock` is for X as it is.
///
/// The loops over samples compare pointers, for then the compiler does not unroll them, as told there.
struct BFloat16Block<Scalar: LaneScalar> {
    typealias Lanes = Scalar.Lanes

    /// The number of samples in a full block: as many as `SampleBlock` would take of half as many features of a
    /// `Float`, so that the bytes are the same.
    static func size(nx: Int) -> Int { SampleBlock<Float>.size(nx: nx.dividedRoundingUp(by: 2)) }

    /// The number of the first sample.
    let first: Int
    /// Its features.
    let x: UnsafeRawPointer
    /// Features in one sample, in whole groups.
    let nx: Int
    /// Samples in this block.
    let count: Int

    /// The bytes of a sample.
    @inline(__always) private var stride: Int { 2 &* nx }

    /// A vector for each sample, whose lanes add up to wᵀx⁽ⁱ⁾.
    ///
    /// - Parameters:
    ///   - w: n_x weights.
    ///   - rows: room for a vector for each sample.
    @inline(__always)
    func products(with w: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>) {
        var (x, row) = (x, rows)
        let end = rows + count &* Lanes.scalarCount
        while row < end {
            var sums = TwoGroups<Scalar>()
            Self.addProducts(of: x, with: w, nx: nx, to: &sums)
            sums.total.store(row)
            x += stride
            row += Lanes.scalarCount
        }
    }

    /// Adds vectors whose lanes add up to wᵀx of one sample, or of what is left of it.
    @inline(__always)
    private static func addProducts(
        of x: UnsafeRawPointer, with w: UnsafePointer<Scalar>, nx: Int, to sums: inout TwoGroups<Scalar>
    ) {
        let two = TwoGroups<Scalar>.featureCount
        var (x, w) = (x, w)
        let end = w + nx
        while w + two <= end {
            TwoGroups(loading: w).addProducts(with: x, to: &sums)
            x += TwoGroups<Scalar>.byteCount
            w += two
        }
        if w < end { sums.addGroup(of: x, with: w) }
    }

    /// dw += Σ x⁽ⁱ⁾·dz⁽ⁱ⁾ over the block; the block is summed by itself first.
    ///
    /// - Parameters:
    ///   - dz: one scalar for each sample.
    ///   - dw: n_x scalars.
    ///   - j: the first feature; those before it are left out.
    @inline(__always)
    func addProducts(
        with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>, from j: Int = 0
    ) {
        var j = j
        while j &+ WideBFloat16Tile<Scalar>.featureCount <= nx {
            addTile(WideBFloat16Tile<Scalar>(), at: j, with: dz, to: dw + j)
            j &+= WideBFloat16Tile<Scalar>.featureCount
        }
        while j &+ TwoGroups<Scalar>.featureCount <= nx {
            addTile(TwoGroups<Scalar>(), at: j, with: dz, to: dw + j)
            j &+= TwoGroups<Scalar>.featureCount
        }
        if j < nx { addGroup(at: j, with: dz, to: dw + j) }
    }

    /// A tile of dw, sample by sample: one broadcast of dz for all its vectors.
    @inline(__always)
    private func addTile<Tile: BFloat16Tile<Scalar>>(
        _ zeros: Tile, at j: Int, with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>
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
        at j: Int, with dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>
    ) {
        var sums = TwoGroups<Scalar>()
        var (x, dz) = (self.x + 2 &* j, dz)
        let end = dz + count
        while dz + 2 <= end {
            sums.addProducts(
                of: x, stride: stride, times: (Lanes(repeating: dz[0]), Lanes(repeating: dz[1])))
            x += 2 &* stride
            dz += 2
        }
        if dz < end {
            // The factor 0 takes out the group that is read twice.
            sums.addProducts(of: x, stride: 0, times: (Lanes(repeating: dz[0]), Lanes(repeating: 0)))
        }
        sums.addFolded(to: dw)
    }

    /// `addProducts(with:to:)` of this block and `products(with:rows:)` of the next one, sample by sample, as in
    /// `PipelinedKernel`.
    ///
    /// - Parameters:
    ///   - zeros: a tile, of no more features than a sample has.
    ///   - next: as many samples.
    ///   - w: n_x weights.
    ///   - rows: room for a vector for each sample.
    @inline(__always)
    func pass<Tile: BFloat16Tile<Scalar>>(
        _ zeros: Tile, _ dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>,
        _ next: BFloat16Block, with w: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>
    ) {
        let weights = Tile(loading: w)
        var sums = zeros
        var (x, ahead, dzi, row) = (self.x, next.x, dz, rows)
        let end = dz + count
        while dzi < end {
            var products = TwoGroups<Scalar>()
            weights.addProducts(with: ahead, to: &products)
            sums.addProducts(of: x, times: Lanes(repeating: dzi.pointee))
            Self.addProducts(
                of: ahead + Tile.byteCount, with: w + Tile.featureCount, nx: nx &- Tile.featureCount,
                to: &products)
            products.total.store(row)
            x += stride
            ahead += stride
            dzi += 1
            row += Lanes.scalarCount
        }
        sums.add(to: dw)
        addProducts(with: dz, to: dw, from: Tile.featureCount)
    }
}
