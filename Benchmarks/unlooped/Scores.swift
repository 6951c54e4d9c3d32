import DataFiles
import Problems
import Measurement

/// The linear part z of samples by a model.
enum Scores {
    /// z for each sample.
    ///
    /// - Parameter bytes: what a sample takes of memory here, and later on.
    /// - Throws: `FileError` where the samples are not the model's; `InputError` where there is no room for
    ///   what comes of them, or one is so far out that z is no number.
    static func of<Scalar: RealScalar>(
        _ table: SampleTable<Scalar>, _ model: TrainedModel, _ choice: DataChoice,
        bytesPerSample bytes: Int = MemoryLayout<Double>.size
    ) throws -> [Double] {
        try model.check(features: table.features, of: choice.name)
        // Samples in a mapped file can be more than the memory holds numbers for.
        guard table.m <= Memory.availableBytes / bytes else {
            throw InputError(
                message: "\(choice.name): has \(table.m) samples, which take \(bytes) bytes each, and "
                    + "\(ByteCount(Memory.availableBytes)) of memory are free; give a part of the data")
        }
        let z = (0..<table.m).map { model.linear(table.sample($0)) }
        if let i = z.firstIndex(where: \.isNaN) {
            throw InputError(
                message: "\(choice.name): sample \(i + 1) has values so large that z = wᵀx + b is no number; "
                    + "expected values like those that the model was trained on")
        }
        return z
    }
}
