import Problems

/// How far J, dw and db of an implementation may be from the reference, for this very data.
///
/// An implementation that puts no term through more than k additions, multiplies before and divides once
/// after has, beside what the forward pass leaves wrong (`ErrorTerms`),
///
///     |error of dw_j| ≤ (1/m) (Σ|x_j| E_dz + γ_(k+2) Σ|x_j| (|dz| + E_dz)) + 2η
///     |error of J|    ≤ (1/m) (Σ E_L + γ_(k+1) Σ (L + E_L)) + 2η
///
/// For dw and db, whose terms vary in sign and size, γ is replaced by the probabilistic λ√(k+2)·u with
/// λ = 6 where that is smaller (Higham and Mary, SIAM J. Sci. Comput. 41(5), 2019). Not for J: its terms
/// have one sign and are often alike, and each addition then rounds the same way.
package struct ErrorBound: Sendable {
    /// λ: how many standard deviations of a random walk are allowed.
    package static let deviations = 6.0

    /// For J; nil where k·u ≥ 1, so that nothing can be promised.
    package let J: Double?

    /// For each dw_j, the tolerance.
    package let dw: [Double]

    /// For db, the tolerance.
    package let db: Double

    /// For each dw_j, the worst case; infinite where there is none.
    package let worstCaseDw: [Double]

    /// For an implementation that sums as `sums` says.
    ///
    /// - Parameter storage: how it stores X, one that the reference was asked for.
    package init<Scalar>(_ reference: Reference<Scalar>, _ sums: Summation, storage: Storage = .scalar) {
        let terms = reference.terms(storage)
        let (m, k) = (Double(reference.m), sums.additions(m: reference.m))
        let tiny = 2 * terms.scalar.leastNonzeroMagnitude
        let worst = ErrorTerms.gamma(k + 2, terms.scalar) ?? .infinity
        let likely = Self.deviations * Double(k + 2).squareRoot() * terms.scalar.unitRoundoff
        func bound(_ forward: Double, _ factor: Double, _ magnitude: Double) -> Double {
            (forward + (magnitude + forward == 0 ? 0 : factor * (magnitude + forward))) / m + tiny
        }
        J = ErrorTerms.gamma(k + 1, terms.scalar).map { bound(terms.forwardLoss, $0, terms.magnitudeLoss) }
        let gamma = min(worst, likely)
        dw = zip(terms.forward, terms.magnitude).map { bound($0, gamma, $1) }
        worstCaseDw = zip(terms.forward, terms.magnitude).map { bound($0, worst, $1) }
        db = bound(terms.forwardBias, gamma, terms.magnitudeBias)
    }
}

extension ErrorBound {
    /// For an implementation that sums and stores X as `rung` says.
    init<Scalar>(_ reference: Reference<Scalar>, _ rung: RungInfo) {
        self.init(reference, rung.sums, storage: rung.storage)
    }
}
