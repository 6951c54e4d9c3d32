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
        let (stride, end) = (columns.stride, w + columns.nx)
        var i = 0
        while i &+ FourVectors<Scalar>.scalarCount <= count {
            var sums = FourVectors<Scalar>()
            var (column, wj) = (x + i, w)
            while wj < end {
                sums.addProducts(of: column, times: Lanes(repeating: wj.pointee))
                column += stride
                wj += 1
            }
            sums.store(z.base + i)
            i &+= FourVectors<Scalar>.scalarCount
        }
        while i < count {
            var sum = Lanes(repeating: 0)
            var (column, wj) = (x + i, w)
            while wj < end {
                sum = sum.addingProduct(.load(column), times: Lanes(repeating: wj.pointee))
                column += stride
                wj += 1
            }
            sum.store(z.base + i)
            i &+= Lanes.scalarCount
        }
    }

    /// part_j += column_j · dz, lane by lane; behind the last sample dz is 0.
    @inline(__always)
    private func addProducts(_ x: UnsafePointer<Scalar>, _ count: Int) {
        var j = 0
        while j &+ 4 <= columns.nx {
            addProductsOfFour(x + j &* columns.stride, count, to: part.base + j &* Lanes.scalarCount)
            j &+= 4
        }
        while j < columns.nx {
            addProducts(x + j &* columns.stride, count, to: part.base + j &* Lanes.scalarCount)
            j &+= 1
        }
    }

    /// Four columns side by side, two vectors of samples at a time: eight sums.
    @inline(__always)
    private func addProductsOfFour(
        _ x: UnsafePointer<Scalar>, _ count: Int, to part: UnsafeMutablePointer<Scalar>
    ) {
        let (width, stride) = (Lanes.scalarCount, columns.stride)
        var even = FourVectors<Scalar>(), odd = even
        var (column, dz) = (x, UnsafePointer(z.base))
        let end = dz + count
        while dz + width < end {
            even.addProducts(of: column, stride: stride, times: .load(dz))
            odd.addProducts(of: column + width, stride: stride, times: .load(dz + width))
            column += 2 &* width
            dz += 2 &* width
        }
        if dz < end { even.addProducts(of: column, stride: stride, times: .load(dz)) }
        even.add(to: part)
        odd.add(to: part)
    }

    /// One column, four vectors of samples at a time.
    @inline(__always)
    private func addProducts(
        _ x: UnsafePointer<Scalar>, _ count: Int, to part: UnsafeMutablePointer<Scalar>
    ) {
        var sums = FourVectors<Scalar>()
        var (column, dz) = (x, UnsafePointer(z.base))
        let end = dz + count
        while dz + (FourVectors<Scalar>.scalarCount &- Lanes.scalarCount) < end {
            sums.addProducts(of: column, with: dz)
            column += FourVectors<Scalar>.scalarCount
            dz += FourVectors<Scalar>.scalarCount
        }
        while dz < end {
            sums.addProduct(of: column, with: dz)
            column += Lanes.scalarCount
            dz += Lanes.scalarCount
        }
        (.load(part) + sums.total).store(part)
    }
}
