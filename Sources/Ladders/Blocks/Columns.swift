import Problems

/// X with the samples side by side, a lane of a vector for each: what a lane reads belongs to one sample.
///
///     contiguous:   for j in 1…n_x:     for v in vectors of samples:  column_j[v] = x_j of the samples of v
///     interleaved:  for v in vectors:   for j in 1…n_x:               column_j[v] = x_j of the samples of v
///
/// The last sample is followed by zeros up to a whole vector.
struct Columns<Scalar: LaneScalar>: Sendable {
    /// The labels, as the data set has them.
    let y: AlignedBuffer<Scalar>

    /// The number of features.
    let nx: Int

    /// How many scalars the next feature of a sample is further on.
    let stride: Int

    /// How many scalars the next vector of samples of a feature is further on.
    let step: Int

    private let x: AlignedBuffer<Scalar>

    /// Whether the features of a vector of samples follow each other. (Of a single vector they do in either way.)
    var isInterleaved: Bool { stride == Scalar.Lanes.scalarCount }

    /// Each feature of all samples, one feature after another. X is then read as n_x streams.
    init(contiguous data: Dataset<Scalar>) {
        self.init(data, stride: Self.stride(m: data.m), step: Scalar.Lanes.scalarCount)
    }

    /// Each feature of a vector of samples, one vector of samples after another. X is then read as one stream.
    init(interleaved data: Dataset<Scalar>) {
        self.init(data, stride: Scalar.Lanes.scalarCount, step: data.nx * Scalar.Lanes.scalarCount)
    }

    private init(_ data: Dataset<Scalar>, stride: Int, step: Int) {
        (y, nx, self.stride, self.step) = (data.y, data.nx, stride, step)
        let width = Scalar.Lanes.scalarCount
        x = AlignedBuffer(zeros: Self.count(m: data.m, nx: data.nx, stride: stride))
        // A vector of samples at a time, so that whole cache lines are read and written.
        for first in Swift.stride(from: 0, to: data.m, by: width) {
            let vector = x.base + first / width * step
            for j in 0..<nx {
                for i in 0..<min(width, data.m - first) {
                    vector[j * stride + i] = data.x.base[(first + i) * nx + j]
                }
            }
        }
    }

    /// The first feature of the vector that begins with sample `i`. Valid as long as the columns are held.
    @inline(__always)
    func vector(from i: Int) -> UnsafePointer<Scalar> {
        UnsafePointer(x.base) + i / Scalar.Lanes.scalarCount &* step
    }

    /// Bytes that contiguous columns take.
    static func contiguousByteCount(m: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: count(m: m, nx: nx, stride: stride(m: m)))
    }

    /// Bytes that interleaved columns take.
    static func interleavedByteCount(m: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: count(m: m, nx: nx, stride: Scalar.Lanes.scalarCount))
    }

    private static func count(m: Int, nx: Int, stride: Int) -> Int {
        let width = Scalar.Lanes.scalarCount
        return nx * max(stride, m.dividedRoundingUp(by: width) * width)
    }

    /// Whole vectors, and an odd number of them: columns that lie a power of two apart would meet in the same
    /// few lines of a cache.
    private static func stride(m: Int) -> Int {
        let vectors = m.dividedRoundingUp(by: Scalar.Lanes.scalarCount)
        return (vectors | 1) * Scalar.Lanes.scalarCount
    }
}
