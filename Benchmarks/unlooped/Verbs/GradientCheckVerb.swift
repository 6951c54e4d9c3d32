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
        At random parameters each derivative that the implementation computes is compared with
        (J(w_j + h) − J(w_j − h)) / 2h, which knows nothing of the formulas and is computed with 32 digits.
        The difference must be within what rounding allows. Exit status 1 where it is not.
        With --hidden it is a network, of whose derivatives as many are drawn, some of each W and b, as take some
        seconds. Where a unit of relu or leaky has its kink between w_j − 2h and w_j + 2h the derivative is left out
        and counted, since J has none there.
        \(DataOptions.discussion)
        """

    @Positional("DATA", DataOptions.help) var data: String
    private let dataOptions = DataOptions()
    private let networkOptions = NetworkOptions()
    @Option(.standardize) var standardizes: Bool
    @Option("--samples", "N", "samples drawn from the data; by default as many as take some seconds", .int())
    var samples: Int?
    @Option(.l2) var l2: Double
    @Option(.seed("what w, b and the draw follow from")) var seed: UInt64
    private let implementation = ImplementationOptions()
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let (source, network) = (try dataOptions.labelledSource(data), try networkOptions.network())
        let name = try implementation.name(for: network)
        return try check(source, network, name, in: implementation.scalar.type)
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private func check<Scalar: LaneScalar>(
        _ source: DataSource, _ network: Network, _ name: String?, in _: Scalar.Type
    ) throws -> ExitCode {
        let prepared = try TrainingData<Scalar>.prepare(
            source, standardizes: standardizes, validation: nil, seed: seed)
        for note in prepared.notes { Terminal.note("\(source.name): \(note)") }
        let shape = Shape(prepared.training.m, prepared.training.nx, hidden: network.hidden)
        let threads = ProcessInfo.processInfo.activeProcessorCount
        // Before anything of the size of the network is made.
        _ = try ImplementationChoice.type(name, for: Problem(prepared.training, network), threads: threads)
        let (count, parameters) = drawn(shape)
        let data = try drawn(count, from: prepared.training)
        let problem = Problem(data, network)
        let kind = try ImplementationChoice.type(name, for: problem, threads: threads)
        let model = Model<Scalar>(judging: problem, seed: seed)
        let gradient = kind.prepare(problem, threads: threads).penalized(l2: Scalar(l2), problem.shape)
            .gradient(at: model)
        // Beyond that J changes by less than its last digit.
        guard gradient.J < 1e15 else {
            throw InputError(
                "\(source.name): J is \(gradient.J.fourDigits) at a random model, since the values are so "
                    + "large, and its differences say nothing; use --standardize")
        }
        var line = ProgressLine()
        let check = GradientCheck(
            gradient, problem, model, sums: kind.info.sums, storage: kind.info.storage, l2: Scalar(l2),
            parameters: parameters
        ) { done in
            line.update("differences of J: \(Int(done * 100)) %")
        }
        line.finish()
        let report = GradientCheckReport(
            check, prepared.names.features, problem.shape, activation: network.activation,
            implementation: kind.name, scalar: Scalar.kind,
            of: prepared.training.m, J: Double(gradient.J))
        print(json ? try JSONText.line(report) : report.text.printable)
        return check.holds && !check.elements.isEmpty ? .success : .failure
    }

    /// How many samples take part, and which derivatives: nil for all.
    private func drawn(_ shape: Shape) -> (samples: Int, parameters: [Int]?) {
        // About a million differences, some microseconds each.
        guard !shape.hidden.isEmpty else { return (samples ?? max(1, 1_000_000 / shape.nx), nil) }
        // A difference of a network goes four times through all weights, some nanoseconds each.
        let (budget, all) = (100_000_000, shape.parameterCount)
        let count = min(shape.m, samples ?? max(10, min(1000, budget / 4 / all / all)))
        let most = max(20, budget / 4 / all / count)
        guard most < all else { return (count, nil) }
        // Of each W and b an equal number, or all that there are.
        var (drawn, start) = ([Int](), 0)
        var random = SplitMix64(seed: seed)
        for block in shape.blocks {
            let share = most / shape.blocks.count + 1
            let places =
                block.count <= share
                ? Array(0..<block.count) : (0..<share).map { _ in Int(random.next() % UInt64(block.count)) }
            drawn += Set(places).sorted().map { start + $0 }
            start += block.count
        }
        return (count, drawn)
    }

    /// So many of the samples.
    private func drawn<Scalar: RealScalar>(_ count: Int, from data: Dataset<Scalar>) throws -> Dataset<Scalar>
    {
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
    let network: Network?
    /// The derivatives that there are, and those that were left out for a kink.
    let derivatives, skipped: Int
    let relativeDistance: JSONNumber<Double>
    let worst: Row?
    let elements: [Row]

    init(
        _ check: GradientCheck, _ features: [String], _ shape: Shape, activation: Activation,
        implementation: String, scalar: ScalarKind, of samplesInData: Int, J: Double
    ) {
        (self.implementation, self.scalar, m, nx) = (implementation, scalar, shape.m, shape.nx)
        (self.samplesInData, cost) = (samplesInData, J)
        (holds, relativeDistance) = (check.holds, JSONNumber(check.relativeDistance))
        (derivatives, skipped) = (shape.parameterCount, check.skipped)
        network = shape.hidden.isEmpty ? nil : Network(hidden: shape.hidden, activation: activation)
        elements = check.worst.map {
            let name = shape.parameterName($0.parameter)
            return Row(
                element: shape.hidden.isEmpty && $0.parameter < features.count
                    ? "dw of \(features[$0.parameter])" : "d\(name)",
                analytic: JSONNumber($0.analytic), numeric: JSONNumber($0.numeric),
                error: JSONNumber($0.error), bound: JSONNumber($0.bound), ratio: JSONNumber($0.ratio))
        }
        worst = elements.first
    }

    /// For people: the worst elements, and the verdict.
    var text: String {
        func short(_ value: JSONNumber<Double>) -> String { String(format: "%.3g", value.value ?? .nan) }
        let table = TextTable(
            ["the worst", "analytic", "numeric", "difference", "allowed", "ratio"],
            elements.prefix(5).map { row in
                [
                    row.element, (row.analytic.value ?? .nan).fourDigits,
                    (row.numeric.value ?? .nan).fourDigits,
                    short(row.error), short(row.bound), short(row.ratio),
                ]
            })
        let part = m == samplesInData ? "" : " of \(samplesInData)"
        let checked =
            elements.count + skipped == derivatives
            ? "all \(elements.count)" : "\(elements.count) of \(derivatives)"
        var verdict: String
        if let worst {
            verdict =
                holds
                ? "\(checked) derivatives agree: the worst is \(worst.element), "
                    + "\(short(worst.ratio)) of what is allowed"
                : "they disagree: \(worst.element) is off by \(short(worst.error)), "
                    + "\(short(worst.ratio)) times what is allowed"
        } else {
            verdict = "no derivative could be checked"
        }
        if skipped > 0, let network {
            verdict +=
                "\n\(skipped) left out, since a kink of \(network.activation.rawValue) is so near that J has no "
                + "derivative there"
        }
        let layers = network.map {
            ", \(Shape(m, nx, hidden: $0.hidden).widths) with \($0.activation.rawValue)"
        }
        return
            ([
                "m = \(m)\(part), n_x = \(nx)\(layers ?? ""), \(implementation), \(scalar.rawValue), J = \(cost.fourDigits)",
                "",
            ]
            + table.lines + [
                "", "distance of the gradients over the sum of their lengths: \(short(relativeDistance))",
                verdict,
            ]).joined(separator: "\n")
    }
}
