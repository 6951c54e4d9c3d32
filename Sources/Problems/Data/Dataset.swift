/// The samples and their labels: X (n_x × m, one sample after another) and Y (1 × m).
///
/// Validated once, when it is made: m ≥ 1, n_x ≥ 1, every value of X finite, every label 0 or 1.
/// Implementations may rely on it.
public struct Dataset<Scalar: RealScalar>: Sendable {
    /// The number of samples.
    public let m: Int

    /// The number of features in one sample.
    public let nx: Int

    /// X: feature j of sample i is at `i * nx + j`.
    public let x: AlignedBuffer<Scalar>

    /// Y: the label of each sample, 0 or 1.
    public let y: AlignedBuffer<Scalar>

    /// A data set over buffers that are already filled.
    ///
    /// - Parameters:
    ///   - x: nx · m values, one sample after another.
    ///   - y: m labels.
    ///   - nx: features in one sample.
    /// - Throws: `DatasetError` naming the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public init(x: AlignedBuffer<Scalar>, y: AlignedBuffer<Scalar>, nx: Int) throws(DatasetError) {
        guard y.count > 0 else { throw .noSamples }
        guard nx > 0 else { throw .noFeatures }
        guard x.count % nx == 0, x.count / nx == y.count else {
            throw .counts(values: x.count, nx: nx, labels: y.count)
        }
        (self.x, self.y, self.nx, m) = (x, y, nx, y.count)
        // Not 0 and not 1, in one question: two would mostly be guessed wrong, as labels come in any order.
        for (i, label) in y.elements.enumerated() where (label == 0) == (label == 1) {
            throw .label(sample: i, value: Double(label))
        }
        try Self.checkFinite(x, nx: nx)
    }

    /// Throws where a value of X is not finite; nx ≥ 1.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public static func checkFinite(_ x: AlignedBuffer<Scalar>, nx: Int) throws(DatasetError) {
        // x − x is 0 for a finite x only, and a sum of such is fast to check sample by sample.
        for i in 0..<x.count / nx {
            let sample = UnsafeBufferPointer(start: x.base + i * nx, count: nx)
            var check: Scalar = 0
            for value in sample { check += value - value }
            if check != 0, let j = sample.firstIndex(where: { !$0.isFinite }) {
                throw .notFinite(sample: i, feature: j, value: Double(sample[j]))
            }
        }
    }

    /// A data set from arrays, one per sample.
    ///
    /// - Throws: `DatasetError`, also where one sample has another number of features than the first.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public init(samples: [[Scalar]], labels: [Scalar]) throws(DatasetError) {
        guard let nx = samples.first?.count else { throw .noSamples }
        for (i, sample) in samples.enumerated() where sample.count != nx {
            throw .ragged(sample: i, features: sample.count, expected: nx)
        }
        guard nx > 0 else { throw .noFeatures }
        guard samples.count == labels.count else {
            throw .counts(values: samples.count * nx, nx: nx, labels: labels.count)
        }
        try self.init(x: AlignedBuffer(samples.flatMap(\.self)), y: AlignedBuffer(labels), nx: nx)
    }

    /// The features of sample `i`, 0 ≤ i < m. Valid as long as the data set is held.
    @inlinable
    public func sample(_ i: Int) -> UnsafeBufferPointer<Scalar> {
        UnsafeBufferPointer(start: x.base + i * nx, count: nx)
    }

    /// Bytes of X and Y.
    public var byteCount: Int { Self.byteCount(m: m, nx: nx) }

    /// Bytes of X and Y of a data set with m samples of n_x features.
    public static func byteCount(m: Int, nx: Int) -> Int {
        AlignedBuffer<Scalar>.byteCount(for: m * nx) + AlignedBuffer<Scalar>.byteCount(for: m)
    }
}
