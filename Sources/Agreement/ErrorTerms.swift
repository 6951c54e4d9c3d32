import Foundation
import Problems

/// The sums over samples that bound the error of J, dw and db, whatever the order of summation.
///
/// First-order bounds after Higham (Accuracy and Stability of Numerical Algorithms, 2nd ed., ch. 3) with
/// u the unit roundoff, η the least subnormal and γ_k = k·u/(1 − k·u):
///
///     D    = ω Σ|w_j x_j| + ε Σ|w_j|                          how far z moves where X is stored rounded
///     E_z  = D + γ_(n_x+1) (Σ|w_j x_j| + |b| + D) + (n_x + 1) η
///     S    = σ′(max(0, |z| − E_z)) E_z                        how far σ can move with z
///     E_a  = S + c u (a + S) + 2η                             never more than 1
///     E_dz = E_a + u (|a − y| + E_a)
///     E_L  = M + c u (L + M) + 2η,  M = min(1, |a − y| + S) E_z        |dL/dz| = |a − y| ≤ 1
///
/// The slope is the greatest between z − E_z and z + E_z, not ¼: where σ is nearly saturated, ¼·E_z is
/// greater than a itself, and would let any a pass. c·u is the greatest relative error that the functions
/// are allowed: 2 ulp, also of a subnormal result, hence 2η.
///
/// ω and ε are those of the `Storage` of X, 0 where it is stored as it is. What is stored for x is x̂ with
/// |x̂ − x| ≤ ω|x| + ε: one rounding, relative where x̂ is normal and absolute where it is subnormal. So the exact z
/// of x̂ is within D of that of x, and its terms add up to no more than Σ|w_j x_j| + D. Backward, with dẑ for dz as
/// computed,
///
///     |x̂·dẑ − x·dz| ≤ |x| E_dz + (ω|x| + ε) (|dz| + E_dz)
///
/// which is what one sample leaves wrong in dw_j before anything is added up. These are worst cases: that errors of
/// storage vary in sign is not made use of.
struct ErrorTerms: Sendable {
    /// c = 4: 2 ulp are at most 4 u.
    static let functionRoundoffs = 4.0

    let scalar: ScalarKind

    /// How X is stored.
    let storage: Storage

    /// Σ|x_j| E_dz, and what is stored of x_j, for each feature: what is wrong in dw before anything is added up.
    private(set) var forward: [Double]

    /// Σ|x_j dz| for each feature: what adding up can lose a part of.
    private(set) var magnitude: [Double]

    /// The same two for db.
    private(set) var forwardBias = 0.0
    private(set) var magnitudeBias = 0.0

    /// Σ E_L and Σ L.
    private(set) var forwardLoss = 0.0
    private(set) var magnitudeLoss = 0.0

    /// The greatest Σ|w_j x_j| + |b| of a sample. The bounds hold while sums stay finite.
    private(set) var greatestLinear = 0.0

    /// No samples yet.
    init(nx: Int, scalar: ScalarKind, storage: Storage) {
        (self.scalar, self.storage) = (scalar, storage)
        forward = Array(repeating: 0, count: nx)
        magnitude = forward
    }

    /// γ_k, nil once k·u ≥ 1.
    static func gamma(_ k: Int, _ scalar: ScalarKind) -> Double? {
        let ku = Double(k) * scalar.unitRoundoff
        return ku < 1 ? ku / (1 - ku) : nil
    }

    /// Adds one sample.
    ///
    /// - Parameters:
    ///   - x: its features.
    ///   - products: Σ|w_j x_j|.
    ///   - weights: Σ|w_j|.
    ///   - b: |b|.
    ///   - z: its linear part.
    @inline(__always)
    mutating func add(
        _ x: [Double], products: Double, weights: Double, b: Double, z: Double, a: Double, dz: Double,
        loss: Double
    ) {
        let (u, eta, c) = (scalar.unitRoundoff, scalar.leastNonzeroMagnitude, Self.functionRoundoffs)
        let nx = x.count
        let moved = storage.unitRoundoff * products + storage.subnormalError * weights
        let sum = products + b
        let ez = moved + (Self.gamma(nx + 1, scalar) ?? .infinity) * (sum + moved) + Double(nx + 1) * eta
        let e = exp(-max(0, z.magnitude - ez))
        let shift = min(1, e / ((1 + e) * (1 + e)) * ez)
        let ea = min(1, shift + c * u * (a + shift) + 2 * eta)
        let edz = ea + u * min(1, dz.magnitude + ea)
        let move = min(1, dz.magnitude + shift) * ez
        let el = move + c * u * (loss + move) + 2 * eta
        greatestLinear = max(greatestLinear, sum)
        forwardLoss += el
        magnitudeLoss += loss
        forwardBias += edz
        magnitudeBias += dz.magnitude
        let stored = dz.magnitude + edz
        let (relative, absolute) = (edz + storage.unitRoundoff * stored, storage.subnormalError * stored)
        for j in 0..<nx {
            forward[j] += x[j].magnitude * relative + absolute
            magnitude[j] += (x[j] * dz).magnitude
        }
    }

    /// Whether all sums stay below half the greatest finite scalar, so that the bounds hold.
    var isInRange: Bool {
        let greatest = scalar == .float ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
        let limit = greatest / 2
        return greatestLinear < limit && magnitudeLoss < limit && magnitude.allSatisfy { $0 < limit }
    }
}
