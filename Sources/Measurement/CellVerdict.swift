/// What the judge says of one implementation on the data of one cell. The clock only hands it on.
public struct CellVerdict: Codable, Sendable, Equatable {
    /// The error of the element that is the worst in terms of its bound.
    public let error: Double

    /// The bound of that error.
    public let bound: Double

    /// error / bound.
    public let ratio: Double

    /// Whether every element is within its bound.
    public let passed: Bool

    /// The element, such as `dw[3]`.
    public let element: String

    /// A verdict.
    public init(error: Double, bound: Double, ratio: Double, passed: Bool, element: String) {
        (self.error, self.bound, self.ratio) = (error, bound, ratio)
        (self.passed, self.element) = (passed, element)
    }

    /// Whether it is a failure where the other is none, or nearer to its bound.
    public func isWorse(than other: CellVerdict) -> Bool {
        passed == other.passed ? ratio > other.ratio : !passed
    }
}
