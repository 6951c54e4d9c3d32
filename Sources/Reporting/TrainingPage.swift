import Problems

/// The page of one training: how J fell, and how good the model is. All numbers come from outside.
package struct TrainingPage {
    /// The state after some updates.
    package struct Point: Sendable {
        package let updates: Int
        package let cost: Double

        /// The length of the gradient, the vector of all derivatives.
        package let gradient: Double

        /// J of the validation set; nil where there is none.
        package let validationCost: Double?

        package init(updates: Int, cost: Double, gradient: Double, validationCost: Double? = nil) {
            (self.updates, self.cost) = (updates, cost)
            (self.gradient, self.validationCost) = (gradient, validationCost)
        }
    }

    /// How well the model classifies some samples.
    package struct Score: Sendable {
        /// Which samples: `training set`, `validation set`.
        package let samples: String

        package let evaluation: Evaluation

        package init(_ samples: String, _ evaluation: Evaluation) {
            (self.samples, self.evaluation) = (samples, evaluation)
        }
    }

    private let data: String
    private let course: [Point]
    private let scores: [Score]
    private let facts: [(name: String, value: String)]

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

    private var page: Page {
        let facts = DataTable(["what", "value"], facts.map { [$0.name, $0.value] }, leading: 2)
        return Page(
            title: "Unlooped: training", lead: [.headline(headline)],
            sections: [
                Section(id: "curve", title: "The learning curve", items: figures.map(Item.figure)),
                Section(id: "scores", title: "How right it is", items: scores.isEmpty ? [] : [table]),
                Section(id: "facts", title: "How it was trained", items: [.table("The run", facts)]),
            ].filter { !$0.items.isEmpty },
            colophon: "Made by \(code: "unlooped train --report").")
    }

    private var headline: Phrase {
        guard let first = course.first, let last = course.last else { return "Nothing is known of this run." }
        let way: Phrase = """
            On \(data) J went from \(Numbers.three(first.cost)) to \
            \(strong: Numbers.three(last.cost)) in \(Numbers.count(last.updates, "update"))
            """
        let right = scores.map { score in
            let accuracy = score.evaluation.confusion.accuracy.map { Numbers.percent($0, digits: 2) }
            return "\(accuracy ?? Numbers.none) of the \(score.samples)"
        }
        return way + (right.isEmpty ? "." : "; the model finds the label of \(Prose.list(right)).")
    }

    private var table: Item {
        func row(_ name: String, _ value: (Evaluation) -> Double?) -> [String] {
            [name] + scores.map { Numbers.three(value($0.evaluation)) }
        }
        func count(_ name: String, _ value: (Confusion) -> Int) -> [String] {
            [name] + scores.map { Numbers.grouped(value($0.evaluation.confusion)) }
        }
        return .table(
            "The model in the end",
            DataTable(
                ["measure"] + scores.map { $0.samples },
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

    private typealias Line = (name: String, points: [(updates: Int, value: Double)])

    /// J, with that of the validation set where there is one, and the length of the gradient, on logarithmic axes;
    /// without those of which no number is positive and finite.
    private var figures: [Figure] {
        let costs: [Line] = [
            ("training set", course.map { ($0.updates, $0.cost) }),
            (
                "validation set",
                course.compactMap { point in point.validationCost.map { (point.updates, $0) } }
            ),
        ]
        let gradient: [Line] = [("length of the gradient", course.map { ($0.updates, $0.gradient) })]
        return [
            figure("learning-curve", "How J falls", y: "J", costs),
            figure("gradient", "How the gradient shrinks", y: "length of the gradient", gradient),
        ].compactMap(\.self)
    }

    private func figure(_ id: String, _ title: String, y: String, _ lines: [Line]) -> Figure? {
        let lines = lines.filter { !$0.points.isEmpty }
        let series = zip(lines, Look.few).map { line, look in
            Series(line.name, look, .strong, line.points.map { Series.Point(Double($0.updates), $0.value) })
        }
        let chart = XYChart.logarithmic(
            note: data, x: ("updates", .count), y: (y, .number), style: .curves, series: series)
        let description = lines.map { line in
            guard let first = line.points.first, let last = line.points.last else { return "" }
            return "\(Prose.capitalized(line.name)): from \(Numbers.three(first.value)) to "
                + "\(Numbers.three(last.value)) after \(Numbers.count(last.updates, "update"))."
        }.joined(separator: " ")
        let rows = (lines.first?.points.indices ?? 0..<0).map { row in
            [Numbers.grouped(lines[0].points[row].updates)]
                + lines.map { Numbers.three($0.points[row].value) }
        }
        let table = DataTable(["updates"] + lines.map { $0.name }, rows, leading: 0)
        return chart.map { Figure(id, title, description: description, $0, table) }
    }
}
