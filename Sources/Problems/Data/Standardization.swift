/// The shift and scale that bring each feature to mean 0 and standard deviation 1.
///
/// Sums are compensated (Neumaier's variant of Kahan's sum, with the rounding error of each product by a
/// fused multiply-add), so that means and deviations are rounded about once, whatever the order and size
/// of the values, and can be had to the bit elsewhere.
public struct Standardization: Sendable, Equatable, Codable {
    /// The mean of each feature.
    public let means: [Double]

    /// The population standard deviation of each feature, √((1/m) Σ(x − mean)²); 0 for a constant one.
    public let deviations: [Double]

    /// The means and deviations of the features of `data`. Each is computed of values times a power of two, which
    /// changes no bit of them and keeps their squares within what a `Double` can hold.
    ///
    /// - Throws: `DatasetError` where the values of a feature are so close that their deviation would be 0.
    public init(_ data: Dataset<Double>) throws(DatasetError) {
        let m = Double(data.m)
        var means = Array(repeating: 0.0, count: data.nx)
        var deviations = means
        for j in 0..<data.nx {
            let scale = PowerOfTwo(
                bringingToOne: (0..<data.m).reduce(0) { max($0, data.sample($1)[j].magnitude) })
            var sum = CompensatedSum()
            for i in 0..<data.m { sum.add(scale.applied(to: data.sample(i)[j])) }
            let mean = sum.divided(by: m)
            var squares = CompensatedSum()
            for i in 0..<data.m {
                let x = scale.applied(to: data.sample(i)[j])
                let first = x - mean.high
                let t = first - x
                // Neither the mean nor the difference is a `Double`: this is what both leave out.
                let left = (x - (first - t)) - (mean.high + t) - mean.low
                let d = first + left
                let rest = (first - d) + left
                let square = d * d
                squares.add(square)
                squares.add((-square).addingProduct(d, d) + 2 * d * rest)
            }
            let variance = squares.divided(by: m)
            let root = variance.high.squareRoot()
            let deviation =
                root == 0 ? 0 : root + (variance.high.addingProduct(-root, root) + variance.low) / (2 * root)
            means[j] = scale.undone(mean.high)
            // At most the greatest value, but for rounding.
            deviations[j] = min(scale.undone(deviation), .greatestFiniteMagnitude)
            guard deviations[j] > 0 || deviation == 0 else { throw .deviation(feature: j) }
        }
        (self.means, self.deviations) = (means, deviations)
    }

    /// (x − mean) / deviation for every value of `data`; a feature that was constant becomes 0.
    ///
    /// - Throws: `DatasetError` where a value leaves the range of `Double`, or the number of features
    ///   differs.
    public func applied(to data: Dataset<Double>) throws(DatasetError) -> Dataset<Double> {
        guard data.nx == means.count else {
            throw .ragged(sample: 0, features: data.nx, expected: means.count)
        }
        let x = AlignedBuffer<Double>(zeros: data.m * data.nx)
        for i in 0..<data.m {
            let sample = data.sample(i)
            for j in 0..<data.nx { x.base[i * data.nx + j] = applied(to: sample[j], feature: j) }
        }
        return try Dataset(x: x, y: data.y, nx: data.nx)
    }

    /// (x − mean) / deviation for a value of feature j; 0 where the feature was constant.
    public func applied(to x: Double, feature j: Int) -> Double {
        guard deviations[j] > 0 else { return 0 }
        let d = x - means[j]
        // Halves of what is near the ends of `Double` have a difference in it.
        return d.isFinite || !x.isFinite ? d / deviations[j] : (x / 2 - means[j] / 2) / (deviations[j] / 2)
    }
}

/// A power of two, as two factors: the inverse of the least `Double` is beyond the greatest one.
private struct PowerOfTwo {
    private let down: (Double, Double)
    private let up: (Double, Double)

    /// The one that brings `greatest` to 1 or more and below 2; 1 where it is 0.
    init(bringingToOne greatest: Double) {
        let exponent = greatest == 0 ? 0 : Int(greatest.exponent)
        func power(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }
        let (half, rest) = (exponent / 2, exponent - exponent / 2)
        (down, up) = ((power(-half), power(-rest)), (power(half), power(rest)))
    }

    func applied(to x: Double) -> Double { x * down.0 * down.1 }

    func undone(_ x: Double) -> Double { x * up.0 * up.1 }
}

/// A sum and the rounding errors that were made on the way.
private struct CompensatedSum {
    private var sum = 0.0
    private var errors = 0.0

    mutating func add(_ x: Double) {
        let next = sum + x
        errors += sum.magnitude >= x.magnitude ? (sum - next) + x : (x - next) + sum
        sum = next
    }

    /// The sum over m as a number and what it leaves out.
    func divided(by m: Double) -> (high: Double, low: Double) {
        let high = (sum + errors) / m
        let remainder = (sum.addingProduct(-high, m) + errors) / m
        let total = high + remainder
        return (total, remainder - (total - high))
    }
}

extension Dataset {
    /// The same data, each value rounded to the scalar; in `Double` they share the memory.
    ///
    /// - Throws: `DatasetError` where a value is beyond the greatest `Float`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public init(rounding data: Dataset<Double>) throws(DatasetError) {
        if let same = data as? Dataset {
            self = same
            return
        }
        try self.init(
            x: AlignedBuffer(data.x.elements.map { Scalar($0) }),
            y: AlignedBuffer(data.y.elements.map { Scalar($0) }),
            nx: data.nx)
    }
}
