public import LogisticRegression

/// An implementation, prepared for the data of a cell, that is to be timed.
public struct Contestant<Scalar: RealScalar> {
    /// The implementation.
    public let implementation: any Implementation<Scalar>

    /// What the judge said of it on these data; nil where it was not asked. One that failed is not timed.
    public let verdict: CellVerdict?

    /// A contestant.
    public init(_ implementation: any Implementation<Scalar>, verdict: CellVerdict?) {
        (self.implementation, self.verdict) = (implementation, verdict)
    }
}
