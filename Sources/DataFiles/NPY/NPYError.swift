import Problems

/// What is wrong with an NPY file.
package struct NPYError: Error, Equatable {
    /// What can be wrong.
    package enum Problem: Error, Sendable, Equatable {
        /// It cannot be read at all.
        case file(FileProblem)
        /// It does not start as an NPY file does.
        case notNPY
        /// Of a version that is not known.
        case version(major: Int, minor: Int)
        /// The header is broken, in the way given.
        case header(String)
        /// The type of the elements is none of those that are read.
        case type(String)
        /// The shape has more elements than can be counted.
        case hugeShape([Int])
        /// X has neither one dimension nor two.
        case samplesShape([Int])
        /// Y is no row and no column.
        case labelsShape([Int])
        /// The shape has no elements.
        case noValues([Int])
        /// The file ends within the array.
        case truncated(bytes: Int, expected: Int)
        /// The file goes on behind the array.
        case trailing(bytes: Int)
        /// Y has another number of labels than X has samples.
        case counts(labels: Int, samples: Int, shape: [Int], fitsOtherLayout: Bool)
        /// A value that a data set cannot have. `isRounded`: it may have become so as a `Float`.
        case value(DatasetError, isRounded: Bool)
    }

    /// The path, as it was given.
    package let file: String
    /// What is wrong.
    package let problem: Problem
}

extension NPYError: CustomStringConvertible {
    /// Where, what was found, and what was expected.
    package var description: String { "\(file): \(problem)" }
}

extension NPYError.Problem: CustomStringConvertible {
    /// What was found and what was expected.
    package var description: String {
        switch self {
        case .file(let problem): problem.message(expected: "an NPY file")
        case .notNPY: "is no NPY file; expected one that numpy.save wrote"
        case .version(let major, let minor):
            "is an NPY file of version \(major).\(minor); expected 1.0, 2.0 or 3.0"
        case .header(let reason): "has a broken header: \(reason); save the array again"
        case .type(let name):
            "holds elements of type '\(CSVError.shown(name))'; expected float32, float64, bool or integers: "
                + "convert them with astype"
        case .hugeShape(let shape): "has the shape \(tuple(shape)), which no file can hold"
        case .samplesShape(let shape):
            "has the shape \(tuple(shape)); expected two dimensions, samples and features: reshape it"
        case .labelsShape(let shape):
            "has the shape \(tuple(shape)); expected one dimension, with a label for each sample"
        case .noValues(let shape): "has the shape \(tuple(shape)), and so no values; expected at least one"
        case .truncated(let bytes, let expected):
            "ends after \(bytes) bytes of the array; expected \(expected): copy or save it again"
        case .trailing(let bytes):
            "goes on for \(bytes) bytes behind the array; expected one array and nothing else"
        case .counts(let labels, let samples, let shape, let fitsOtherLayout):
            "has \(labels) labels; expected \(samples), one for each sample of X, which has the shape "
                + tuple(shape) + (fitsOtherLayout ? ": the other layout of X would fit" : "")
        case .value(let error, let isRounded):
            isRounded ? "rounded to float, \(error); double has a wider range" : "\(error)"
        }
    }

    /// A shape as Python writes it.
    private func tuple(_ shape: [Int]) -> String {
        "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
    }
}
