import LogisticRegression

/// X with each feature contiguous: x_j of all samples, one feature after another.
///
///     for j in 1…n_x:  for i in 1…m:  column_j[i] = x_j⁽ⁱ⁾
///
/// Behind the last sample of a column are zeros up to a whole vector.
struct Columns<Scalar: LaneScalar>: Sendable {
    /// The labels, as the data set has them.
    let y: AlignedBuffer<Scalar>

    /// The number of features.
    let nx: Int

    /// How many scalars the next column is further on.
    let stride: Int

    private let x: AlignedBuffer<Scalar>

    /// The first value of the first column. Valid as long as the columns are held.
    var base: UnsafePointer<Scalar> { UnsafePointer(x.base) }

    init(_ data: Dataset<Scalar>) {
        (y, nx, stride) = (data.y, data.nx, Self.stride(m: data.m))
        x = AlignedBuffer(zeros: nx * stride)
        // Sixteen samples at a time, so that whole cache lines are read and written.
        for first in Swift.stride(from: 0, to: data.m, by: 16) {
            for j in 0..<nx {
                let column = x.base + j * stride
                for i in first..<min(first + 16, data.m) { column[i] = data.x.base[i * nx + j] }
            }
        }
    }

    /// Bytes that the columns take.
    static func byteCount(m: Int, nx: Int) -> Int { AlignedBuffer<Scalar>.byteCount(for: nx * stride(m: m)) }

    /// Whole vectors, and an odd number of them: columns that lie a power of two apart would meet in the same
    /// few lines of a cache.
    private static func stride(m: Int) -> Int {
        let vectors = m.dividedRoundingUp(by: Scalar.Lanes.scalarCount)
        return (vectors | 1) * Scalar.Lanes.scalarCount
    }
}
