import Foundation
import Problems

/// Arrays as NumPy saves them: X in one file, Y in another.
///
/// Elements may be float32, float64, bool, or integers of 1 to 8 bytes, in either byte order; arrays in C
/// or in Fortran order. Each value is rounded to the nearest `Scalar`.
package struct NPY: Sendable, Equatable {
    /// The meaning of the first index of X.
    package enum Layout: Sendable {
        /// X is m × n_x, as is usual in Python.
        case samplesFirst
        /// X is n_x × m, a sample in each column, as in the formulas.
        case featuresFirst
    }

    package let layout: Layout

    package init(layout: Layout = .samplesFirst) { self.layout = layout }

    /// Reads X and Y.
    ///
    /// X of one dimension is m × 1. Y has one dimension, or is m × 1 or 1 × m; its values are 0 and 1, of
    /// any type. Where the file of X holds exactly the bytes that memory is to hold (elements of `Scalar`,
    /// sample after sample, from a multiple of 64 bytes on, as every new NumPy writes it) it is mapped, not
    /// read: it may be larger than the memory, and must not become shorter while it is used.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        x xPath: String, y yPath: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> LabelledTable<Scalar> {
        let samples = try Samples(xPath, layout)
        let y: AlignedBuffer<Scalar> = try labels(yPath, for: samples)
        let x: AlignedBuffer<Scalar> = try samples.rows()
        do {
            return try LabelledTable(TableNames(features: samples.features, label: "y"), x: x, y: y)
        } catch {
            throw samples.error(error, in: Scalar.kind)
        }
    }

    /// Reads X alone, in the way of `read`.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func readSamples<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(FileError) -> SampleTable<Scalar> {
        let samples = try Samples(path, layout)
        let x: AlignedBuffer<Scalar> = try samples.rows()
        do {
            try Dataset.checkFinite(x, nx: samples.nx)
        } catch {
            throw samples.error(error, in: Scalar.kind)
        }
        return SampleTable(features: samples.features, x: x)
    }

    private func labels<Scalar: RealScalar>(
        _ path: String, for samples: borrowing Samples
    ) throws(FileError) -> AlignedBuffer<Scalar> {
        let file = try NPYFile(path)
        let shape = file.header.shape
        guard shape.count == 1 || shape.count == 2 && shape.contains(1) else {
            throw FileError(
                path,
                "has the shape \(NPYHeader.tuple(shape)); expected one dimension, with a label for each sample"
            )
        }
        guard file.count == samples.m else {
            throw FileError(
                path,
                "has \(file.count) labels; expected \(samples.m), one for each sample of X, which has the shape "
                    + NPYHeader.tuple(samples.file.header.shape)
                    + (file.count == samples.nx ? ": the other layout of X would fit" : ""))
        }
        // As Double, in which 1.00000001 is not 1.
        let values: AlignedBuffer<Double> = try file.rows(of: 1, isTransposed: false)
        let buffer = AlignedBuffer<Scalar>(zeros: values.count)
        for sample in 0..<values.count {
            let value = values.base[sample]
            guard value == 0 || value == 1 else {
                throw FileError(path, "\(DatasetError.label(sample: sample, value: value))")
            }
            buffer.base[sample] = Scalar(value)
        }
        return withExtendedLifetime(values) { buffer }
    }

    /// The file of X, and the meaning of its shape.
    private struct Samples: ~Copyable {
        let file: NPYFile
        let m: Int
        let nx: Int
        /// Whether the file holds feature after feature.
        private let isTransposed: Bool

        init(_ path: String, _ layout: Layout) throws(FileError) {
            let file = try NPYFile(path)
            let shape = file.header.shape
            guard shape.count == 1 || shape.count == 2 else {
                throw FileError(
                    path,
                    "has the shape \(NPYHeader.tuple(shape)); expected two dimensions, samples and features: "
                        + "reshape it")
            }
            let (rows, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
            let isTurned = layout == .featuresFirst && shape.count == 2
            (m, nx) = isTurned ? (columns, rows) : (rows, columns)
            isTransposed = isTurned != file.header.isFortranOrder
            self.file = file
        }

        var features: [String] { TableNames.numbered(nx) }

        func rows<Scalar: RealScalar>() throws(FileError) -> AlignedBuffer<Scalar> {
            try file.rows(of: nx, isTransposed: isTransposed)
        }

        /// The error for values that a data set cannot have, as `scalar`.
        func error(_ error: DatasetError, in scalar: ScalarKind) -> FileError {
            // Rounding makes infinities, but no NaN.
            if case .notFinite(_, _, let value) = error, value.isInfinite, scalar == .float,
                file.header.type.size == 8
            {
                return FileError(file.path, "rounded to float, \(error); double has a wider range")
            }
            return FileError(file.path, "\(error)")
        }
    }

    /// A file with an array in C order, as numpy.load reads it.
    ///
    /// - Parameters:
    ///   - values: the elements, the last index moving fastest.
    ///   - shape: one length for each dimension; their product is the number of elements.
    package static func encode<Scalar: RealScalar>(_ values: AlignedBuffer<Scalar>, shape: [Int]) -> Data {
        precondition(shape.reduce(1, *) == values.count, "\(values.count) values for the shape \(shape)")
        let order = UInt16(1).bigEndian == 1 ? ">" : "<"
        var data = Data(NPYHeader.encoded(type: "\(order)f\(Scalar.kind.size)", shape: shape))
        data.append(contentsOf: UnsafeRawBufferPointer(values.elements))
        return data
    }
}
