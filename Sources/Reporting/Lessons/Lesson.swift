import Foundation
import Problems

/// A lesson of the course: a question, and its answer in words, numbers computed on the spot, and a picture.
package struct Lesson: Sendable {
    /// As one types it.
    package let name: String

    package let title: String

    /// The question that it answers.
    package let question: String

    /// The values that a reader may change, with those that they have otherwise.
    package let inputs: [String: Double]

    private let answer: @Sendable (_ values: [String: Double]) throws -> [Item]

    init(
        _ name: String, _ title: String, question: String, inputs: [String: Double] = [:],
        answer: @escaping @Sendable (_ values: [String: Double]) throws -> [Item]
    ) {
        (self.name, self.title, self.question) = (name, title, question)
        (self.inputs, self.answer) = (inputs, answer)
    }

    /// The answer; at most one of its items is a figure.
    ///
    /// - Parameter values: some of `inputs`, changed. A label `y` is 0 or 1.
    package func items(_ values: [String: Double] = [:]) throws -> [Item] {
        try answer(inputs.merging(values) { $1 })
    }

    /// All lessons, in the order of the course.
    ///
    /// - Parameters:
    ///   - logistic: the rung that makes the steps of logistic regression.
    ///   - network: the rung that makes those of networks.
    package static func all(logistic: Rung<Double>, network: Rung<Double>) -> [Lesson] {
        [
            .sigmoid(logistic), .loss, .convexity, .descent(logistic), .graph, .neuron, .saturation, .network,
            .activations(network), .linear, .symmetry(network), .depth,
        ]
    }

    /// Six samples of one feature that no threshold separates, so that J has a minimum.
    static func sixSamples() throws -> Dataset<Double> {
        try Dataset(samples: [[-2], [-1], [0], [1], [2], [3]], labels: [0, 0, 1, 0, 1, 1])
    }

    /// A number with at most so many significant digits.
    static func number(_ value: Double, digits: Int = 4) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "−∞" : "∞" }
        let text = String(format: "%.\(digits)g", value)
        return text == "-0" ? "0" : text.replacing("-", with: "−")
    }

    /// Matrices side by side, each under its name and shape, in lines of at most `width`.
    static func sideBySide(
        _ matrices: [(name: String, value: ComputationGraph.Matrix)], width: Int = 76
    ) -> String {
        typealias Block = (lines: [String], width: Int)
        let blocks = matrices.map { name, value -> Block in
            let cells = (0..<value.rows).map { r in
                (0..<value.columns).map { number(value[r, $0]) }
            }
            let widths = (0..<value.columns).map { c in cells.map { $0[c].count }.max() ?? 0 }
            let rows = cells.map { row in
                zip(row, widths).map { padding($1 - $0.count) + $0 }.joined(separator: "  ")
            }
            let lines = [name, "\(value.rows) × \(value.columns)"] + rows
            return (lines, lines.map(\.count).max() ?? 0)
        }
        var bands: [[Block]] = []
        for block in blocks {
            let used = bands.last?.reduce(0) { $0 + $1.width + 4 } ?? .max
            if used <= width - block.width {
                bands[bands.count - 1].append(block)
            } else {
                bands.append([block])
            }
        }
        return bands.map { band in
            (0..<(band.map(\.lines.count).max() ?? 0)).map { i in
                let cells = band.map { block in
                    let line = i < block.lines.count ? block.lines[i] : ""
                    return line + padding(block.width - line.count)
                }
                return String(cells.joined(separator: "    ").reversed().drop { $0 == " " }.reversed())
            }.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
}
