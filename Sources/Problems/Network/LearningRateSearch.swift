/// A learning rate for a network, found by trying.
///
/// J of a network is not convex, and no bound of its curvature is known from the data alone, as `Curvature` is for
/// logistic regression. So rates are tried at the start, from large to small.
public enum LearningRateSearch {
    /// How many updates each rate is tried for.
    public static let updates = 20

    /// The rate that lowers J most among those with which it falls in each of the first updates; nil where none does,
    /// as where all derivatives are 0.
    ///
    /// From 8 down each rate is half the one before. Once one has passed, the search goes on for as long as J ends
    /// lower: a rate so large that it silences most units of a ReLU layer lets J fall too, but not far.
    ///
    /// - Parameters:
    ///   - start: the parameters before the first update.
    ///   - isCancelled: asked before each update.
    public static func greatest<Scalar: RealScalar>(
        _ prepared: Prepared<Scalar>, from start: Model<Scalar>, isCancelled: () -> Bool = { false }
    ) -> Scalar? {
        var best: (rate: Scalar, cost: Scalar)?
        var rate: Scalar = 8
        while rate > 0x1p-80, !isCancelled() {
            let cost = prepared.cost(
                after: updates, from: start, learningRate: rate, isCancelled: isCancelled)
            if let best, !(cost.map { $0 < best.cost } ?? false) { return best.rate }
            if let cost { best = (rate, cost) }
            rate /= 2
        }
        return best?.rate
    }

    /// Half of a rate that was too large, a quarter and so on: the first with which J falls in each of the first
    /// updates; nil where none of two dozen does.
    public static func below<Scalar: RealScalar>(
        _ rate: Scalar, _ prepared: Prepared<Scalar>, from start: Model<Scalar>,
        isCancelled: () -> Bool = { false }
    ) -> Scalar? {
        var rate = rate
        for _ in 0..<24 where !isCancelled() {
            rate /= 2
            let cost = prepared.cost(
                after: updates, from: start, learningRate: rate, isCancelled: isCancelled)
            if cost != nil { return rate }
        }
        return nil
    }
}
