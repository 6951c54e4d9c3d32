import DataFiles
import LogisticRegression

/// The linear part z of samples by a model.
enum Scores {
    /// z for each sample.
    ///
    /// - Throws: `InputError` where the samples are not the model's, or one is so far out that z is no
    ///   number.
    static func of<Scalar: RealScalar>(
        _ table: SampleTable<Scalar>, _ model: TrainedModel, _ choice: DataChoice
    ) throws(InputError) -> [Double] {
        do throws(MisfitError) {
            try model.check(features: table.features)
        } catch {
            throw InputError(message: "\(choice.name): \(error)")
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
