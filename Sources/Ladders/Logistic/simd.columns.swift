import Problems

/// `simd.columns`: one pass over X, feature by feature, with a lane for each sample in both directions.
///
///     for block in samples:
///         for j in 1…n_x:  z += w_j · column_j           a vector of samples at a time
///         a, Σ L from z + b, y;  dz = a − y
///         for j in 1…n_x:  dw_j += column_j · dz         the block is still in the cache
///
/// Changes from `simd.fused`: X is stored feature by feature (`Columns`). With samples side by side, a sample of two
/// features fills two lanes of a vector, leaves the others idle, and has to be added up across the lanes. Here every
/// lane works at any n_x, and lanes are added up once for each feature and chunk.
struct ColumnsKernel<Scalar: LaneScalar>: Kernel {
    static var info: RungInfo {
        RungInfo(
            "simd.columns", after: "simd.fused", "each feature contiguous, a lane for each sample",
            why: "A lane belongs to one sample from z to dw, so that none is idle where there are few "
                + "features, and no sample is added up across lanes. In turn X comes as many streams, not one.",
            sums: .blocks(Chunks.size))
    }

    typealias Lanes = Scalar.Lanes

    private let columns: Columns<Scalar>
    /// Samples of a block: whole vectors, and a divisor of a span.
    private let size: Int
    /// dw of a span, a vector for each feature.
    let part: AlignedBuffer<Scalar>
    /// Of a block.
    let z, scratch: AlignedBuffer<Scalar>

    static func input(_ data: Dataset<Scalar>) -> Columns<Scalar> { Columns(contiguous: data) }

    static func inputBytes(m: Int, nx: Int) -> Int {
        Columns<Scalar>.contiguousByteCount(m: m, nx: nx)
    }

    /// Around groups of four features and of a vector, vectors of samples, and blocks.
    static var shapes: [Shape] {
        let width = Lanes.scalarCount
        return Shape.blocks(around: [1, 4, 8, width, 2 * width]) { size(nx: $0) }
            + [1, 4, 7].flatMap { Shape.blocks(of: width, nx: $0) + Shape.blocks(of: 4 * width, nx: $0) }
            + Shape.chunks(nx: 3)
    }

    /// Whole groups of four vectors.
    private static func size(nx: Int) -> Int {
        Chunks.blockSize(sampleBytes: nx * MemoryLayout<Scalar>.stride, to: 4 * Lanes.scalarCount)
    }

    init(_ columns: Columns<Scalar>, samples: Int) {
        self.columns = columns
        size = Self.size(nx: columns.nx)
        part = AlignedBuffer(zeros: Self.partCount(columns.nx))
        z = AlignedBuffer(zeros: Chunks.size)
        scratch = AlignedBuffer(zeros: Chunks.size)
    }

