import Problems

/// The treatment of missing values in the data of a model.
package struct MissingValues: Sendable, Equatable, Codable {
    package let rule: CSV.Missing
    /// For `mean`: the means of the features in training.
    package let means: [Double]?

    package init(rule: CSV.Missing, means: [Double]?) { (self.rule, self.means) = (rule, means) }
}

/// A model with all that is needed to use it: the contents of a model file.
package struct TrainedModel: Sendable, Equatable {
    /// The samples that were left for validation: a part of the data, drawn by a seed.
    package struct Validation: Sendable, Equatable, Codable {
        package let part: Double
        package let seed: UInt64
        /// How many they are.
        package let m: Int

        package init(part: Double, seed: UInt64, m: Int) { (self.part, self.seed, self.m) = (part, seed, m) }
    }

    /// How a model came about.
    package struct Training: Sendable, Equatable, Codable {
        /// The data, as they were named.
        package let data: String
        /// The samples that it was trained on.
        package let m: Int
        /// Those that it was not; nil where there are none, or an earlier version of the program wrote the model.
        package let validation: Validation?
        /// The rung that computed the steps.
        package let implementation: String
        /// The type that it computed in.
        package let scalar: ScalarKind
        /// α.
        package let alpha: Double
        /// λ; nil for 0.
        package let l2: Double?
        /// How the weights were drawn, and from what seed; nil for logistic regression, which starts from 0.
        package let initialization: Initialization?
        package let seed: UInt64?
        /// Updates from there.
        package let iterations: Int
        /// Why it ended: `iterations`, `tolerance` or `cancelled`.
        package let end: String
        /// J after the last update.
        package let cost: Double
        /// The fraction of the samples whose label it finds.
        package let accuracy: Double?

        package init(
            data: String, m: Int, validation: Validation? = nil, implementation: String, scalar: ScalarKind,
            alpha: Double, l2: Double? = nil,
            initialization: Initialization? = nil, seed: UInt64? = nil, iterations: Int, end: String,
            cost: Double, accuracy: Double?
        ) {
            (self.data, self.m, self.validation) = (data, m, validation)
            (self.implementation, self.scalar) = (implementation, scalar)
            (self.alpha, self.l2, self.initialization, self.seed) = (alpha, l2, initialization, seed)
            (self.iterations, self.end) = (iterations, end)
            (self.cost, self.accuracy) = (cost, accuracy)
        }
    }

    /// The parameters; for standardized features where there is a standardization. A `Float` is exact in them.
    package let model: Model<Double>

    /// The network whose parameters they are.
    package let network: Network

    /// The names of features and labels; one for each feature.
    package let names: TableNames

    /// Applied to each feature first.
    package let standardization: Standardization?

    /// The treatment of missing values before that; nil where there may be none.
    package let missing: MissingValues?

    /// How it came about.
    package let training: Training

    /// A model of features and labels with names.
    ///
    /// - Parameter file: the name of the model in errors.
    /// - Throws: `FileError` where a value is not finite, as after a descent that diverged.
    package init<Scalar: RealScalar>(
        _ model: Model<Scalar>, of network: Network = .logistic, _ names: TableNames,
        standardization: Standardization?, missing: MissingValues? = nil, training: Training, for file: String
    ) throws(FileError) {
        self.model = Model(parameters: model.parameters.map { Double($0) })
        (self.network, self.names) = (network, names)
        (self.standardization, self.missing, self.training) = (standardization, missing, training)
        try check(file)
    }

    init(_ stored: StoredModel, of file: String) throws(FileError) {
        (model, network) = (try stored.model(of: file), stored.network ?? .logistic)
        names = TableNames(
            features: stored.features, label: stored.label.name, negative: stored.label.negative,
            positive: stored.label.positive, oneHot: stored.oneHot ?? [])
        (standardization, missing, training) = (stored.standardization, stored.missing, stored.training)
        try check(file)
    }

    /// The parameters by their names.
    package var shape: Shape { Shape(1, names.features.count, hidden: network.hidden) }

    /// Throws where the parts do not fit together.
    private func check(_ file: String) throws(FileError) {
        func fit(_ field: String, _ count: Int) throws(FileError) {
            guard count != nx else { return }
            throw FileError(
                file,
                "\(field) has \(count) entries; expected \(nx), "
                    + (network.hidden.isEmpty ? "as many as w" : "as many as features"))
        }
        func finite(_ field: String, _ value: Double) throws(FileError) {
            guard !value.isFinite else { return }
            throw FileError(file, "\(field) is \(value); expected a finite number")
        }
        let nx = network.hidden.isEmpty ? model.parameters.count - 1 : names.features.count
        guard nx > 0 else { throw FileError(file, "w is empty; expected a weight for each feature") }
        try fit("features", names.features.count)
        precondition(model.parameters.count == shape.parameterCount, "parameters of another network")
        if let j = model.parameters.firstIndex(where: { !$0.isFinite }) {
            try finite(shape.parameterName(j), model.parameters[j])
        }
        try finite("training.cost", training.cost)
        if let part = training.validation?.part, !(part > 0 && part < 1) {
            throw FileError(file, "training.validation.part is \(part); expected more than 0 and less than 1")
        }
        if let means = missing?.means {
            try fit("missing.means", means.count)
            for j in 0..<nx { try finite("missing.means[\(j)]", means[j]) }
        }
        let features = Set(names.features)
        if let word = names.oneHot.flatMap(\.features).first(where: { !features.contains($0) }) {
            throw FileError(
                file, "oneHot has '\(word.shown)', which is none of the features; expected one of them")
        }
        guard let (means, deviations) = standardization.map({ ($0.means, $0.deviations) }) else { return }
        try fit("standardization.means", means.count)
        try fit("standardization.deviations", deviations.count)
        for j in 0..<nx { try finite("standardization.means[\(j)]", means[j]) }
        for j in 0..<nx {
            try finite("standardization.deviations[\(j)]", deviations[j])
            guard deviations[j] >= 0 else {
                throw FileError(
                    file, "standardization.deviations[\(j)] is below 0; expected 0 or greater")
            }
        }
    }
}

