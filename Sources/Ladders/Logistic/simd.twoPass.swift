import Problems

/// `simd.twoPass`: two passes over X, several samples and several sums at a time.
///
///     for i in 1…m:  z = w·x⁽ⁱ⁾ + b;  a, Σ L from z, y_i;  dz_i = a − y_i
///     for i in 1…m:  dw += x⁽ⁱ⁾ · dz_i
///
/// Changes from `simd.lanes`: inner products have four accumulators; z of a block of samples fills a vector, so
/// that exp takes a lane for each sample and the losses of a chunk share a logarithm (`LogisticSums`); and a block
/// of samples is added to dw before dw is written (`SampleBlock`). The first pass leaves dz, m scalars; the second
/// reads X again.
struct TwoPassKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.twoPass", after: "simd.lanes",
            "blocks of samples, vector exp, one log for 1024 losses",
            why: "Sums are kept in several vectors, so that multiply-adds need not wait for each other, "
                + "one exp serves a vector of samples, and one logarithm all the losses of a span. It walks "
                + "over X twice.",
            sums: .blocks(SampleBlock<Scalar>.greatestSize, Chunks.size), passes: 2, sweeps: 3)
    }

    private let data: Dataset<Scalar>
    private let part: SumsBuffer<Scalar>
    private let dz, scratch: AlignedBuffer<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        part = SumsBuffer(parts: 1, nx: data.nx)
        dz = AlignedBuffer(zeros: samples)
        scratch = AlignedBuffer(zeros: Chunks.size)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        SumsBuffer<Scalar>.byteCount(parts: 1, nx: nx) + AlignedBuffer<Scalar>.byteCount(for: samples)
            + AlignedBuffer<Scalar>.byteCount(for: Chunks.size)
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (part, y) = (part[0], UnsafePointer(data.y.base))
        let dz = dz.base - samples.lowerBound  // dz of sample i is then at dz + i
        sums.clear()
        for span in Chunks(samples) {
            let first = span.lowerBound
            for block in SampleBlocks(span, of: data) {
                block.products(with: model.w, to: dz + block.first)
            }
            var forward = LogisticSums<Scalar>()
            forward.addLogistic(
                dz + first, plus: model.b, labels: y + first, count: span.count, scratch: scratch.base)
            forward.add(to: sums)
        }
        for span in Chunks(samples) {
            part.clear()
            for block in SampleBlocks(span, of: data) {
                block.addProducts(with: dz + block.first, to: part.dw)
            }
            sums.add(part)
        }
    }
}