    static func preparedBytes(samples: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: partCount(nx))
            + 2 * AlignedBuffer<Scalar>.byteCount(for: Chunks.size)
    }

    /// A vector for each feature, and further ones up to a whole group for `sumsAcross`.
    private static func partCount(_ nx: Int) -> Int {
        let width = Lanes.scalarCount
        return nx.dividedRoundingUp(by: width) * width * width
    }

    func sum(over samples: Range<Int>, at model: Parameters<Scalar>, into sums: Sums<Scalar>) {
        let y = UnsafePointer(columns.y.base)
        sums.clear()
        for span in Chunks(samples) {
            part.base.update(repeating: 0, count: part.count)
            var forward = LogisticSums<Scalar>()
            var first = span.lowerBound
            while first < span.upperBound {
                let count = Swift.min(size, span.upperBound &- first)
                let x = columns.vector(from: first)
                if columns.isInterleaved {
                    productsInOrder(x, count, with: model.w)
                } else {
                    products(x, count, with: model.w)
                }
                forward.addLogistic(
                    z.base, plus: model.b, labels: y + first, count: count, scratch: scratch.base)
                addProducts(x, count)
                first &+= count
            }
            forward.add(to: sums)
            sums.addAcross(part.base)
        }
    }

    /// z := Σ_j w_j · column_j of interleaved columns, four features at a time: X is walked through in order.
    @inline(__always)
    private func productsInOrder(
        _ x: UnsafePointer<Scalar>, _ count: Int, with w: UnsafePointer<Scalar>
    ) {
        let end = w + columns.nx
        var (column, zi) = (x, z.base)
        let endOfSamples = z.base + count
        while zi < endOfSamples {
            var (sums, wj) = (Tile<4, Scalar>(), w)
            while wj + 4 <= end {
                sums.addProducts(of: column, timesEachOf: wj)
                column += Tile<4, Scalar>.scalarCount
                wj += 4
            }
            while wj < end {
                sums.add(.load(column), times: Lanes(repeating: wj.pointee), to: 1)
                column += Lanes.scalarCount
                wj += 1
            }
            sums.total.store(zi)
            zi += Lanes.scalarCount
        }
    }

    /// z := Σ_j w_j · column_j, four vectors of samples at a time.
    @inline(__always)
    private func products(_ x: UnsafePointer<Scalar>, _ count: Int, with w: UnsafePointer<Scalar>) {
        let (stride, step, end) = (columns.stride, columns.step, w + columns.nx)
        var (x, zi) = (x, z.base)
        let endOfSamples = z.base + count
        while zi + Tile<4, Scalar>.scalarCount <= endOfSamples {
            var sums = Tile<4, Scalar>()
            var (column, wj) = (x, w)
            while wj < end {
                sums.addProducts(of: column, stride: step, times: Lanes(repeating: wj.pointee))
                column += stride
                wj += 1
            }
            sums.store(zi)
            x += 4 &* step
            zi += Tile<4, Scalar>.scalarCount
        }
        while zi < endOfSamples {
            var sum = Lanes(repeating: 0)
            var (column, wj) = (x, w)
            while wj < end {
                sum = sum.addingProduct(.load(column), times: Lanes(repeating: wj.pointee))
                column += stride
                wj += 1
            }
            sum.store(zi)
            x += step
            zi += Lanes.scalarCount
        }
    }

    /// part_j += column_j · dz, lane by lane; after the last sample dz is 0.
    @inline(__always)
    private func addProducts(_ x: UnsafePointer<Scalar>, _ count: Int) {
        var j = 0
        while j &+ 4 <= columns.nx {
            addProductsOfFour(x + j &* columns.stride, count, to: part.base + j &* Lanes.scalarCount)
            j &+= 4
        }
        while j < columns.nx {
            addProductsOfOne(x + j &* columns.stride, count, to: part.base + j &* Lanes.scalarCount)
            j &+= 1
        }
    }

    /// Four columns side by side, two vectors of samples at a time where registers hold eight sums and more.
    @inline(__always)
    private func addProductsOfFour(
        _ x: UnsafePointer<Scalar>, _ count: Int, to part: UnsafeMutablePointer<Scalar>
    ) {
        let (stride, step, width) = (columns.stride, columns.step, Lanes.scalarCount)
        var even = Tile<4, Scalar>(), odd = even
        var (column, dz) = (x, UnsafePointer(z.base))
        let end = dz + count
        while Registers.vectors >= 16, dz + width < end {
            even.addProducts(of: column, stride: stride, times: .load(dz))
            odd.addProducts(of: column + step, stride: stride, times: .load(dz + width))
            column += 2 &* step
            dz += 2 &* width
        }
        while dz < end {
            even.addProducts(of: column, stride: stride, times: .load(dz))
            column += step
            dz += width
        }
        even.add(to: part)
        odd.add(to: part)
    }

    /// One column, four vectors of samples at a time.
    @inline(__always)
    private func addProductsOfOne(
        _ x: UnsafePointer<Scalar>, _ count: Int, to part: UnsafeMutablePointer<Scalar>
    ) {
        let (step, width) = (columns.step, Lanes.scalarCount)
        var sums = Tile<4, Scalar>()
        var (column, dz) = (x, UnsafePointer(z.base))
        let end = dz + count
        while dz + 3 &* width < end {
            sums.addProducts(of: column, stride: step, with: dz)
            column += 4 &* step
            dz += 4 &* width
        }
        while dz < end {
            sums.add(.load(column), times: .load(dz), to: 0)
            column += step
            dz += width
        }
        (.load(part) + sums.total).store(part)
    }
}
