import Foundation

/// The activation a = σ(z) and the loss L(a, y) of one sample, from one exponential.
///
/// With t = (1 − 2y)·z, which is ±z exactly, and e = e^(−|z|):
///
///     L = max(t, 0) + log1p(e)
///     a = 1/(1 + e) for z ≥ 0,  e/(1 + e) for z < 0
///
/// Accurate to a few ulp for every z, where the textbook formula
/// −(y log a + (1 − y) log(1 − a)) is undefined as soon as a rounds to 0 or 1. At z = ±∞ both are the
/// limits; a NaN gives NaN.
///
/// - Parameter y: the label, 0 or 1.
@inlinable
public func logistic<Scalar: RealScalar>(_ z: Scalar, label y: Scalar) -> (a: Scalar, loss: Scalar) {
    let e = Scalar.exp(-z.magnitude)
    let a = (z < 0 ? e : 1) / (1 + e)
    let t = y == 1 ? -z : z
    return (a, (t > 0 ? t : 0) + Scalar.log1p(e))
}

/// The logistic function σ(z) = 1/(1 + e^(−z)), without overflow for any z.
@inlinable
public func sigmoid<Scalar: RealScalar>(_ z: Scalar) -> Scalar {
    let e = Scalar.exp(-z.magnitude)
    return (z < 0 ? e : 1) / (1 + e)
}

/// The loss as the textbook has it, −(y log a + (1 − y) log(1 − a)), from an activation that was already
/// rounded. Kept to show what goes wrong with it (`logistic` is the one that every rung computes): 1 − a has few
/// digits left where a is near 1, and once a rounds to 1 it is 0·log 0, which is no number, or log 0.
///
/// - Parameters:
///   - a: the activation, 0 to 1.
///   - y: the label, 0 or 1.
public func literalLoss<Scalar: RealScalar>(_ a: Scalar, label y: Scalar) -> Scalar {
    func log(_ x: Scalar) -> Scalar { Scalar(Foundation.log(Double(x))) }
    return -(y * log(a) + (1 - y) * log(1 - a))
}
