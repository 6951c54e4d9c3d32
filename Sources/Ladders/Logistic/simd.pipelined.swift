import Problems

/// `simd.pipelined`: one pass over X in which the loads never pause.
///
/// In `simd.fused` X arrives in bursts: while a block goes backward, and while its logistic function is computed,
/// everything is in the cache and memory is idle.
///
///     for block in samples:
///         z = wᵀx + b                                    X arrives
///         a, Σ L from z, y;  dz = a − y                  memory idle
///         dw += x·dzᵀ                                    memory idle
///
/// Changes from `simd.fused`: the next block goes forward in the loop in which this one goes backward.
///
///     z = wᵀx + b of the first block
///     for block in samples:
///         a, Σ L from z, y;  dz = a − y
///         for i in block, k in next block:
///             dw += x⁽ⁱ⁾ · dz_i
///             z_k = wᵀx⁽ᵏ⁾ + b
///
/// That pays where a sample is as wide as a tile, so that w and dw stay in registers. A wider sample is so long
/// that the pause between two blocks counts little, and with narrower ones the logistic function is most of the
/// work: there this is the pass of `FusedKernel`.
struct PipelinedKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.pipelined", after: "simd.fused",
            "the next block forward while this one goes backward",
            why: "While a block goes backward all it needs is in the cache, and memory would be idle; in the "
                + "same loop the next block is fetched and goes forward.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Chunks.size))
    }

    private let kernel: FusedKernel<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        kernel = FusedKernel(data, samples: samples)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        FusedKernel<Scalar>.preparedBytes(samples: samples, nx: nx)
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        switch kernel.data.nx {
        case WideTile<Scalar>.scalarCount: sum(WideTile<Scalar>.self, samples, model, sums)
        case Tile<4, Scalar>.scalarCount: sum(Tile<4, Scalar>.self, samples, model, sums)
        default: kernel.sum(over: samples, at: model, into: sums)
        }
    }

    /// - Parameter tile: as wide as a sample.
    @inline(__always)
    private func sum<let n: Int>(
        _ tile: Tile<n, Scalar>.Type, _ samples: Range<Int>, _ model: Parameters<Scalar>,
        _ sums: Sums<Scalar>
    ) {
        let (part, z, rows) = (kernel.part[0], kernel.scratch.dz.base, kernel.scratch.rows.base)
        let y = UnsafePointer(kernel.data.y.base)
        sums.clear()
        for span in Chunks(samples) {
            part.clear()
            var forward = LogisticSums<Scalar>()
            var blocks = SampleBlocks(span, of: kernel.data)
            guard var block = blocks.next() else { continue }
            block.products(with: model.w, rows: rows)
            while true {
                SampleBlock<Scalar>.sumAcross(rows, count: block.count, to: z)
                forward.addLogistic(
                    z, plus: model.b, labels: y + block.first, count: block.count,
                    scratch: kernel.scratch.e.base)
                guard let next = blocks.next() else { break }
                if next.count == block.count {
                    tile.pass(block, z, to: part.dw, next, with: model.w, rows: rows)
                } else {
                    block.addProducts(with: z, to: part.dw)
                    next.products(with: model.w, rows: rows)
                }
                block = next
            }
            block.addProducts(with: z, to: part.dw)
            forward.add(to: part)
            sums.add(part)
        }
    }
}

extension Tile {
    /// `addProducts(with:to:)` of a block and `products(with:rows:)` of the next one, sample by sample.
    ///
    /// - Parameters:
    ///   - block: samples of as many features as this tile has, and dz of each.
    ///   - next: as many samples.
    ///   - w: the weights.
    ///   - rows: room for a vector for each sample.
    @inline(never)
    fileprivate static func pass(
        _ block: SampleBlock<Scalar>, _ dz: UnsafePointer<Scalar>, to dw: UnsafeMutablePointer<Scalar>,
        _ next: SampleBlock<Scalar>, with w: UnsafePointer<Scalar>, rows: UnsafeMutablePointer<Scalar>
    ) {
        let (weights, fits) = (Self(loading: w), 2 &* count &+ 4 <= Registers.vectors)
        var sums = Self()
        var (x, ahead, dzi, row) = (block.x, next.x, dz, rows)
        let end = dz + block.count
        while dzi < end {
            var products = ProductTile<Scalar>()
            // Where registers are few, the weights come from the cache each time.
            (fits ? weights : Self(loading: w)).addProducts(with: ahead, to: &products)
            sums.addProducts(of: x, times: Scalar.Lanes(repeating: dzi.pointee))
            products.total.store(row)
            x += scalarCount
            ahead += scalarCount
            dzi += 1
            row += Scalar.Lanes.scalarCount
        }
        sums.add(to: dw)
    }
}
