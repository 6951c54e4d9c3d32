/// What the judge says of one implementation on the data of one cell. The clock only hands it on.
package struct CellVerdict: Codable, Sendable, Equatable {
    /// The error of the element that is the worst in terms of its bound.
    package let error: Double

    /// The bound of that error.
    package let bound: Double

    /// error / bound.
    package let ratio: Double

    /// Whether every element is within its bound.
    package let passed: Bool

    /// The element, such as `dw[3]`.
    package let element: String

    /// A verdict.
    package init(error: Double, bound: Double, ratio: Double, passed: Bool, element: String) {
        (self.error, self.bound, self.ratio) = (error, bound, ratio)
        (self.passed, self.element) = (passed, element)
    }

    /// Whether it is a failure where the other is none, or nearer to its bound.
    package func isWorse(than other: CellVerdict) -> Bool {
        passed == other.passed ? ratio > other.ratio : !passed
    }
}
