/// The samples and their labels: X (n_x × m, one sample after another) and Y (1 × m).
///
/// Validated once, when it is made: m ≥ 1, n_x ≥ 1, every value of X finite, every label 0 or 1.
/// Rungs may rely on it.
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

extension Dataset {
    /// Some of the samples, in the order of `indices`.
    ///
    /// - Parameter indices: from 0 up to m − 1; at least one.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func subset(_ indices: [Int]) throws(DatasetError) -> Dataset {
        let x = AlignedBuffer<Scalar>(zeros: indices.count * nx)
        for (i, index) in indices.enumerated() {
            (x.base + i * nx).update(from: self.x.base + index * nx, count: nx)
        }
        return try Dataset(x: x, y: AlignedBuffer(indices.map { y.elements[$0] }), nx: nx)
    }

    /// Which samples are for training and which for validation: drawn at random, the same for the same seed, each part
    /// in the order of the data. Each label has about the same share in both.
    ///
    /// - Parameter fraction: the part for validation, between 0 and 1. Of a label that has more than one sample, each
    ///   part gets one at the least; of one that has a single sample, training gets it.
    /// - Throws: `DatasetError.noSamples` where m is less than 2, too few for two parts.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func split(
        validation fraction: Double, seed: UInt64
    ) throws(DatasetError) -> (training: [Int], validation: [Int]) {
        guard m > 1 else { throw .noSamples }
        var ones = (0..<m).filter { y.base[$0] == 1 }
        var zeros = (0..<m).filter { y.base[$0] == 0 }
        func share(_ count: Int, of group: [Int]) -> Int {
            group.count < 2 ? 0 : min(group.count - 1, max(1, count))
        }
        func rounded(_ count: Int) -> Int { Int((fraction * Double(count)).rounded()) }
        let oneCount = share(rounded(ones.count), of: ones)
        // Of two samples with different labels one has to go.
        let zeroCount = max(share(rounded(m) - oneCount, of: zeros), oneCount == 0 && zeros.count < 2 ? 1 : 0)
        var random = SplitMix64(seed: seed)
        /// The first draws of the shuffle of R. A. Fisher and F. Yates.
        func draw(_ count: Int, of group: inout [Int]) {
            for i in 0..<count {
                group.swapAt(i, i + Int(random.next() % UInt64(group.count - i)))
            }
        }
        draw(oneCount, of: &ones)
        draw(zeroCount, of: &zeros)
        return (
            (ones[oneCount...] + zeros[zeroCount...]).sorted(),
            (ones[..<oneCount] + zeros[..<zeroCount]).sorted()
        )
    }
}

/// A fault in data offered as a `Dataset`. Samples and features are counted from 0 here, as in
/// the arrays that were offered.
public enum DatasetError: Error, Equatable {
    /// m is 0.
    case noSamples
    /// n_x is 0.
    case noFeatures
    /// One sample has another number of features than the first.
    case ragged(sample: Int, features: Int, expected: Int)
    /// X does not hold n_x values for each label.
    case counts(values: Int, nx: Int, labels: Int)
    /// A label other than 0 and 1.
    case label(sample: Int, value: Double)
    /// A NaN or an infinity in X.
    case notFinite(sample: Int, feature: Int, value: Double)
    /// Values that differ, by so little that their standard deviation would be rounded to 0.
    case deviation(feature: Int)
}

extension DatasetError: CustomStringConvertible {
    /// The fault, its place, and what was expected.
    public var description: String {
        switch self {
        case .noSamples:
            "the data set has no samples (m = 0); expected at least one"
        case .noFeatures:
            "the samples have no features (n_x = 0); expected at least one"
        case .ragged(let sample, let features, let expected):
            "sample \(sample) has \(features) features; expected \(expected), as in sample 0"
        case .counts(let values, let nx, let labels):
            "X holds \(values) values and Y \(labels) labels; expected n_x = \(nx) values for each label"
        case .label(let sample, let value):
            "the label of sample \(sample) is \(value); expected 0 or 1"
        case .notFinite(let sample, let feature, let value):
            "feature \(feature) of sample \(sample) is \(value); expected a finite number"
        case .deviation(let feature):
            "the values of feature \(feature) differ by too little for their deviation to be a number; multiply "
                + "them by a power of ten, or leave them out"
        }
    }
}
