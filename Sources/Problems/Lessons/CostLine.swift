/// The cost along a line through the parameters, by two losses: cross-entropy, for which it is convex, and
/// squared error ½(a − y)², for which it is not.
///
/// With squared error dz = (a − y)·a(1 − a), and the factor a(1 − a) vanishes where a sample is wrong with
/// certainty: the cost is flat there, and gradient descent stays where it should hurry away.
public struct CostLine: Sendable {
    /// The costs at one place.
    public struct Point: Sendable, Equatable {
        /// Where: w = start.w + t·direction.w, b = start.b + t·direction.b.
        public let t: Double
        /// J by cross-entropy.
        public let crossEntropy: Double
        /// J by squared error.
        public let squaredError: Double
    }

    /// Two places, and the one midway between them where the cost is greater than the mean of theirs: what
    /// no convex function has.
    public struct Bulge: Sendable, Equatable {
        /// The places: left, middle, right.
        public let t: (left: Double, middle: Double, right: Double)
        /// The cost in the middle.
        public let cost: Double
        /// The mean of the costs at the two ends.
        public let chord: Double

        /// Equal in all.
        public static func == (a: Bulge, b: Bulge) -> Bool {
            a.t == b.t && a.cost == b.cost && a.chord == b.chord
        }
    }

    /// The costs, from left to right.
    public let points: [Point]

    /// Costs of a data set at evenly spaced places.
    ///
    /// - Parameters:
    ///   - start: the model at t = 0.
    ///   - direction: what is added to it for each unit of t.
    ///   - steps: places less one; at least 1.
    public init(
        _ data: Dataset<Double>, from start: Model<Double>, along direction: Model<Double>,
        over range: ClosedRange<Double>, steps: Int
    ) {
        points = (0...steps).map { step in
            let t = range.lowerBound + (range.upperBound - range.lowerBound) * Double(step) / Double(steps)
            let model = Model(
                w: zip(start.w, direction.w).map { $0 + t * $1 }, b: start.b + t * direction.b)
            let squares = (0..<data.m).reduce(0.0) { sum, i in
                let difference = model.probability(data.sample(i)) - data.y.base[i]
                return sum + difference * difference / 2
            }
            return Point(
                t: t, crossEntropy: model.cost(on: data), squaredError: squares / Double(data.m))
        }
    }

    /// The bulge that stands out most above its chord; nil where no middle is above by more than rounding.
    public func bulge(of cost: KeyPath<Point, Double> & Sendable) -> Bulge? {
        let values = points.map { $0[keyPath: cost] }
        var greatest: Bulge?
        var height = 1e-12 * (values.max() ?? 0)
        for middle in values.indices {
            for reach in 0..<min(middle + 1, values.count - middle) {
                let (left, right) = (middle - reach, middle + reach)
                let chord = (values[left] + values[right]) / 2
                guard values[middle] - chord > height else { continue }
                height = values[middle] - chord
                greatest = Bulge(
                    t: (points[left].t, points[middle].t, points[right].t), cost: values[middle],
                    chord: chord)
            }
        }
        return greatest
    }

    /// Where the cost is lower than at both neighbours, from left to right.
    public func minima(of cost: KeyPath<Point, Double> & Sendable) -> [Point] {
        points.indices.dropFirst().dropLast().filter {
            let value = points[$0][keyPath: cost]
            return value < points[$0 - 1][keyPath: cost] && value < points[$0 + 1][keyPath: cost]
        }.map { points[$0] }
    }
}
