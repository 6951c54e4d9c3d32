import Problems

/// The names that a file gives to its features and its labels.
package struct TableNames: Sendable, Equatable {
    /// The names of the n_x features, in the order of X.
    package let features: [String]

    /// The name of the label.
    package let label: String

    /// The word for the label 0.
    package let negative: String

    /// The word for the label 1.
    package let positive: String

    package init(features: [String], label: String, negative: String = "0", positive: String = "1") {
        (self.features, self.label) = (features, label)
        (self.negative, self.positive) = (negative, positive)
    }

    /// The names of features that have none in their file: x1, x2 and so on.
    static func numbered(_ count: Int) -> [String] { (0..<count).map { "x\($0 + 1)" } }

    /// The word for the label 0 where the file has none.
    static func opposite(of positive: String) -> String { "not \(positive)" }
}

/// A data set with the names that its file gives.
package struct LabelledTable<Scalar: RealScalar>: Sendable {
    package let names: TableNames

    /// X and Y.
    package let data: Dataset<Scalar>

    /// X and Y of a file, checked as a data set is.
    init(
        _ names: TableNames, x: AlignedBuffer<Scalar>, y: AlignedBuffer<Scalar>
    ) throws(DatasetError) {
        self.names = names
        data = try Dataset(x: x, y: y, nx: names.features.count)
    }

    /// The names of the n_x features, in the order of X.
    package var features: [String] { names.features }

    /// The name of the label.
    package var label: String { names.label }

    /// The word for the label 0.
    package var negative: String { names.negative }

    /// The word for the label 1.
    package var positive: String { names.positive }

    /// The same without the labels.
    package var samples: SampleTable<Scalar> { SampleTable(features: features, x: data.x) }
}

/// Samples without labels, with the names that their file gives: what a model predicts from.
package struct SampleTable<Scalar: RealScalar>: Sendable {
    /// The names of the n_x features, in the order of X.
    package let features: [String]

    /// X: feature j of sample i is at `i * nx + j`. All values are finite.
    package let x: AlignedBuffer<Scalar>

    /// The number of samples.
    package var m: Int { x.count / nx }

    /// The number of features in one sample.
    package var nx: Int { features.count }

    /// The features of sample `i`, 0 ≤ i < m. Valid as long as the table is held.
    package func sample(_ i: Int) -> UnsafeBufferPointer<Scalar> {
        UnsafeBufferPointer(start: x.base + i * nx, count: nx)
    }
}
