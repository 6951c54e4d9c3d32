import Agreement
import Foundation
import Ladders
import Problems
import Study

/// `unlooped gradient-check`: the formulas of the gradient against differences of J.
struct GradientCheckVerb: Verb {
    static let name = "gradient-check"
    static let summary = "hold the gradient to numeric differences of J, on data of your own"
    static let discussion = """
        At a random w and b each derivative that the implementation computes is compared with
        (J(w_j + h) − J(w_j − h)) / 2h, which knows nothing of the formulas and is computed with 32 digits.
        The difference must be within what rounding allows. Exit status 1 where it is not.
        \(DataOptions.discussion)
        """

    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    @Option(.standardize) var standardizes: Bool
    @Option("--samples", "N", "samples drawn from the data; by default as many as take some seconds", .int())
    var samples: Int?
    @Option(.seed("what w, b and the draw follow from")) var seed: UInt64
    private let implementation = ImplementationOptions()
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (source, name) = (try dataOptions.labelledSource(data), try implementation.name(for: .logistic))
        return try check(source, name, in: implementation.scalar.type)
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func check<Scalar: LaneScalar>(
        _ source: DataSource, _ name: String?, in _: Scalar.Type
    ) throws -> ExitCode {
        let prepared = try TrainingData<Scalar>.prepare(
            source, standardizes: standardizes, validation: nil, seed: seed)
        let data = try drawn(from: prepared.training)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        let kind = try ImplementationChoice.type(name, for: Problem(data), threads: threads)
        let model = Model<Scalar>.random(data.nx, seed: seed)
        let gradient = kind.prepare(data, threads: threads).gradient(at: model)
        // Beyond that J changes by less than its last digit.
        guard gradient.J < 1e15 else {
            throw InputError(
                "\(source.name): J is \(gradient.J) at a random model, since the values are so "
                    + "large, and its differences say nothing; use --standardize")
        }
        var line = ProgressLine()
        let check = GradientCheck(gradient, data, model, sums: kind.info.sums, storage: kind.info.storage) {
            done in line.update("differences of J: \(Int(done * 100)) %")
        }
        line.finish()
        let report = GradientCheckReport(
            check, prepared.names.features, implementation: kind.name, scalar: Scalar.kind, m: data.m,
            of: prepared.training.m, J: Double(gradient.J))
        print(json ? try JSONText.line(report) : report.text)
        return check.holds ? .success : .failure
    }

    /// All samples, or as many as requested.
    private func drawn<Scalar: RealScalar>(from data: Dataset<Scalar>) throws -> Dataset<Scalar> {
        // About a million differences, some microseconds each.
        let count = samples ?? max(1, 1_000_000 / data.nx)
        guard count < data.m else { return data }
        let part = Double(count) / Double(data.m)
        return try data.subset(data.split(validation: part, seed: seed).validation)
    }
}

/// The output of `unlooped gradient-check`.
private struct GradientCheckReport: Encodable {
    struct Row: Encodable {
        let element: String
        let analytic, numeric, error, bound, ratio: JSONNumber<Double>
    }

    let implementation: String
    let scalar: ScalarKind
    let m, nx, samplesInData: Int
    let cost: Double
    let holds: Bool
    let relativeDistance: JSONNumber<Double>
    let worst: Row
    let elements: [Row]

    init(
        _ check: GradientCheck, _ features: [String], implementation: String, scalar: ScalarKind, m: Int,
        of samplesInData: Int, J: Double
    ) {
        (self.implementation, self.scalar, nx) = (implementation, scalar, features.count)
        (self.m, self.samplesInData, cost) = (m, samplesInData, J)
        (holds, relativeDistance) = (check.holds, JSONNumber(check.relativeDistance))
        elements = check.worst.map {
            Row(
                element: $0.parameter < features.count ? "dw of \(features[$0.parameter])" : "db",
                analytic: JSONNumber($0.analytic), numeric: JSONNumber($0.numeric),
                error: JSONNumber($0.error), bound: JSONNumber($0.bound), ratio: JSONNumber($0.ratio))
        }
        worst = elements[0]
    }

    /// For people: the worst elements, and the verdict.
    var text: String {
        let part = m == samplesInData ? "" : " of \(samplesInData)"
        func short(_ value: JSONNumber<Double>) -> String { String(format: "%.3g", value.value ?? .nan) }
        let table = TextTable(
            ["the worst", "analytic", "numeric", "difference", "allowed", "ratio"],
            elements.prefix(5).map { row in
                [
                    row.element, "\(row.analytic.value ?? .nan)", "\(row.numeric.value ?? .nan)",
                    short(row.error), short(row.bound), short(row.ratio),
                ]
            })
        let verdict =
            holds
            ? "all \(elements.count) derivatives agree: the worst is \(worst.element), "
                + "\(short(worst.ratio)) of what is allowed"
            : "they disagree: \(worst.element) is off by \(short(worst.error)), "
                + "\(short(worst.ratio)) times what is allowed"
        return
            (["m = \(m)\(part), n_x = \(nx), \(implementation), \(scalar.rawValue), J = \(cost)", ""]
            + table.lines + [
                "", "distance of the gradients over the sum of their lengths: \(short(relativeDistance))",
                verdict,
            ]).joined(separator: "\n")
    }
}