extension TrainedModel {
    /// The linear part z of each sample, of which σ(z) is P(y = 1 | x); the features are standardized first where the
    /// model has a standardization. Computed in `Double`. NaN only where a sample is so far out that infinities meet.
    ///
    /// - Parameter x: n_x features of a sample, then those of the next.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func linear<Scalar: RealScalar>(_ x: UnsafeBufferPointer<Scalar>) -> [Double] {
        let nx = names.features.count
        precondition(x.count % nx == 0, "\(x.count) values, for \(nx) features of a sample")
        // A part at a time, of some megabytes at the most, since all may be more than the memory holds as `Double`.
        let part = max(16, (1 << 18) / nx / 16 * 16) * nx
        var z: [Double] = []
        z.reserveCapacity(x.count / nx)
        for first in stride(from: 0, to: x.count, by: part) {
            let values = (first..<min(first + part, x.count)).map { i in
                standardization?.applied(to: Double(x[i]), feature: i % nx) ?? Double(x[i])
            }
            z += values.withUnsafeBufferPointer { network.linear($0, nx: nx, at: model) }
        }
        return z
    }

    /// Checks that samples with the features of a file can be given to it.
    ///
    /// Names are compared where both the model and the file of the samples have some: x1, x2 and so on,
    /// which stand for none, fit all.
    ///
    /// - Throws: `FileError` naming the first feature that differs.
    package func check(features found: [String], of file: String) throws(FileError) {
        let features = names.features
        guard found.count == features.count else {
            let (extra, missing) = (
                found.filter { !features.contains($0) }, features.filter { !found.contains($0) }
            )
            var hints: [String] = []
            if !extra.isEmpty, extra.count < found.count { hints.append("not the model's: \(list(extra))") }
            if !missing.isEmpty, missing.count < features.count {
                hints.append("missing: \(list(missing))")
            }
            throw FileError(
                file,
                "has \(found.count) \(found.count == 1 ? "feature" : "features"); the model was trained on "
                    + "\(features.count)"
                    + (hints.isEmpty ? "" : " (" + hints.joined(separator: "; ") + ")"))
        }
        let none = TableNames.numbered(found.count)
        guard found != none, features != none,
            let j = found.indices.first(where: { found[$0] != features[$0] })
        else { return }
        throw FileError(
            file,
            "feature \(j + 1) is '\(found[j].shown)'; expected '\(features[j].shown)', as in the model: "
                + "give the columns in its order")
    }

    private func list(_ names: [String]) -> String {
        names.prefix(6).map { "'\($0.shown)'" }.joined(separator: ", ")
            + (names.count > 6 ? " and \(names.count - 6) more" : "")
    }

    /// The words by which a CSV file has the labels; nil where they are the numbers 0 and 1.
    package var words: CSV.Words? {
        if (names.negative, names.positive) == ("0", "1") { return nil }
        let isKnown = names.negative != TableNames.opposite(of: names.positive)
        return CSV.Words(positive: names.positive, negative: isKnown ? names.negative : nil)
    }

    /// The type that data for it are read as: as they were in training, where standardizing them took `Double`.
    package var dataScalar: ScalarKind { standardization == nil ? training.scalar : .double }

    /// The word for the label that a probability stands for.
    ///
    /// - Parameter threshold: the least probability of the label 1.
    package func word(for probability: Double, threshold: Double = 0.5) -> String {
        probability >= threshold ? names.positive : names.negative
    }
}
