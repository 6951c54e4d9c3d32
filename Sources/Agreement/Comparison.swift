import Problems

/// The element of a gradient that is worst off against its tolerance.
package struct Comparison: Sendable {
    /// `J`, `db` or `dw[j]`, features counted from 0.
    package private(set) var element = "J"

    /// What it is.
    package private(set) var value = 0.0
    /// What it should be.
    package private(set) var expected = 0.0

    /// |value − expected|; NaN where the value is.
    package private(set) var error = 0.0

    /// The greatest error that a correct implementation may have; 0 where the bits must be equal.
    package private(set) var bound = 0.0

    private var isEmpty = true

    /// Where the elements are equal or within their bounds.
    package var holds: Bool { error <= bound }

    /// error / bound: at most 1 where it holds. 0 where both are 0.
    package var ratio: Double {
        if error == 0 { return 0 }
        return error.isNaN ? .infinity : error / bound
    }

    /// Compares J, dw and db with a reference. J is left out where it has no bound.
    ///
    /// - Parameter addition: what is allowed beside the bounds, for each dw_j.
    package init<Scalar>(
        _ gradient: Gradient<Scalar>, _ reference: Reference<Scalar>, _ bound: ErrorBound,
        addition: [Double]? = nil
    ) {
        let m = DoubleDouble(Double(reference.m))
        if let J = bound.J { consider("J", Double(gradient.J), reference.loss / m, J) }
        consider("db", Double(gradient.db), reference.db / m, bound.db)
        for j in gradient.dw.indices {
            let bound = bound.dw[j] + (addition?[j] ?? 0)
            consider("dw[\(j)]", Double(gradient.dw[j]), reference.dw[j] / m, bound)
        }
    }

    /// Compares a gradient with the one that it must be equal to.
    ///
    /// - Parameter includingJ: whether J must be equal too.
    package init<Scalar>(_ gradient: Gradient<Scalar>, equals exact: Gradient<Scalar>, includingJ: Bool) {
        func consider(_ element: @autoclosure () -> String, _ value: Scalar, _ expected: Scalar) {
            // NaN where NaN is due is right.
            if value == expected || (value.isNaN && expected.isNaN) { return }
            self.consider(element(), Double(value), DoubleDouble(Double(expected)), 0)
        }
        if includingJ { consider("J", gradient.J, exact.J) }
        consider("db", gradient.db, exact.db)
        for j in gradient.dw.indices { consider("dw[\(j)]", gradient.dw[j], exact.dw[j]) }
    }

    /// Keeps the element if it is the first, or worse than the one that was kept.
    private mutating func consider(
        _ element: @autoclosure () -> String, _ value: Double, _ expected: DoubleDouble, _ bound: Double
    ) {
        var candidate = self
        (candidate.value, candidate.expected, candidate.bound) = (value, expected.double, bound)
        // An infinity less itself is NaN, but right.
        candidate.error =
            value == expected.high && !value.isFinite
            ? 0 : (DoubleDouble(value) - expected).high.magnitude
        guard isEmpty || candidate.ratio > ratio else { return }
        candidate.element = element()
        candidate.isEmpty = false
        self = candidate
    }
}
