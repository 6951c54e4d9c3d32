import Problems

/// The gradient of an implementation compared with the numeric one, derivative by derivative.
package struct GradientCheck: Sendable {
    /// One derivative.
    package struct Element: Sendable {
        /// The parameter, in the order of `Shape.blocks`.
        package let parameter: Int
        /// By the formulas, as the implementation computes them.
        package let analytic: Double
        /// By central differences of J.
        package let numeric: Double
        /// |analytic − numeric|; NaN where one of them is.
        package let error: Double
        /// The greatest error that a correct implementation may have, from its rounding and from the truncation of
        /// the differences.
        package let bound: Double

        /// error / bound: at most 1 where all is well.
        package var ratio: Double {
            if error == 0 { return 0 }
            return error.isNaN ? .infinity : error / bound
        }
    }

    /// One for each parameter that was checked.
    package let elements: [Element]

    /// How many were left out, since their difference is over a kink of an activation, where J has no derivative.
    package let skipped: Int

    /// How many z of units with a kink rounding may put on either side of it: the bounds allow for both.
    package let doubtful: Int

    /// The distance of the two gradients as vectors over the sum of their lengths, as courses have it: about
    /// the unit roundoff where all is well. 0 where both are 0.
    package let relativeDistance: Double

    /// Checks what an implementation computed at `model`.
    ///
    /// - Parameters:
    ///   - sums: how it sums.
    ///   - storage: how it stores X.
    ///   - l2: λ of a penalty λ/2·Σw² in J; 0 for none.
    ///   - parameters: those whose derivatives are checked; all where nil.
    ///   - progress: called now and then with the fraction done.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init<Scalar: RealScalar>(
        _ gradient: Gradient<Scalar>, _ problem: Problem<Scalar>, _ model: Model<Scalar>, sums: Summation,
        storage: Storage = .scalar, l2: Scalar = 0, parameters: [Int]? = nil,
        progress: (Double) -> Void = { _ in }
    ) {
        let weights = l2 == 0 ? [] : problem.shape.weights
        /// The difference of the penalty, (λ/2·(w + h)² − λ/2·(w − h)²) / 2h with h about 2⁻³⁰·w, and the most that
        /// an implementation may round: λ·w once, and its sum with the rest.
        func penalty(_ j: Int) -> (difference: DoubleDouble, bound: Double) {
            guard weights.contains(where: { $0.contains(j) }) else { return (DoubleDouble(0), 0) }
            let w = Double(model.parameters[j])
            let h = w == 0 ? 0x1p-30 : Double(sign: .plus, exponent: Int(w.exponent) - 30, significand: 1)
            let (up, down) = (DoubleDouble(w) + DoubleDouble(h), DoubleDouble(w) - DoubleDouble(h))
            let difference = (up * up - down * down) * DoubleDouble(Double(l2) / 2) / DoubleDouble(2 * h)
            let u = Double(Scalar.ulpOfOne) / 2
            let rounded = difference.double.magnitude + Double(gradient.derivatives[j]).magnitude
            return (difference, u * rounded + 0x1p-70 * Double(l2) * w.magnitude)
        }
        let numeric = NumericGradient(problem, model, of: parameters, progress: progress)
        let reference = Reference(problem, model)
        let bound = ErrorBound(reference, sums, storage: storage)
        let m = DoubleDouble(Double(problem.data.m))
        let left = Set(numeric.skipped)
        let elements = (parameters ?? Array(gradient.derivatives.indices)).enumerated().compactMap {
            place, j in
            let penalty = penalty(j)
            let (analytic, expected) = (
                Double(gradient.derivatives[j]), numeric.derivatives[place] / m + penalty.difference
            )
            return left.contains(j)
                ? nil
                : Element(
                    parameter: j, analytic: analytic, numeric: expected.double,
                    error: (DoubleDouble(analytic) - expected).double.magnitude,
                    bound: bound.derivatives[j] + numeric.truncation[place] + penalty.bound)
        }
        (skipped, doubtful) = (left.count, reference.doubtful)
        func length(_ value: (Element) -> Double) -> Double {
            elements.reduce(0) { $0 + value($1) * value($1) }.squareRoot()
        }
        let lengths = length { $0.analytic } + length { $0.numeric }
        self.elements = elements
        relativeDistance = lengths == 0 ? 0 : length { $0.error } / lengths
    }

    /// The elements, with the greatest error relative to its bound first.
    package var worst: [Element] { elements.sorted { $0.ratio > $1.ratio } }

    /// Whether every element is within its bound.
    package var holds: Bool { elements.allSatisfy { $0.ratio <= 1 } }
}

