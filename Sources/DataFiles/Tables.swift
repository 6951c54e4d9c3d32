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

    /// The columns of words that became a feature for each word.
    package let oneHot: [OneHot]

    package init(
        features: [String], label: String, negative: String = "0", positive: String = "1",
        oneHot: [OneHot] = []
    ) {
        (self.features, self.label) = (features, label)
        (self.negative, self.positive, self.oneHot) = (negative, positive, oneHot)
    }

    /// The names of the columns that the features come from.
    package var columns: Set<String> {
        let fromWords = Set(oneHot.flatMap(\.features))
        return Set(features.filter { !fromWords.contains($0) } + oneHot.map(\.column))
    }

    /// The names of features that have none in their file: x1, x2 and so on.
    static func numbered(_ count: Int) -> [String] { (0..<count).map { "x\($0 + 1)" } }

    /// The word for the label 0 where the file has none.
    static func opposite(of positive: String) -> String { "not \(positive)" }
}

/// A column of words of which each becomes a feature, 1 in the samples that have the word and 0 in the others.
package struct OneHot: Sendable, Equatable, Codable {
    package let column: String
    /// In the order of the features.
    package let words: [String]

    package init(column: String, words: [String]) { (self.column, self.words) = (column, words) }

    /// Their names, as in "colour=red".
    package var features: [String] { words.map { "\(column)=\($0)" } }
}

/// A data set with the names that its file gives.
package struct LabelledTable<Scalar: RealScalar>: Sendable {
    package let names: TableNames

    /// X and Y.
    package let data: Dataset<Scalar>

    /// A line for each thing that was left out or filled in.
    package let notes: [String]

    /// The places in X of missing values, which have the mean of their feature.
    package let missing: [Int]

    /// X and Y of a file, checked as a data set is.
    init(
        _ names: TableNames, x: AlignedBuffer<Scalar>, y: AlignedBuffer<Scalar>, notes: [String] = [],
        missing: [Int] = []
    ) throws(DatasetError) {
        (self.names, self.notes, self.missing) = (names, notes, missing)
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

    /// A line for each thing that was left out or filled in.
    package var notes: [String] = []

    /// The names of the samples: that of their column, and one for each sample; nil where they have none.
    package var ids: (name: String, values: [String])?

    /// The number of samples.
    package var m: Int { x.count / nx }

    /// The number of features in one sample.
    package var nx: Int { features.count }

    /// The features of sample `i`, 0 ≤ i < m. Valid as long as the table is held.
    package func sample(_ i: Int) -> UnsafeBufferPointer<Scalar> {
        UnsafeBufferPointer(start: x.base + i * nx, count: nx)
    }
}
