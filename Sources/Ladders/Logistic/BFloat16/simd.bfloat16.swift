import Problems

/// `simd.bfloat16`: one pass over X in 16 bits.
///
///     for block in samples:
///         z = wᵀx + b;  a, Σ L from z, y;  dz = a − y       x widened in registers, all else as before
///         dw += x·dzᵀ
///
/// Changes from `simd.pipelined`: X is stored as `BFloat16`, rounded once when it is prepared (`BFloat16Samples`).
/// Beyond the caches a step takes as long as X takes to arrive, and here half as many bytes do. The result is the
/// step of X rounded to 8 significant bits.
struct BFloat16Kernel: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.bfloat16", after: "simd.pipelined", "X in 16 bits, computed as before",
            why:
                "Half as many bytes of X cross from memory as in Float, which beyond the caches is what a step "
                + "waits for. In turn each value of X keeps 8 significant bits, so that this is the step of "
                + "slightly other data.",
            sums: .blocks(SampleBlock<Float>.greatestSize, Chunks.size), storage: .bfloat16)
    }

    private let input: BFloat16Samples
    private let sums: SumsBuffer<Float>
    private let w: AlignedBuffer<Float>
    private let scratch = BlockScratch<Float>()

    static func input(_ data: Dataset<Float>) -> BFloat16Samples { BFloat16Samples(data) }

    static func inputBytes(m: Int, nx: Int) -> Int { BFloat16Samples.byteCount(m: m, nx: nx) }

    /// Around groups, tiles and sizes of block; and chunks.
    static var shapes: [Shape] {
        let (group, wide) = (BFloat16Samples.groupCount, WideTile<Float>.scalarCount)
        return Shape.blocks(
            around: [group, 2 * group, wide, wide + 3 * group + 3], size: BFloat16Block.size(nx:))
            + [5, 2 * group].flatMap(Shape.chunks(nx:)) + [Shape(2 * Chunks.size + 17, wide)]
    }

    init(_ input: BFloat16Samples, samples: Int) {
        self.input = input
        let count = Self.paddedCount(input.nx)
        sums = SumsBuffer(parts: 2, nx: count)
        w = AlignedBuffer(zeros: count)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        let count = paddedCount(nx)
        return SumsBuffer<Float>.byteCount(parts: 2, nx: count)
            + AlignedBuffer<Float>.byteCount(for: count) + BlockScratch<Float>.byteCount
    }

    /// n_x, rounded up to whole groups.
    private static func paddedCount(_ nx: Int) -> Int {
        nx.dividedRoundingUp(by: BFloat16Samples.groupCount) * BFloat16Samples.groupCount
    }

    func sum(over samples: Range<Int>, at model: Parameters<Float>, into result: Sums<Float>) {
        let (total, part, w, dz, rows) = (sums[0], sums[1], w.base, scratch.dz.base, scratch.rows.base)
        let (nx, y) = (input.nx, UnsafePointer(input.y.base))
        BFloat16Samples.split(model.w, nx: nx, to: w)
        total.clear()
        for span in Chunks(samples) {
            part.clear()
            var forward = LogisticSums<Float>()
            var block = input.block(from: span.lowerBound, before: span.upperBound)
            block.products(with: w, rows: rows)
            while true {
                SampleBlock<Float>.sumAcross(rows, count: block.count, to: dz)
                forward.addLogistic(
                    dz, plus: model.b, labels: y + block.first, count: block.count, scratch: scratch.e.base)
                let next = input.block(from: block.first &+ block.count, before: span.upperBound)
                guard next.count > 0 else { break }
                if nx == WideTile<Float>.scalarCount, next.count == block.count {
                    WideTile<Float>.pass(block, dz, to: part.dw, next, with: w, rows: rows)
                } else if nx == Tile<4, Float>.scalarCount, next.count == block.count {
                    Tile<4, Float>.pass(block, dz, to: part.dw, next, with: w, rows: rows)
                } else {
                    block.addProducts(with: dz, to: part.dw)
                    next.products(with: w, rows: rows)
                }
                block = next
            }
            block.addProducts(with: dz, to: part.dw)
            forward.add(to: part)
            total.add(part)
        }
        BFloat16Samples.join(total.dw, nx: nx, to: result.dw)
        (result.loss, result.db) = (total.loss, total.db)
    }
}