/// The gradient of m·J by central differences, (m·J(w_j + h) − m·J(w_j − h)) / 2h in extended precision,
/// which know nothing of its formula.
///
/// To move w_j by h moves z of each sample by h·x_j, exactly: so z is computed once, and each derivative
/// takes two sums of losses. h is about 2⁻³⁰ over the greatest |x_j|, a power of two.
package struct NumericGradient: Sendable {
    /// m·∂J by each parameter, or by each of those that were requested.
    package private(set) var derivatives: [DoubleDouble] = []

    /// How far each derivative/m may be from the exact one: from cutting the series off,
    /// h²/6·max|∂³J/∂w_j³| ≤ h²/6·(1/m) Σ|x_j|³·⅛, since |σ″| < ⅛; and from the rounding of J, 2⁻⁹⁰ of it,
    /// over h.
    package private(set) var truncation: [Double] = []

    /// The parameters whose difference would be over a kink: nothing is known of their derivatives, and the truncation
    /// is infinite.
    package private(set) var skipped: [Int] = []

    /// None yet.
    init() {}

    /// Adds the next derivative.
    mutating func add(_ derivative: DoubleDouble, truncation: Double) {
        derivatives.append(derivative)
        self.truncation.append(truncation)
    }

    /// Leaves the next derivative out.
    mutating func skip(_ parameter: Int) {
        skipped.append(parameter)
        add(DoubleDouble(0), truncation: .infinity)
    }

    /// Differences of J about `model`.
    ///
    /// - Parameter progress: called after each weight with the fraction done.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init<Scalar: RealScalar>(
        _ data: Dataset<Scalar>, _ model: Model<Scalar>, progress: (Double) -> Void = { _ in }
    ) {
        let w = model.w.map { Double($0) }
        let z = (0..<data.m).map { i in
            var z = DoubleDouble(Double(model.b))
            for (w, x) in zip(w, data.sample(i)) { z.add(w, times: Double(x)) }
            return z
        }
        let y = data.y.elements.map { Double($0) }
        /// Σ L where z of each sample is moved by h·x.
        func loss(_ h: Double, _ x: [Double]) -> DoubleDouble {
            var sum = DoubleDouble(0)
            for i in z.indices {
                var moved = z[i]
                moved.add(h, times: x[i])
                sum = sum + DoubleDouble.logistic(moved, label: y[i]).loss
            }
            return sum
        }
        for j in 0...w.count {
            if j > 0 { progress(Double(j) / Double(w.count + 1)) }
            let x = (0..<data.m).map { j < w.count ? Double(data.sample($0)[j]) : 1 }
            let greatest = x.reduce(0) { max($0, $1.magnitude) }
            // Within what a Double can hold on both sides.
            let exponent = greatest > 0 ? min(500, max(-500, Int(greatest.exponent))) : 0
            let h = Double(sign: .plus, exponent: -30 - exponent, significand: 1)
            let (up, down) = (loss(h, x), loss(-h, x))
            let cubes = x.reduce(0) { $0 + h * $1.magnitude * h * $1.magnitude * $1.magnitude }
            let rounding = 0x1p-90 / h * max(1, up.double / Double(data.m))
            add((up - down) / DoubleDouble(2 * h), truncation: cubes / Double(data.m) / 48 + rounding)
        }
    }
}
