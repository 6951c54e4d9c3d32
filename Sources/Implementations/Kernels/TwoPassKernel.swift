import LogisticRegression

/// Two passes over X with vectors: several samples and several sums at a time.
///
///     for i in 1…m:  z = w·x⁽ⁱ⁾ + b;  a, L = logistic(z, y_i);  dz_i = a − y_i
///     for i in 1…m:  dw += x⁽ⁱ⁾ · dz_i
///
/// The first pass leaves dz, m scalars; the second reads X again.
struct TwoPassKernel<Scalar: LaneScalar>: SumKernel {
    private let data: Dataset<Scalar>
    private let span: SumsBuffer<Scalar>
    private let dz: AlignedBuffer<Scalar>

    init(_ data: Dataset<Scalar>, samples: Int) {
        self.data = data
        span = SumsBuffer(parts: 1, nx: data.nx)
        dz = AlignedBuffer(zeros: samples)
    }

    var preparedBytes: Int { span.byteCount + dz.byteCount }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let span = span[0]
        let dz = dz.base - samples.lowerBound  // dz of sample i is then at dz + i
        sums.clear()
        Spans.forEach(samples) { samples in
            var forward = ForwardSums<Scalar>()
            SampleBlock.forEach(samples, of: data) { first, block in
                let z = block.products(with: model.w) + model.b
                forward.addLogistic(z, labels: data.y.base + first, count: block.count).store(dz + first)
            }
            forward.add(to: sums)
        }
        Spans.forEach(samples) { samples in
            span.clear()
            SampleBlock.forEach(samples, of: data) { first, block in
                block.addProducts(with: dz + first, to: span.dw)
            }
            sums.add(span)
        }
    }
}
