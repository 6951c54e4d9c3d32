import Foundation

/// The loss as the textbook has it, −(y log a + (1 − y) log(1 − a)), from an activation that was already
/// rounded. Kept to show what goes wrong with it (`logistic` is what implementations use): 1 − a has few
/// digits left where a is near 1, and once a rounds to 1 it is 0·log 0, which is no number, or log 0.
///
/// - Parameters:
///   - a: the activation, 0 to 1.
///   - y: the label, 0 or 1.
public func literalLoss<Scalar: RealScalar>(_ a: Scalar, label y: Scalar) -> Scalar {
    func log(_ x: Scalar) -> Scalar { Scalar(Foundation.log(Double(x))) }
    return -(y * log(a) + (1 - y) * log(1 - a))
}
