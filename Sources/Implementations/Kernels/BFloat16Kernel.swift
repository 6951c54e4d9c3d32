import LogisticRegression

/// The pass of `PipelinedKernel`, over X in 16 bits.
///
///     for block in samples:
///         z = wᵀx + b;  a, L = logistic(z, y);  dz = a − y       x widened in registers, all else as it was
///         dw += x·dzᵀ
///
/// Beyond the caches a step lasts as long as X takes to arrive, and here half as many bytes do. What is computed
/// is the step of X rounded to 8 significant bits: see `BFloat16` for the error of that.
struct BFloat16Kernel<Scalar: LaneScalar>: SumKernel {
    private let input: BFloat16Samples<Scalar>
    private let part: SumsBuffer<Scalar>
    private let w, dz, scratch, rows: AlignedBuffer<Scalar>

    static func input(_ data: Dataset<Scalar>) -> BFloat16Samples<Scalar> { BFloat16Samples(data) }

    static func inputBytes(m: Int, nx: Int) -> Int { BFloat16Samples<Scalar>.byteCount(m: m, nx: nx) }

    init(_ input: BFloat16Samples<Scalar>, samples: Int) {
        self.input = input
        let paddedCount = BFloat16Samples<Scalar>.paddedCount(input.nx)
        part = SumsBuffer(parts: 1, nx: paddedCount)
        w = AlignedBuffer(zeros: paddedCount)
        dz = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestSize)
        scratch = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestSize)
        rows = AlignedBuffer(zeros: SampleBlock<Scalar>.greatestRowCount)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        let paddedCount = BFloat16Samples<Scalar>.paddedCount(nx)
        return SumsBuffer<Scalar>.byteCount(parts: 1, nx: paddedCount)
            + AlignedBuffer<Scalar>.byteCount(for: paddedCount)
            + 2 * AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestSize)
            + AlignedBuffer<Scalar>.byteCount(for: SampleBlock<Scalar>.greatestRowCount)
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (part, w, dz, rows, y) = (part[0], w.base, dz.base, rows.base, UnsafePointer(input.y.base))
        // Behind w_n_x the scratch stays 0, up to a whole group.
        w.update(from: model.w, count: input.nx)
        let tiles = BFloat16Samples<Scalar>.paddedCount(input.nx) / WideBFloat16Tile<Scalar>.featureCount
        sums.clear()
        for span in Spans(samples) {
            part.clear()
            var forward = ForwardSums<Scalar>()
            var block = input.block(from: span.lowerBound, before: span.upperBound)
            block.products(with: w, rows: rows)
            while true {
                SampleBlock<Scalar>.sumAcross(rows, count: block.count, to: dz)
                forward.addLogistic(
                    dz, plus: model.b, labels: y + block.first, count: block.count, scratch: scratch.base)
                let next = input.block(from: block.first &+ block.count, before: span.upperBound)
                guard next.count > 0 else { break }
                if tiles == 1, next.count == block.count {
                    block.pass(WideBFloat16Tile(), dz, to: part.dw, next, with: w, rows: rows)
                } else {
                    block.addProducts(with: dz, to: part.dw)
                    next.products(with: w, rows: rows)
                }
                block = next
            }
            block.addProducts(with: dz, to: part.dw)
            forward.add(to: part)
            sums.add(part)
        }
    }
}
