import Problems

/// A model with all that is needed to use it: what a model file holds.
package struct TrainedModel: Sendable, Equatable {
    /// How it came about.
    package struct Training: Sendable, Equatable, Codable {
        /// The data, as they were named.
        package let data: String
        /// The samples that it was trained on.
        package let m: Int
        /// The rung that computed the steps.
        package let implementation: String
        /// The type that it computed in.
        package let scalar: ScalarKind
        /// α.
        package let alpha: Double
        /// Updates from w = 0, b = 0.
        package let iterations: Int
        /// Why it ended: `iterations`, `tolerance` or `cancelled`.
        package let end: String
        /// J after the last update.
        package let cost: Double
        /// The part of the samples whose label it finds.
        package let accuracy: Double

        /// Facts of a training.
        package init(
            data: String, m: Int, implementation: String, scalar: ScalarKind, alpha: Double, iterations: Int,
            end: String, cost: Double, accuracy: Double
        ) {
            (self.data, self.m, self.implementation, self.scalar) = (data, m, implementation, scalar)
            (self.alpha, self.iterations, self.end) = (alpha, iterations, end)
            (self.cost, self.accuracy) = (cost, accuracy)
        }
    }

    /// w and b; for standardized features where there is a standardization. A `Float` is exact in them.
    package let model: Model<Double>

    /// What features and labels are called; a name for each weight.
    package let names: TableNames

    /// What is done to each feature first.
    package let standardization: Standardization?

    /// How it came about.
    package let training: Training

    /// A model of features and labels with names.
    ///
    /// - Throws: `ModelFileError.Problem` where a value is not finite, as after a descent that went astray.
    package init<Scalar: RealScalar>(
        _ model: Model<Scalar>, _ names: TableNames, standardization: Standardization?,
        training: Training
    ) throws(ModelFileError.Problem) {
        self.model = Model(w: model.w.map { Double($0) }, b: Double(model.b))
        (self.names, self.standardization, self.training) = (names, standardization, training)
        try check()
    }

    init(_ stored: StoredModel) throws(ModelFileError.Problem) {
        model = Model(w: stored.w, b: stored.b)
        names = TableNames(
            features: stored.features, label: stored.label.name, negative: stored.label.negative,
            positive: stored.label.positive)
        (standardization, training) = (stored.standardization, stored.training)
        try check()
    }

    /// Throws where the parts do not fit together.
    private func check() throws(ModelFileError.Problem) {
        let nx = model.w.count
        guard nx > 0 else { throw .field("w", "is empty; expected a weight for each feature") }
        func fit(_ field: String, _ count: Int) throws(ModelFileError.Problem) {
            if count != nx { throw .field(field, "has \(count) entries; expected \(nx), as many as w") }
        }
        func finite(_ field: String, _ values: [Double]) throws(ModelFileError.Problem) {
            if let j = values.firstIndex(where: { !$0.isFinite }) {
                throw .field("\(field)[\(j)]", "is \(values[j]); expected a finite number")
            }
        }
        try fit("features", names.features.count)
        try finite("w", model.w)
        if !model.b.isFinite { throw .field("b", "is \(model.b); expected a finite number") }
        if !training.cost.isFinite {
            throw .field("training.cost", "is \(training.cost); expected a finite number")
        }
        guard let standardization else { return }
        try fit("standardization.means", standardization.means.count)
        try fit("standardization.deviations", standardization.deviations.count)
        try finite("standardization.means", standardization.means)
        try finite("standardization.deviations", standardization.deviations)
        if let j = standardization.deviations.firstIndex(where: { $0 < 0 }) {
            throw .field("standardization.deviations[\(j)]", "is below 0; expected 0 or greater")
        }
    }
}

extension TrainedModel {
    /// The linear part z = wᵀx + b of a sample of n_x features, which are standardized first where the
    /// model wants them so. Computed in `Double`. NaN only where the sample is so far out that infinities
    /// meet.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package func linear<Scalar: RealScalar>(_ x: UnsafeBufferPointer<Scalar>) -> Double {
        precondition(x.count == model.w.count, "a sample of \(x.count) features for \(model.w.count)")
        var z = model.b
        for j in x.indices {
            let value = Double(x[j])
            z += model.w[j] * (standardization?.applied(to: value, feature: j) ?? value)
        }
        return z
    }

    /// Tells whether samples with these features can be given to it.
    ///
    /// Names are compared where both the model and the file of the samples have some: x1, x2 and so on,
    /// which stand for none, fit all.
    ///
    /// - Throws: `MisfitError` naming the first feature that differs.
    package func check(features found: [String]) throws(MisfitError) {
        let features = names.features
        guard found.count == features.count else {
            throw MisfitError(found: found, expected: features)
        }
        let none = LabelledTable<Double>.numbered(found.count)
        guard found == features || found == none || features == none else {
            throw MisfitError(found: found, expected: features)
        }
    }

    /// The words by which a CSV file has the labels; nil where they are the numbers 0 and 1.
    package var words: CSV.Words? {
        if (names.negative, names.positive) == ("0", "1") { return nil }
        let isKnown = names.negative != LabelledTable<Double>.opposite(of: names.positive)
        return CSV.Words(positive: names.positive, negative: isKnown ? names.negative : nil)
    }

    /// The word for the label that a probability stands for.
    package func word(for probability: Double) -> String {
        Model.decide(probability) == 1 ? names.positive : names.negative
    }
}
