import Problems

/// Samples without labels, with the names that their file gives: what a model predicts from.
package struct SampleTable<Scalar: RealScalar>: Sendable {
    /// The names of the n_x features, in the order of X.
    package let features: [String]

    /// X: feature j of sample i is at `i * nx + j`. All values are finite.
    package let x: AlignedBuffer<Scalar>

    /// Samples of finite values, `features.count` each.
    init(features: [String], x: AlignedBuffer<Scalar>) { (self.features, self.x) = (features, x) }

    /// The number of samples.
    package var m: Int { x.count / nx }

    /// The number of features in one sample.
    package var nx: Int { features.count }

    /// The features of sample `i`, 0 ≤ i < m. Valid as long as the table is held.
    package func sample(_ i: Int) -> UnsafeBufferPointer<Scalar> {
        UnsafeBufferPointer(start: x.base + i * nx, count: nx)
    }
}

extension LabelledTable {
    /// The same without the labels.
    package var samples: SampleTable<Scalar> { SampleTable(features: features, x: data.x) }
}
