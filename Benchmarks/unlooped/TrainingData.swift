import DataFiles
import Problems
import Measurement

/// Data that are ready for training.
struct TrainingData<Scalar: RealScalar> {
    /// As they were named on the command line.
    let source: String
    /// What features and labels are called.
    let names: TableNames
    /// What is trained on.
    let training: Dataset<Scalar>
    /// What is kept aside.
    let validation: Dataset<Scalar>?
    /// What was done to both, as the samples of training have it.
    let standardization: Standardization?
}

extension TrainingData {
    /// Reads, splits and standardizes. Without the latter two a file that can be mapped is not copied.
    ///
    /// - Parameters:
    ///   - validation: the part that is kept aside; nil for none.
    ///   - seed: what the split follows from.
    static func prepare(
        _ choice: DataChoice, standardizes: Bool, validation: Double?, seed: UInt64
    ) throws -> TrainingData {
        guard standardizes else {
            let table = try choice.read(as: Scalar.self)
            let parts = try split(table.data, choice, validation, seed)
            return TrainingData(
                source: choice.name, names: table.names, training: parts.training,
                validation: parts.validation, standardization: nil)
        }
        let table = try choice.read(as: Double.self)
        let parts = try TrainingData<Double>.split(table.data, choice, validation, seed)
        let standardization = Standardization(parts.training)
        func applied(to data: Dataset<Double>) throws -> Dataset<Scalar> {
            try checkRoom(Dataset<Double>.byteCount(m: data.m, nx: data.nx), choice)
            do {
                return try Dataset(rounding: standardization.applied(to: data))
            } catch {
                throw InputError(message: "\(choice.name), standardized: \(error)")
            }
        }
        return TrainingData(
            source: choice.name, names: table.names, training: try applied(to: parts.training),
            validation: try parts.validation.map(applied), standardization: standardization)
    }

    private static func split(
        _ data: Dataset<Scalar>, _ choice: DataChoice, _ fraction: Double?, _ seed: UInt64
    ) throws -> (training: Dataset<Scalar>, validation: Dataset<Scalar>?) {
        guard let fraction else { return (data, nil) }
        guard data.m > 1 else {
            throw InputError(
                message: "\(choice.name): has one sample, which cannot be split; leave --validation out")
        }
        try checkRoom(data.byteCount, choice)
        let parts = try Dataset<Scalar>.split(m: data.m, validation: fraction, seed: seed)
        return (try data.subset(parts.training), try data.subset(parts.validation))
    }

    /// To ask for more memory than there is would end the program.
    private static func checkRoom(_ bytes: Int, _ choice: DataChoice) throws(InputError) {
        guard bytes > Memory.availableBytes else { return }
        throw InputError(
            message:
                "\(choice.name): a copy takes \(bytes >> 20) MiB, and \(Memory.availableBytes >> 20) MiB "
                + "of memory are free; give a part of the data, or leave out --standardize and --validation")
    }
}
