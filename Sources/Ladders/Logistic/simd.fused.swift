import Problems

/// `simd.fused`: one pass over X. A block of samples goes forward and backward while it is in the cache.
///
/// The two explicit loops, written over whole arrays, read X twice, the second time from memory again:
///
///     for i in 1…m:  z = w·x⁽ⁱ⁾ + b;  dz_i = σ(z) − y_i        all of X, forward
///     for i in 1…m:  dw += x⁽ⁱ⁾ · dz_i                          all of X again, backward
///
/// Changes from `simd.twoPass`: both are done for one block before the next one is read.
///
///     for block in samples:
///         z = wᵀx + b;  a, Σ L from z, y;  dz = a − y            a lane for each sample
///         dw += x·dzᵀ                                            the block is still in the cache
///
/// X comes from memory once, the least that a step can do once X is larger than the caches.
struct FusedKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.fused", after: "simd.twoPass", "one pass over X, block by block",
            why: "A block of samples goes forward and backward while it is in the cache, so X comes from "
                + "memory once in a step and not twice.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Chunks.size))
    }

    let data: Dataset<Scalar>
    /// dw of a span.
    let part: SumsBuffer<Scalar>
    let scratch = BlockScratch<Scalar>()

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        part = SumsBuffer(parts: 1, nx: data.nx)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        SumsBuffer<Scalar>.byteCount(parts: 1, nx: nx) + BlockScratch<Scalar>.byteCount
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (part, dz, rows, y) = (part[0], scratch.dz.base, scratch.rows.base, UnsafePointer(data.y.base))
        sums.clear()
        for span in Chunks(samples) {
            part.clear()
            var forward = LogisticSums<Scalar>()
            for block in SampleBlocks(span, of: data) {
                block.products(with: model.w, rows: rows)
                SampleBlock<Scalar>.sumAcross(rows, count: block.count, to: dz)
                forward.addLogistic(
                    dz, plus: model.b, labels: y + block.first, count: block.count, scratch: scratch.e.base)
                block.addProducts(with: dz, to: part.dw)
            }
            forward.add(to: part)
            sums.add(part)
        }
    }
}
