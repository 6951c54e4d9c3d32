import LogisticRegression

/// One pass over X, feature by feature: a lane for each sample in both passes.
///
///     for block in samples:
///         for j in 1…n_x:  z += w_j · column_j           a vector of samples at a time
///         a, L = logistic(z + b, y);  dz = a − y
///         for j in 1…n_x:  dw_j += column_j · dz         the block is still in the cache
///
/// With samples side by side, a sample of two features fills two lanes of a vector and leaves the others
/// idle, and its product has to be added up across the lanes. Here every lane works at any n_x, and lanes
/// are added up once for each feature and span. In turn X comes as n_x streams, not as one.
struct ColumnsKernel<Scalar: LaneScalar>: SumKernel {
    typealias Lanes = Scalar.Lanes

    private let columns: Columns<Scalar>
    /// Samples of a block: whole vectors, and a divisor of a span.
    private let size: Int
    /// dw of a span, a vector for each feature.
    private let part: AlignedBuffer<Scalar>
    private let z, scratch: AlignedBuffer<Scalar>

    static func input(_ data: Dataset<Scalar>) -> Columns<Scalar> { Columns(data) }

    static func inputBytes(m: Int, nx: Int) -> Int { Columns<Scalar>.byteCount(m: m, nx: nx) }

    init(_ columns: Columns<Scalar>, samples: Int) {
        self.columns = columns
        size = Self.size(nx: columns.nx)
        part = AlignedBuffer(zeros: Self.partCount(columns.nx))
        z = AlignedBuffer(zeros: Spans.size)
        scratch = AlignedBuffer(zeros: Spans.size)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: partCount(nx))
            + 2 * AlignedBuffer<Scalar>.byteCount(for: Spans.size)
    }

    /// A vector for each feature, and further ones up to a whole group for `sumsAcross`.
    private static func partCount(_ nx: Int) -> Int {
        let width = Lanes.scalarCount
        return nx.dividedRoundingUp(by: width) * width * width
    }

    /// As many samples as have 16 KiB of features, but whole groups of four vectors.
    private static func size(nx: Int) -> Int {
        var size = Spans.size
        while size > 4 * Lanes.scalarCount, size * nx * MemoryLayout<Scalar>.stride > 16 << 10 { size /= 2 }
        return size
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let (x, y, nx) = (columns.base, UnsafePointer(columns.y.base), columns.nx)
        sums.clear()
        for span in Spans(samples) {
            part.base.update(repeating: 0, count: part.count)
            var forward = ForwardSums<Scalar>()
            var first = span.lowerBound
            while first < span.upperBound {
                let count = Swift.min(size, span.upperBound &- first)
                products(x + first, count, with: model.w)
                forward.addLogistic(
                    z.base, plus: model.b, labels: y + first, count: count, scratch: scratch.base)
                addProducts(x + first, count)
                first &+= count
            }
            forward.add(to: sums)
            var j = 0
            while j < nx {
                let across = Lanes.sumsAcross(part.base + j &* Lanes.scalarCount)
                (.load(sums.dw + j) + across).store(sums.dw + j)
                j &+= Lanes.scalarCount
            }
        }
    }

    /// z := Σ_j w_j · column_j, four vectors of samples at a time.
    @inline(__always)
    private func products(_ x: UnsafePointer<Scalar>, _ count: Int, with w: UnsafePointer<Scalar>) {
        let (width, stride, end) = (Lanes.scalarCount, columns.stride, w + columns.nx)
        var i = 0
        while i &+ 4 &* width <= count {
            var z0 = Lanes(repeating: 0), z1 = z0, z2 = z0, z3 = z0
            var (column, wj) = (x + i, w)
            while wj < end {
                let factor = Lanes(repeating: wj.pointee)
                z0 = z0.addingProduct(.load(column), times: factor)
                z1 = z1.addingProduct(.load(column + width), times: factor)
                z2 = z2.addingProduct(.load(column + 2 &* width), times: factor)
                z3 = z3.addingProduct(.load(column + 3 &* width), times: factor)
                column += stride
                wj += 1
            }
            z0.store(z.base + i)
            z1.store(z.base + (i &+ width))
            z2.store(z.base + (i &+ 2 &* width))
            z3.store(z.base + (i &+ 3 &* width))
            i &+= 4 &* width
        }
        while i < count {
            var zi = Lanes(repeating: 0)
            var (column, wj) = (x + i, w)
            while wj < end {
                zi = zi.addingProduct(.load(column), times: Lanes(repeating: wj.pointee))
                column += stride
                wj += 1
            }
            zi.store(z.base + i)
            i &+= width
        }
    }

    /// part_j += column_j · dz, lane by lane; behind the last sample dz is 0.
    @inline(__always)
    private func addProducts(_ x: UnsafePointer<Scalar>, _ count: Int) {
        let (width, stride, nx) = (Lanes.scalarCount, columns.stride, columns.nx)
        let (dz, end) = (UnsafePointer(z.base), UnsafePointer(z.base) + count)
        var j = 0
        while j &+ 4 <= nx {
            let sums = part.base + j &* width
            var sum0 = Lanes.load(sums), sum1 = Lanes.load(sums + width)
            var sum2 = Lanes.load(sums + 2 &* width), sum3 = Lanes.load(sums + 3 &* width)
            var (column, dzi) = (x + j &* stride, dz)
            while dzi < end {
                let factor = Lanes.load(dzi)
                sum0 = sum0.addingProduct(.load(column), times: factor)
                sum1 = sum1.addingProduct(.load(column + stride), times: factor)
                sum2 = sum2.addingProduct(.load(column + 2 &* stride), times: factor)
                sum3 = sum3.addingProduct(.load(column + 3 &* stride), times: factor)
                column += width
                dzi += width
            }
            sum0.store(sums)
            sum1.store(sums + width)
            sum2.store(sums + 2 &* width)
            sum3.store(sums + 3 &* width)
            j &+= 4
        }
        while j < nx {
            var sum = Lanes.load(part.base + j &* width)
            var (column, dzi) = (x + j &* stride, dz)
            while dzi < end {
                sum = sum.addingProduct(.load(column), times: .load(dzi))
                column += width
                dzi += width
            }
            sum.store(part.base + j &* width)
            j &+= 1
        }
    }
}
