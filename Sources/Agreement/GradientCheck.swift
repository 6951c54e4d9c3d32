import Problems

/// The gradient of an implementation beside the numeric one, element by element.
package struct GradientCheck: Sendable {
    /// One derivative.
    package struct Element: Sendable {
        /// The feature, counted from 0; nil for db.
        package let feature: Int?
        /// By the formulas, as the implementation computes them.
        package let analytic: Double
        /// By central differences of J.
        package let numeric: Double
        /// |analytic − numeric|; NaN where one of them is.
        package let error: Double
        /// The greatest error that a correct implementation may have, by its rounding and by the cutting
        /// off of the differences.
        package let bound: Double

        /// error / bound: at most 1 where all is well.
        package var ratio: Double {
            if error == 0 { return 0 }
            return error.isNaN ? .infinity : error / bound
        }
    }

    /// dw_j for each feature, and db.
    package let elements: [Element]

    /// The distance of the two gradients as vectors over the sum of their lengths, as courses have it: about
    /// the unit roundoff where all is well. 0 where both are 0.
    package let relativeDistance: Double

    /// Checks what an implementation computed at `model`.
    ///
    /// - Parameters:
    ///   - sums: how it sums.
    ///   - storage: how it stores X.
    ///   - progress: called now and then with the part that is done.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package init<Scalar: RealScalar>(
        _ gradient: Gradient<Scalar>, _ data: Dataset<Scalar>, _ model: Model<Scalar>, sums: Summation,
        storage: Storage = .scalar, progress: (Double) -> Void = { _ in }
    ) {
        let numeric = NumericGradient(data, model, progress: progress)
        let bound = ErrorBound(Reference(data, model), sums, storage: storage)
        let m = DoubleDouble(Double(data.m))
        func element(
            _ feature: Int?, _ analytic: Scalar, _ sum: DoubleDouble, _ bound: Double
        ) -> Element {
            let (analytic, expected) = (Double(analytic), sum / m)
            return Element(
                feature: feature, analytic: analytic, numeric: expected.double,
                error: (DoubleDouble(analytic) - expected).double.magnitude, bound: bound)
        }
        let elements =
            gradient.dw.indices.map { j in
                element(j, gradient.dw[j], numeric.dw[j], bound.dw[j] + numeric.truncation[j])
            } + [element(nil, gradient.db, numeric.db, bound.db + numeric.biasTruncation)]
        func length(_ value: (Element) -> Double) -> Double {
            elements.reduce(0) { $0 + value($1) * value($1) }.squareRoot()
        }
        let lengths = length { $0.analytic } + length { $0.numeric }
        self.elements = elements
        relativeDistance = lengths == 0 ? 0 : length { $0.error } / lengths
    }

    /// The elements, the one that is worst off against its bound first.
    package var worst: [Element] { elements.sorted { $0.ratio > $1.ratio } }

    /// Whether every element is within its bound.
    package var holds: Bool { elements.allSatisfy { $0.ratio <= 1 } }
}
