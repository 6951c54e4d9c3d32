/// Notices when gradient descent does not descend.
///
/// J of logistic regression is convex, and a step with a learning rate up to 1/L lowers it; so a lasting rise means
/// that the learning rate is too large for the data (`Curvature`). A small enough step lowers J of a network too.
public struct Divergence: Sendable {
    /// The signs of it.
    public enum Sign: Sendable, Equatable {
        /// J is NaN or infinite: there is no way back.
        case notFinite
        /// J rose in each of the latest updates.
        case rising
        /// J has stayed above its start for many updates.
        case aboveStart
    }

    /// How many rises in a row are steady.
    public static let rises = 10
    /// How many updates in a row above the start are too many.
    public static let updatesAbove = 20

    private var start: Double?
    private var latest = 0.0
    private var risesInARow = 0
    private var aboveInARow = 0

    /// No cost yet.
    public init() {}

    /// Takes the cost at the start or after an update.
    ///
    /// - Returns: nil as long as all is well.
    public mutating func sign(after cost: Double) -> Sign? {
        guard cost.isFinite else { return .notFinite }
        guard let start else {
            (start, latest) = (cost, cost)
            return nil
        }
        // By more than rounding, which moves J up and down near the minimum.
        risesInARow = cost > latest * (1 + 1e-5) ? risesInARow + 1 : 0
        aboveInARow = cost > start * (1 + 1e-5) ? aboveInARow + 1 : 0
        latest = cost
        if risesInARow >= Self.rises { return .rising }
        return aboveInARow >= Self.updatesAbove ? .aboveStart : nil
    }
}
