import LogisticRegression

/// One pass over X: a block of samples goes forward and backward while it is in the cache.
///
/// The plain loop makes two passes over each sample; written over whole arrays, two passes over all of
/// X, the second of which has to fetch it from memory again:
///
///     for i in 1…m:  z = w·x⁽ⁱ⁾ + b;  dz_i = σ(z) − y_i        all of X, forward
///     for i in 1…m:  dw += x⁽ⁱ⁾ · dz_i                          all of X again, backward
///
/// Here both are done for one block before the next one is touched:
///
///     for block in samples:
///         z  = wᵀx + b             a lane for each sample
///         a, L = logistic(z, y);  dz = a − y
///         dw += x·dzᵀ              the block is still in the L1 or L2 cache
///
/// X crosses from memory once, which is all that a step can ask for once X is larger than the caches.
struct FusedKernel<Scalar: LaneScalar>: SumKernel {
    private let data: Dataset<Scalar>
    private let span: SumsBuffer<Scalar>
    private let dz: AlignedBuffer<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        span = SumsBuffer(parts: 1, nx: data.nx)
        dz = AlignedBuffer(zeros: SampleBlock<Scalar>.size)
    }

    var preparedBytes: Int { span.byteCount + dz.byteCount }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (span, dz) = (span[0], dz.base)
        sums.clear()
        Spans.forEach(samples) { samples in
            span.clear()
            var forward = ForwardSums<Scalar>()
            SampleBlock.forEach(samples, of: data) { first, block in
                let z = block.products(with: model.w) + model.b
                forward.addLogistic(z, labels: data.y.base + first, count: block.count).store(dz)
                block.addProducts(with: dz, to: span.dw)
            }
            forward.add(to: span)
            sums.add(span)
        }
    }
}
