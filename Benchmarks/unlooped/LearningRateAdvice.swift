import Foundation
import Problems

/// What to say about a descent that does not descend.
enum LearningRateAdvice {
    /// What was seen, why, and a learning rate to try.
    static func text<Scalar: RealScalar>(
        _ sign: Divergence.Sign, cost: Scalar, data: Dataset<Scalar>, alpha: Scalar, isStandardized: Bool
    ) -> String {
        let seen =
            switch sign {
            case .notFinite: "J is \(cost): the descent went astray"
            case .rising: "J has risen \(Divergence.rises) times in a row, to \(cost)"
            case .aboveStart:
                "J is \(cost), and has been greater than at the start for \(Divergence.updatesAbove) updates"
            }
        let standardize = isStandardized ? "" : ", or use --standardize"
        let greatest = Curvature.greatest(of: data) { Interrupt.isRequested }
        guard let greatest, case let rate = 1 / greatest, rate > 0, rate.isFinite, rate < Double(alpha) else {
            return "\(seen); lower --alpha\(standardize)"
        }
        return "\(seen). alpha = \(alpha) is too large for these data; try --alpha "
            + String(format: "%.2g", rate) + " (1/L, which '--alpha auto' computes)\(standardize)"
    }
}
