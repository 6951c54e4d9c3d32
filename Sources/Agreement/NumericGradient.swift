import Problems

/// The gradient of m·J by central differences, (m·J(w_j + h) − m·J(w_j − h)) / 2h in extended precision,
/// which know nothing of its formula.
///
/// To move w_j by h moves z of each sample by h·x_j, exactly: so z is computed once, and each derivative
/// takes two sums of losses. h is about 2⁻³⁰ over the greatest |x_j|, a power of two.
package struct NumericGradient: Sendable {
    /// m·∂J/∂w_j for each feature.
    package private(set) var dw: [DoubleDouble] = []
    /// m·∂J/∂b.
    package private(set) var db = DoubleDouble(0)
    /// How far each dw_j/m may be from the derivative: from cutting the series off,
    /// h²/6·max|∂³J/∂w_j³| ≤ h²/6·(1/m) Σ|x_j|³·⅛, since |σ″| < ⅛; and from the rounding of J, 2⁻⁹⁰ of it,
    /// over h.
    package private(set) var truncation: [Double] = []
    /// The same for db/m.
    package private(set) var biasTruncation = 0.0

    /// Differences of J about `model`.
    ///
    /// - Parameter progress: called now and then with the part that is done.
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
        func difference(_ x: [Double]) -> (derivative: DoubleDouble, truncation: Double) {
            let greatest = x.reduce(0) { max($0, $1.magnitude) }
            // Within what a Double can hold on both sides.
            let exponent = greatest > 0 ? min(500, max(-500, Int(greatest.exponent))) : 0
            let h = Double(sign: .plus, exponent: -30 - exponent, significand: 1)
            let (up, down) = (loss(h, x), loss(-h, x))
            let cubes = x.reduce(0) { $0 + h * $1.magnitude * h * $1.magnitude * $1.magnitude }
            let rounding = 0x1p-90 / h * max(1, up.double / Double(data.m))
            return ((up - down) / DoubleDouble(2 * h), cubes / Double(data.m) / 48 + rounding)
        }
        for j in w.indices {
            let result = difference((0..<data.m).map { Double(data.sample($0)[j]) })
            dw.append(result.derivative)
            truncation.append(result.truncation)
            progress(Double(j + 1) / Double(w.count + 1))
        }
        (db, biasTruncation) = difference(Array(repeating: 1, count: data.m))
    }
}
