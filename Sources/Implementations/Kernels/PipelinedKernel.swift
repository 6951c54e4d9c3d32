import LogisticRegression

/// One pass over X in which the loads never pause: the next block goes forward in the very loop in which this
/// one goes backward.
///
/// Block by block, X arrives in bursts: while a block goes backward, and while its logistic function is
/// computed, everything is in the cache and memory stands idle.
///
///     for block in samples:
///         z = wᵀx + b                                    X arrives
///         a, L = logistic(z, y);  dz = a − y             memory idle
///         dw += x·dzᵀ                                    memory idle
///
/// Here each turn of the loop takes a sample of this block, which is in the cache, and one of the next block,
/// which is to come:
///
///     z = wᵀx + b of the first block
///     for block in samples:
///         a, L = logistic(z, y);  dz = a − y
///         for i in block, k in next block:
///             dw += x⁽ⁱ⁾ · dz_i
///             z_k = wᵀx⁽ᵏ⁾ + b
///
/// That pays where w and dw, of one tile and not much more, stay in registers. Of wider samples one is so long
/// that the pause between two blocks counts little, and of narrower ones the logistic function is most of the
/// work: there the two loops follow each other, as in `FusedKernel`.
struct PipelinedKernel<Scalar: LaneScalar>: SumKernel {
    private let data: Dataset<Scalar>
    private let part: SumsBuffer<Scalar>
    private let dz, scratch, rows: AlignedBuffer<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        part = SumsBuffer(parts: 1, nx: data.nx)
        dz = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestSize)
        scratch = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestSize)
        rows = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestRowCount)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        SumsBuffer<Scalar>.byteCount(parts: 1, nx: nx)
            + 2 * AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestSize)
            + AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestRowCount)
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (part, dz, rows, y) = (part[0], dz.base, rows.base, UnsafePointer(data.y.base))
        let tiles = data.nx / WideTile<Scalar>.scalarCount
        let isOneTile = tiles == 1
        let isHalfTile = tiles == 0 && data.nx >= FourVectors<Scalar>.scalarCount
        sums.clear()
        for span in Spans(samples) {
            part.clear()
            var forward = ForwardSums<Scalar>()
            var blocks = SampleBlocks(span, of: data)
            guard var block = blocks.next() else { continue }
            block.products(with: model.w, to: dz, rows: rows)
            while true {
                forward.addLogistic(
                    dz, plus: model.b, labels: y + block.first, count: block.count, scratch: scratch.base)
                guard let next = blocks.next() else { break }
                if isOneTile, next.count == block.count {
                    WideTile.pass(block, dz, to: part.dw, next, with: model.w, rows: rows)
                } else if isHalfTile, next.count == block.count {
                    FourVectors.pass(block, dz, to: part.dw, next, with: model.w, rows: rows)
                } else {
                    block.addProducts(with: dz, to: part.dw)
                    next.products(with: model.w, rows: rows)
                }
                SampleBlock<Scalar>.sumAcross(rows, count: next.count, to: dz)
                block = next
            }
            block.addProducts(with: dz, to: part.dw)
            forward.add(to: part)
            sums.add(part)
        }
    }
}

extension LaneTile {
    /// `addProducts(with:to:)` of a block and `products(with:rows:)` of the next one, sample by sample.
    ///
    /// - Parameters:
    ///   - block: samples of at least as many features as this tile has, and dz of each.
    ///   - next: as many samples.
    ///   - w: n_x weights, followed by zeros up to a whole vector.
    ///   - rows: room for a vector for each sample.
    @inline(never)
    fileprivate static func pass(
        _ block: SampleBlock<Scalar>, _ dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>,
        _ next: SampleBlock<Scalar>, with w: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>
    ) {
        let (nx, width) = (block.nx, Scalar.Lanes.scalarCount)
        let weights = Self(loading: w)
        var sums = Self()
        var (x, ahead, dzi, row) = (block.x, next.x, dz, rows)
        let end = dz + block.count
        while dzi < end {
            var products = FourVectors<Scalar>()
            weights.addProducts(with: ahead, to: &products)
            sums.addProducts(of: x, times: Scalar.Lanes(repeating: dzi.pointee))
            var j = scalarCount
            while j < nx {
                // At the tail w has zeros, so that what is read of the next sample does not count.
                products.addProduct(of: ahead + j, with: w + j)
                j &+= width
            }
            products.total.store(row)
            x += nx
            ahead += nx
            dzi += 1
            row += width
        }
        sums.add(to: dw)
        block.addProducts(with: dz, to: dw, from: scalarCount)
    }
}
