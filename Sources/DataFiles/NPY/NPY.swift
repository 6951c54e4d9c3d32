import Foundation
import Problems

/// Arrays as NumPy saves them: X in one file, Y in another.
///
/// Elements may be float32, float64, bool, or integers of 1 to 8 bytes, in either byte order; arrays in C
/// or in Fortran order. Each value is rounded to the nearest `Scalar`.
package struct NPY: Sendable, Equatable {
    /// What the first index of X counts.
    package enum Layout: Sendable {
        /// X is m × n_x, as is usual in Python.
        case samplesFirst
        /// X is n_x × m, a sample in each column, as in the formulas.
        case featuresFirst
    }

    /// What the first index of X counts.
    package let layout: Layout

    /// How to read files.
    package init(layout: Layout = .samplesFirst) { self.layout = layout }

    /// Reads X and Y.
    ///
    /// X of one dimension is m × 1. Y has one dimension, or is m × 1 or 1 × m; its values are 0 and 1, of
    /// any type. Where the file of X holds just what is wanted in memory (elements of `Scalar`, sample
    /// after sample, from a multiple of 64 bytes on, as every new NumPy writes it) it is mapped, not
    /// read: it may be larger than the memory, and must not become shorter while it is used.
    ///
    /// - Throws: `NPYError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func read<Scalar: RealScalar>(
        x xPath: String, y yPath: String, as scalar: Scalar.Type = Scalar.self
    ) throws(NPYError) -> LabelledTable<Scalar> {
        let samples = try Self.naming(xPath) { () throws(NPYError.Problem) in try Samples(xPath, layout) }
        let y: AlignedBuffer<Scalar> = try Self.naming(yPath) { () throws(NPYError.Problem) in
            try labels(yPath, for: samples)
        }
        return try Self.naming(xPath) { () throws(NPYError.Problem) in
            let x: AlignedBuffer<Scalar> = try samples.file.rows(
                of: samples.nx, isTransposed: samples.isTransposed)
            do throws(DatasetError) {
                let data = try Dataset(x: x, y: y, nx: samples.nx)
                return LabelledTable(
                    features: LabelledTable<Scalar>.numbered(data.nx), label: "y", data: data)
            } catch {
                throw samples.problem(error, in: Scalar.kind)
            }
        }
    }

    /// Reads X alone, in the way of `read`.
    ///
    /// - Throws: `NPYError` naming the file and the first thing that is wrong.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func readSamples<Scalar: RealScalar>(
        _ path: String, as scalar: Scalar.Type = Scalar.self
    ) throws(NPYError) -> SampleTable<Scalar> {
        try Self.naming(path) { () throws(NPYError.Problem) in
            let samples = try Samples(path, layout)
            let x: AlignedBuffer<Scalar> = try samples.file.rows(
                of: samples.nx, isTransposed: samples.isTransposed)
            do throws(DatasetError) {
                try Dataset.checkFinite(x, nx: samples.nx)
            } catch {
                throw samples.problem(error, in: Scalar.kind)
            }
            return SampleTable(features: LabelledTable<Scalar>.numbered(samples.nx), x: x)
        }
    }

    private func labels<Scalar: RealScalar>(
        _ path: String, for samples: borrowing Samples
    ) throws(NPYError.Problem) -> AlignedBuffer<Scalar> {
        let file = try NPYFile(path)
        let shape = file.header.shape
        guard shape.count == 1 || shape.count == 2 && shape.contains(1) else { throw .labelsShape(shape) }
        guard file.count == samples.m else {
            throw .counts(
                labels: file.count, samples: samples.m, shape: samples.file.header.shape,
                fitsOtherLayout: file.count == samples.nx)
        }
        // As Double, in which 1.00000001 is not 1.
        let values: AlignedBuffer<Double> = try file.rows(of: 1, isTransposed: false)
        let buffer = AlignedBuffer<Scalar>(zeros: values.count)
        for sample in 0..<values.count {
            let value = values.base[sample]
            guard value == 0 || value == 1 else {
                throw .value(.label(sample: sample, value: value), isRounded: false)
            }
            buffer.base[sample] = Scalar(value)
        }
        return withExtendedLifetime(values) { buffer }
    }

    /// The file of X, and how its shape is to be understood.
    private struct Samples: ~Copyable {
        let file: NPYFile
        let m: Int
        let nx: Int
        /// Whether the file holds feature after feature.
        let isTransposed: Bool

        init(_ path: String, _ layout: Layout) throws(NPYError.Problem) {
            let file = try NPYFile(path)
            let shape = file.header.shape
            guard shape.count == 1 || shape.count == 2 else { throw .samplesShape(shape) }
            let (rows, columns) = (shape[0], shape.count == 2 ? shape[1] : 1)
            let isTurned = layout == .featuresFirst && shape.count == 2
            (m, nx) = isTurned ? (columns, rows) : (rows, columns)
            isTransposed = isTurned != file.header.isFortranOrder
            self.file = file
        }

        /// What is wrong with the values, as `scalar`.
        func problem(_ error: DatasetError, in scalar: ScalarKind) -> NPYError.Problem {
            // Rounding makes infinities, but no NaN.
            if case .notFinite(_, _, let value) = error, value.isNaN {
                return .value(error, isRounded: false)
            }
            return .value(error, isRounded: scalar == .float && file.header.type.size == 8)
        }
    }

    private static func naming<Value>(
        _ path: String, _ body: () throws(NPYError.Problem) -> Value
    ) throws(NPYError) -> Value where Value: ~Copyable {
        do {
            return try body()
        } catch {
            throw NPYError(file: path, problem: error)
        }
    }
}

extension NPY {
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
