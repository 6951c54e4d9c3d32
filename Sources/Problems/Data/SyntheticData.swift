import Foundation

extension Dataset {
    /// A data set drawn at random, the same for the same seed.
    ///
    /// Features are standard normal. Labels are drawn from a true model, y = 1 with probability
    /// σ(wᵀx + b), whose weights and bias are normal with variance 4/(n_x + 1), so that z has about
    /// variance 4 at any n_x: most samples are neither certain nor a coin toss.
    ///
    /// All is computed in `Double` and X then rounded to the scalar, so that for one seed `Float` and
    /// `Double` hold the same data up to that rounding, and the same labels. Samples come one after
    /// another: more of them add to the data and change nothing before.
    ///
    /// - Parameters:
    ///   - m: the number of samples.
    ///   - nx: the number of features in one sample. m · n_x values must fit into memory; a caller with
    ///     numbers of a user's checks that first.
    ///   - seed: what the data follow from.
    /// - Throws: `DatasetError` where m or n_x is less than 1.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public static func synthetic(m: Int, nx: Int, seed: UInt64) throws(DatasetError) -> Dataset {
        guard m > 0 else { throw .noSamples }
        guard nx > 0 else { throw .noFeatures }
        let x = AlignedBuffer<Scalar>(zeros: m * nx)
        let y = AlignedBuffer<Scalar>(zeros: m)
        var normal = NormalSource(seed: seed)
        let deviation = (4 / Double(nx + 1)).squareRoot()
        let w = (0..<nx).map { _ in deviation * normal.next() }
        let b = deviation * normal.next()
        for i in 0..<m {
            let sample = x.base + i * nx
            var z = b
            for j in 0..<nx {
                let value = normal.next()
                z += w[j] * value
                sample[j] = Scalar(value)
            }
            y.base[i] = normal.uniform() < sigmoid(z) ? 1 : 0
        }
        return try Dataset(x: x, y: y, nx: nx)
    }
}

/// Standard normal numbers, by the transform of G. E. P. Box and M. E. Muller, "A Note on the Generation
/// of Random Normal Deviates", Annals of Mathematical Statistics 29 (1958): two from two uniform ones.
private struct NormalSource {
    private var generator: SplitMix64
    private var spare: Double?

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// From 0 up to but not including 1.
    mutating func uniform() -> Double { generator.uniform() }

    mutating func next() -> Double {
        if let spare {
            self.spare = nil
            return spare
        }
        // 1 − u is greater than 0, so that its logarithm is finite.
        let radius = (-2 * log(1 - generator.uniform())).squareRoot()
        let angle = 2 * Double.pi * generator.uniform()
        spare = radius * sin(angle)
        return radius * cos(angle)
    }
}
