import Foundation
import Problems

/// J and its derivatives at a model on a data set, in extended precision, and the terms that say how far a
/// correct implementation may be from them.
///
/// Sums are kept undivided: where they are exact, dividing them by m in the scalar gives the bits that every
/// implementation must give.
package struct Reference<Scalar: RealScalar>: Sendable {
    package let shape: Shape

    /// Σ L.
    package let loss: DoubleDouble

    /// m·∂J by each parameter: Σ x·dz for each feature, then Σ dz.
    package let derivatives: [DoubleDouble]

    /// The terms of the bounds, for each requested way to store X.
    private let terms: [ErrorTerms]

    /// How many z of hidden units rounding may put on either side of a kink of the activation: the bounds allow for
    /// both.
    package let doubtful: Int

    /// Computes everything for `model` on `data`.
    ///
    /// - Parameters:
    ///   - storages: how those store X that are judged by it. The values do not depend on that, only how far one
    ///     may be from them.
    ///   - isPrecise: whether to compute in `DoubleDouble`. `Double` has 29 bits more than `Float`, which judges
    ///     it well; and bounds need few digits.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init(
        _ data: Dataset<Scalar>, _ model: Model<Scalar>, storages: [Storage] = Storage.all(in: Scalar.kind),
        isPrecise: Bool = Scalar.kind == .double
    ) {
        if isPrecise {
            self.init(Accumulation<DoubleDouble>(data, model, storages), data)
        } else {
            self.init(Accumulation<Double>(data, model, storages), data)
        }
    }

    private init<Extended>(_ sums: Accumulation<Extended>, _ data: Dataset<Scalar>) {
        shape = Shape(data.m, data.nx)
        loss = sums.loss.extended
        derivatives = sums.derivatives.map(\.extended)
        terms = sums.terms
        doubtful = 0
    }

    /// Sums that were made elsewhere, and the terms of their bounds.
    init(
        _ shape: Shape, loss: DoubleDouble, derivatives: [DoubleDouble], terms: ErrorTerms, doubtful: Int
    ) {
        (self.shape, self.loss, self.derivatives) = (shape, loss, derivatives)
        (self.terms, self.doubtful) = ([terms], doubtful)
    }

    /// The same bounds about other values: sums that were made elsewhere.
    init(_ reference: Reference, derivatives: [DoubleDouble], loss: DoubleDouble? = nil) {
        (shape, terms, doubtful) = (reference.shape, reference.terms, reference.doubtful)
        (self.derivatives, self.loss) = (derivatives, loss ?? reference.loss)
    }

    /// The terms of the bounds where X is stored so.
    func terms(_ storage: Storage) -> ErrorTerms {
        guard let found = terms.first(where: { $0.storage == storage }) else {
            preconditionFailure("a reference without the bounds of \(storage)")
        }
        return found
    }

    /// J in extended precision.
    package var J: DoubleDouble { loss / DoubleDouble(Double(shape.m)) }

    /// The gradient that an implementation must give to the bit where all its sums are exact.
    package var exactGradient: Gradient<Scalar> {
        var gradient = Gradient<Scalar>(parameters: derivatives.count)
        gradient.J = Scalar(loss.double)
        gradient.derivatives = derivatives.map { Scalar($0.double) }
        gradient.divide(by: shape.m)
        return gradient
    }
}

/// The sums of one pass over the data in extended precision.
private struct Accumulation<Extended: ExtendedReal> {
    var loss = Extended(0)
    var derivatives: [Extended]
    var terms: [ErrorTerms]

