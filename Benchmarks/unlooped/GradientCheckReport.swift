import Agreement
import Foundation
import Problems

/// What `unlooped gradient-check` prints.
struct GradientCheckReport: Encodable {
    private struct Row: Encodable {
        let element: String
        let analytic, numeric, error, bound, ratio: JSONNumber<Double>
    }

    private let implementation: String
    private let scalar: ScalarKind
    private let m, nx, samplesInData: Int
    private let cost: Double
    private let holds: Bool
    private let relativeDistance: JSONNumber<Double>
    private let worst: Row
    private let elements: [Row]

    init(
        _ check: GradientCheck, features: [String], implementation: String, scalar: ScalarKind, m: Int,
        of samplesInData: Int, J: Double
    ) {
        (self.implementation, self.scalar) = (implementation, scalar)
        (self.m, nx, self.samplesInData, cost) = (m, features.count, samplesInData, J)
        (holds, relativeDistance) = (check.holds, JSONNumber(check.relativeDistance))
        elements = check.worst.map { element in
            Row(
                element: element.feature.map { "dw of \(features[$0])" } ?? "db",
                analytic: JSONNumber(element.analytic), numeric: JSONNumber(element.numeric),
                error: JSONNumber(element.error), bound: JSONNumber(element.bound),
                ratio: JSONNumber(element.ratio))
        }
        worst = elements[0]
    }

    /// For people: the worst elements, and the verdict.
    var text: String {
        let part = m == samplesInData ? "" : " of \(samplesInData)"
        func short(_ value: JSONNumber<Double>) -> String { String(format: "%.3g", value.value) }
        let table = TextTable(
            ["the worst", "analytic", "numeric", "difference", "allowed", "ratio"],
            elements.prefix(5).map { row in
                [
                    row.element, "\(row.analytic.value)", "\(row.numeric.value)", short(row.error),
                    short(row.bound), short(row.ratio),
                ]
            })
        let verdict =
            holds
            ? "all \(elements.count) derivatives agree: the worst is \(worst.element), "
                + "\(short(worst.ratio)) of what is allowed"
            : "they disagree: \(worst.element) is off by \(short(worst.error)), "
                + "\(short(worst.ratio)) times what is allowed"
        return
            ([
                "m = \(m)\(part), n_x = \(nx), \(implementation), \(scalar.rawValue), J = \(cost)", "",
            ] + table.lines + [
                "", "distance of the gradients over the sum of their lengths: \(short(relativeDistance))",
                verdict,
            ]).joined(separator: "\n")
    }
}
