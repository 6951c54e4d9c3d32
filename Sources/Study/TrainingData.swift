import DataFiles
import Measurement
import Problems

/// Data that are ready for training.
package struct TrainingData<Scalar: RealScalar> {
    /// The data as they were named.
    package let source: String
    package let names: TableNames
    package let training: Dataset<Scalar>
    package let validation: Dataset<Scalar>?

    /// What was done to both, by mean and deviation of the training set.
    package let standardization: Standardization?
}

extension TrainingData {
    /// Reads, splits and standardizes. Without the latter two a file that can be mapped is not copied.
    ///
    /// - Parameters:
    ///   - validation: the part that becomes the validation set; nil for none.
    ///   - seed: the seed of the split.
    package static func prepare(_ source: DataSource, standardizes: Bool, validation: Double?, seed: UInt64)
        throws -> TrainingData
    {
        guard standardizes else {
            let table = try source.read(as: Scalar.self)
            let parts = try split(table.data, source, validation, seed)
            return TrainingData(
                source: source.name, names: table.names, training: parts.training,
                validation: parts.validation, standardization: nil)
        }
        let table = try source.read(as: Double.self)
        let parts = try TrainingData<Double>.split(table.data, source, validation, seed)
        let standardization = Standardization(parts.training)
        func applied(to data: Dataset<Double>) throws -> Dataset<Scalar> {
            try checkRoom(Dataset<Double>.byteCount(m: data.m, nx: data.nx), source)
            do { return try Dataset(rounding: standardization.applied(to: data)) } catch {
                throw InputError("\(source.name), standardized: \(error)")
            }
        }
        return TrainingData(
            source: source.name, names: table.names, training: try applied(to: parts.training),
            validation: try parts.validation.map(applied), standardization: standardization)
    }

    private static func split(
        _ data: Dataset<Scalar>, _ source: DataSource, _ fraction: Double?, _ seed: UInt64
    ) throws -> (training: Dataset<Scalar>, validation: Dataset<Scalar>?) {
        guard let fraction else { return (data, nil) }
        guard data.m > 1 else {
            throw InputError("\(source.name): has one sample, which cannot be split; leave --validation out")
        }
        try checkRoom(data.byteCount, source)
        let parts = try Dataset<Scalar>.split(m: data.m, validation: fraction, seed: seed)
        return (try data.subset(parts.training), try data.subset(parts.validation))
    }

    /// To ask for more memory than there is would end the program.
    private static func checkRoom(_ bytes: Int, _ source: DataSource) throws(InputError) {
        guard bytes > Memory.availableBytes else { return }
        throw InputError(
            "\(source.name): a copy takes \(bytes >> 20) MiB, and \(Memory.availableBytes >> 20) MiB "
                + "of memory are free; give a part of the data, or leave out --standardize and --validation")
    }
}