    @specialized(where Extended == Double, Scalar == Float)
    @specialized(where Extended == Double, Scalar == Double)
    @specialized(where Extended == DoubleDouble, Scalar == Float)
    @specialized(where Extended == DoubleDouble, Scalar == Double)
    init<Scalar: RealScalar>(_ data: Dataset<Scalar>, _ model: Model<Scalar>, _ storages: [Storage]) {
        let nx = data.nx
        derivatives = Array(repeating: Extended(0), count: nx + 1)
        terms = storages.map { ErrorTerms(nx: nx, scalar: Scalar.kind, storage: $0) }
        let (w, b) = (model.w.map { Double($0) }, Double(model.b))
        let weights = w.reduce(0) { $0 + $1.magnitude }
        var x = Array(repeating: 0.0, count: nx)
        for i in 0..<data.m {
            let sample = data.x.base + i * nx
            let y = Double(data.y.base[i])
            var z = Extended(b)
            var magnitude = 0.0
            for j in 0..<nx {
                x[j] = Double(sample[j])
                z.add(x[j], times: w[j])
                magnitude += (x[j] * w[j]).magnitude
            }
            let (a, dz, l) = Extended.logistic(z, label: y)
            loss = loss + l
            for k in terms.indices {
                terms[k].add(
                    x, products: magnitude, weights: weights, b: b.magnitude, z: z.double, a: a.double,
                    dz: dz.double, loss: l.double)
            }
            for j in 0..<nx { derivatives[j].add(x[j], times: dz) }
            derivatives[nx] = derivatives[nx] + dz
        }
    }
}

/// The sums over samples that bound the error of J and the derivatives, whatever the order of summation.
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
/// which is what one sample leaves wrong in dw_j before anything is added up. These are worst cases: they make no
/// use of the varying sign of storage errors.
struct ErrorTerms: Sendable {
    /// c = 4: 2 ulp are at most 4 u.
    static let functionRoundoffs = 4.0

    let scalar: ScalarKind

    /// How X is stored.
    let storage: Storage

    /// Σ|x_j| E_dz, and what storing x_j adds, for each feature; then Σ E_dz: what is wrong in each derivative
    /// before anything is added up.
    private(set) var forward: [Double]

    /// Σ|x_j dz| for each feature, then Σ|dz|: what adding up can lose a part of.
    private(set) var magnitude: [Double]

    /// Σ E_L and Σ L.
    private(set) var forwardLoss = 0.0
    private(set) var magnitudeLoss = 0.0

    /// The greatest Σ|w_j x_j| + |b| of a sample. The bounds hold while sums stay finite.
    private(set) var greatestLinear = 0.0

    /// λ of the probabilistic bound: how many standard deviations of a random walk are allowed. Infinite where only the
    /// worst case will do.
    let deviations: Double

    /// How many additions a term of the reference itself went through, where that is no more precise than those who
    /// are judged by it; nil where it is.
    let referenceAdditions: Int?

    /// No samples yet.
    init(nx: Int, scalar: ScalarKind, storage: Storage) {
        self.init(parameters: nx + 1, scalar: scalar, storage: storage)
    }

    /// No samples yet, for so many derivatives.
    init(
        parameters: Int, scalar: ScalarKind, storage: Storage = .scalar, deviations: Double = 6,
        referenceAdditions: Int? = nil
    ) {
        (self.scalar, self.storage) = (scalar, storage)
        (self.deviations, self.referenceAdditions) = (deviations, referenceAdditions)
        forward = Array(repeating: 0, count: parameters)
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
        let eta = scalar.leastNonzeroMagnitude
        let nx = x.count
        let moved = storage.unitRoundoff * products + storage.subnormalError * weights
        let sum = products + b
        let ez = moved + (Self.gamma(nx + 1, scalar) ?? .infinity) * (sum + moved) + Double(nx + 1) * eta
        note(sum)
        let edz = addLoss(z: z, error: ez, a: a, dz: dz, loss: loss)
        let stored = dz.magnitude + edz
        let (relative, absolute) = (edz + storage.unitRoundoff * stored, storage.subnormalError * stored)
        for j in 0..<nx {
            forward[j] += x[j].magnitude * relative + absolute
            magnitude[j] += (x[j] * dz).magnitude
        }
        add(edz, dz.magnitude, to: nx)
    }

    /// Adds L of one sample, whose z is up to E_z off.
    ///
    /// - Returns: E_dz.
    @inline(__always)
    mutating func addLoss(z: Double, error ez: Double, a: Double, dz: Double, loss: Double) -> Double {
        let (u, eta, c) = (scalar.unitRoundoff, scalar.leastNonzeroMagnitude, Self.functionRoundoffs)
        forwardLoss += c * u * loss
        magnitudeLoss += loss
        // Where z is 0 to the bit, a is ½ to the bit.
        if z == 0, ez == 0 { return 0 }
        let e = exp(-max(0, z.magnitude - ez))
        let shift = min(1, e / ((1 + e) * (1 + e)) * ez)
        let ea = min(1, shift + c * u * (a + shift) + 2 * eta)
        let edz = ea + u * min(1, dz.magnitude + ea)
        let move = min(1, dz.magnitude + shift) * ez
        forwardLoss += move + c * u * move + 2 * eta
        return edz
    }

