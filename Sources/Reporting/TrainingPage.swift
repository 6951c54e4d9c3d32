import Foundation
import Problems

/// The page of one training: how J fell, and what came of it. All numbers come from outside.
package struct TrainingPage {
    /// What is known after some updates.
    package struct Point: Sendable {
        /// Updates made.
        package let updates: Int

        /// J after them.
        package let cost: Double

        /// The length of (dw, db) there.
        package let gradient: Double

        /// J of the samples that are kept aside; nil where there are none.
        package let validationCost: Double?

        /// A point.
        package init(updates: Int, cost: Double, gradient: Double, validationCost: Double? = nil) {
            (self.updates, self.cost) = (updates, cost)
            (self.gradient, self.validationCost) = (gradient, validationCost)
        }
    }

    /// How well the model tells some samples apart.
    package struct Score: Sendable {
        /// Which samples: `training`, `kept aside`.
        package let samples: String

        /// How well.
        package let evaluation: Evaluation

        /// A score.
        package init(_ samples: String, _ evaluation: Evaluation) {
            (self.samples, self.evaluation) = (samples, evaluation)
        }
    }

    private let data: String
    private let course: [Point]
    private let scores: [Score]
    private let facts: [(name: String, value: String)]

    /// A page.
    ///
    /// - Parameters:
    ///   - data: what was trained on.
    ///   - course: from no update to the last one.
    ///   - scores: of the model in the end.
    ///   - facts: what else is known, each with its name.
    package init(data: String, course: [Point], scores: [Score], facts: [(name: String, value: String)]) {
        (self.data, self.course, self.scores, self.facts) = (data, course, scores, facts)
    }

    /// One HTML file that needs nothing else.
    package var html: String { HTMLPage(page).text }

    /// What it says.
    package var page: Page {
        let figures = LearningCurveFigure.all(course, data: data)
        return Page(
            title: "Unlooped: training", lead: [.headline(headline)],
            sections: [
                Section("curve", "The learning curve", .figures(figures)),
                Section("scores", "How right it is", scores.isEmpty ? [] : [table]),
                Section(
                    "facts", "How it was trained",
                    [
                        .table(
                            "The run",
                            DataTable(["what", "value"], facts.map { [$0.name, $0.value] }, leading: 2))
                    ]),
            ].filter { !$0.items.isEmpty },
            colophon: "Made by \(code: "unlooped train --report").")
    }

    private var headline: Phrase {
        guard let first = course.first, let last = course.last else { return "Nothing is known of this run." }
        let way: Phrase = """
            On \(data) J went from \(Figures.three(first.cost)) to \
            \(strong: Figures.three(last.cost)) in \(Prose.count(last.updates, "update"))
            """
        let right = scores.map { score in
            "\(score.evaluation.confusion.accuracy.map(Self.percent) ?? "–") of the samples \(score.samples)"
        }
        return way + (right.isEmpty ? "." : "; the model finds the label of \(Prose.list(right)).")
    }

    private var table: Item {
        func row(_ name: String, _ value: (Evaluation) -> Double?) -> [String] {
            [name] + scores.map { value($0.evaluation).map(Figures.three) ?? "–" }
        }
        func count(_ name: String, _ value: (Confusion) -> Int) -> [String] {
            [name] + scores.map { Prose.grouped(value($0.evaluation.confusion)) }
        }
        return .table(
            "The model in the end",
            DataTable(
                ["measure"] + scores.map { "samples \($0.samples)" },
                [
                    row("accuracy") { $0.confusion.accuracy }, row("precision") { $0.confusion.precision },
                    row("recall") { $0.confusion.recall }, row("F1") { $0.confusion.f1 },
                    row("log-loss, J") { $0.logLoss }, row("ROC AUC") { $0.rocAUC },
                    count("1, and found so") { $0.truePositives },
                    count("0, and found so") { $0.trueNegatives },
                    count("0, and taken for 1") { $0.falsePositives },
                    count("1, and taken for 0") { $0.falseNegatives },
                ]))
    }

    private static func percent(_ value: Double) -> String { String(format: "%.2f %%", 100 * value) }
}
