/// Stand-in until the real one arrives: shifts and scales each feature to mean 0 and deviation 1.
public struct Standardization: Sendable {
    /// The mean of each feature.
    public let means: [Double]

    /// The standard deviation of each feature; 1 where it is 0.
    public let deviations: [Double]

    /// Means and deviations of `data`.
    public init(_ data: Dataset<Double>) {
        var means = Array(repeating: 0.0, count: data.nx)
        var squares = means
        for i in 0..<data.m { for j in 0..<data.nx { means[j] += data.sample(i)[j] / Double(data.m) } }
        for i in 0..<data.m {
            for j in 0..<data.nx {
                let d = data.sample(i)[j] - means[j]
                squares[j] += d * d / Double(data.m)
            }
        }
        (self.means, deviations) = (means, squares.map { $0 > 0 ? $0.squareRoot() : 1 })
    }

    /// `data` with each feature shifted and scaled.
    public func applied(to data: Dataset<Double>) -> Dataset<Double> {
        let x = AlignedBuffer<Double>(zeros: data.m * data.nx)
        for i in 0..<data.m {
            for j in 0..<data.nx { x.base[i * data.nx + j] = (data.sample(i)[j] - means[j]) / deviations[j] }
        }
        guard let result = try? Dataset(x: x, y: data.y, nx: data.nx) else { return data }
        return result
    }
}

extension Dataset<Float> {
    /// `data`, rounded.
    public init(rounding data: Dataset<Double>) throws(DatasetError) {
        try self.init(
            x: AlignedBuffer(data.x.elements.map { Float($0) }),
            y: AlignedBuffer(data.y.elements.map { Float($0) }),
            nx: data.nx)
    }
}