    /// Adds to what is wrong in derivative j before anything is added up, and to what adding up can lose a part of.
    @inline(__always)
    mutating func add(_ error: Double, _ size: Double, to j: Int) {
        forward[j] += error
        magnitude[j] += size
    }

    /// Takes note of the magnitudes of a sum's terms.
    @inline(__always)
    mutating func note(_ sum: Double) { greatestLinear = max(greatestLinear, sum) }

    /// Whether all sums stay below half the greatest finite scalar, so that the bounds hold.
    var isInRange: Bool {
        let greatest = scalar == .float ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
        return isBelow(greatest / 2)
    }

    /// Whether all sums stay below a limit, in any order.
    func isBelow(_ limit: Double) -> Bool {
        greatestLinear < limit && magnitudeLoss < limit && magnitude.allSatisfy { $0 < limit }
    }
}

/// How far J and the derivatives of an implementation may be from the reference, for this very data.
///
/// An implementation that puts no term through more than k additions, multiplies before and divides once
/// after has, in addition to what the forward pass leaves wrong (`ErrorTerms`),
///
///     |error of dw_j| ≤ (1/m) (Σ|x_j| E_dz + γ_(k+2) Σ|x_j| (|dz| + E_dz)) + 2η
///     |error of J|    ≤ (1/m) (Σ E_L + γ_(k+1) Σ (L + E_L)) + 2η
///
/// and db as dw with x = 1. For derivatives, whose terms vary in sign and size, γ is replaced by the probabilistic
/// λ√(k+2)·u with λ = 6 where that is smaller (Higham and Mary, SIAM J. Sci. Comput. 41(5), 2019). Not for J: its
/// terms have one sign and are often alike, and each addition then rounds the same way.
///
/// A reference that is no more precise than those who are judged by it adds its own error.
package struct ErrorBound: Sendable {
    /// For J; nil where k·u ≥ 1, so that nothing can be promised.
    package let J: Double?

    /// For each derivative, the tolerance.
    package let derivatives: [Double]

    /// For each derivative, the worst case; infinite where there is none.
    package let worstCase: [Double]

    /// For an implementation that sums as `sums` says.
    ///
    /// - Parameter storage: how it stores X, one that the reference has the terms of.
    package init<Scalar>(_ reference: Reference<Scalar>, _ sums: Summation, storage: Storage = .scalar) {
        let terms = reference.terms(storage)
        let m = reference.shape.m
        let k = sums.additions(m: m)
        let tiny = 2 * terms.scalar.leastNonzeroMagnitude
        func worst(_ k: Int) -> Double { ErrorTerms.gamma(k + 2, terms.scalar) ?? .infinity }
        func likely(_ k: Int) -> Double {
            min(worst(k), terms.deviations * Double(k + 2).squareRoot() * terms.scalar.unitRoundoff)
        }
        func bound(_ forward: Double, _ factor: Double, _ magnitude: Double) -> Double {
            let sum = magnitude + forward
            var error = forward + (sum == 0 ? 0 : factor * sum)
            if let own = terms.referenceAdditions { error += forward + likely(own) * sum }
            return error / Double(m) + tiny
        }
        J = ErrorTerms.gamma(k + 1, terms.scalar).map { bound(terms.forwardLoss, $0, terms.magnitudeLoss) }
        derivatives = zip(terms.forward, terms.magnitude).map { bound($0, likely(k), $1) }
        worstCase = zip(terms.forward, terms.magnitude).map { bound($0, worst(k), $1) }
    }

    /// For an implementation that sums and stores X as `rung` says.
    init<Scalar>(_ reference: Reference<Scalar>, _ rung: RungInfo) {
        self.init(reference, rung.sums, storage: rung.storage)
    }
}
