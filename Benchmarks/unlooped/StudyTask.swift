import Agreement
import DataFiles
import Problems

/// A data set that the study trains on, and what is known of the run on it.
struct StudyTask {
    /// The data set, in words.
    let dataset: String

    /// What is trained on.
    let training: Dataset<Double>

    /// Other samples, for testing.
    let testing: Dataset<Double>?

    /// Updates.
    let iterations: Int

    /// α.
    let learningRate: Double

    /// The same run, computed outside of Swift; empty where that has another number of updates.
    let exact: [RunFixture]

    /// By what, in words.
    let source: String

    /// How far J may be off in `Double`, in parts of it; nil where a bound is derived.
    let tolerance: Double?
}

extension StudyTask {
    /// The built-in data, standardized.
    static func wisconsin(iterations: Int) throws -> StudyTask {
        let table = try CSV(label: .name("malignant")).read(try Resources.data("wdbc.csv"), as: Double.self)
        return StudyTask(
            dataset: "wdbc (breast cancer, Wisconsin), standardized",
            training: try Standardization(table.data).applied(to: table.data), testing: nil,
            iterations: iterations, learningRate: 0.1,
            exact: try Fixture.runs().filter { $0.steps == iterations },
            source: "values computed outside of Swift, with 38 digits", tolerance: nil)
    }

    /// T-shirts and shirts, for which 2/L is 0.0542.
    ///
    /// - Parameter iterations: 500 is what NumPy's run has.
    static func fashionMNIST(iterations: Int) throws -> StudyTask {
        func data(_ part: FashionMNIST) throws -> Dataset<Double> {
            let files = try part.files()
            let (negative, positive) = FashionMNIST.classes
            return try IDX(negative: negative, positive: positive)
                .read(images: files.images, labels: files.labels).data
        }
        return StudyTask(
            dataset: "fashion-mnist (T-shirts and shirts), pixels from 0 to 1", training: try data(.training),
            testing: try data(.testing), iterations: iterations, learningRate: 0.05,
            exact: try Fixture.fashionRuns().filter { $0.steps == iterations }, source: "NumPy's, in double",
            tolerance: 1e-10)
    }
}
