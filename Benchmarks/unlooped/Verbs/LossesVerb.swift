import Foundation
import Problems
import Reporting
import Study

/// `unlooped losses`: why the loss is what it is, and is computed as it is.
struct LossesVerb: Verb {
    static let name = "losses"
    static let summary = "show the two loss curves, the literal loss in trouble, and squared error's valleys"
    static let discussion = """
        Three lessons: −log ŷ and −log(1 − ŷ); what the literal loss does where a saturates; and the cost
        along a line by cross-entropy, which is convex, and by squared error, which is not.
        """

    @Option(
        "--svg", "FOLDER", "draw them: loss-curves.svg, loss-saturation.svg, loss-convexity.svg",
        .path("a folder"))
    var folder: String?
    @Option("--force", "replace these files where they exist") var force: Bool
    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let lessons = try LossLessons.all()
        let files = lessons.compactMap { lesson in
            folder.map {
                (URL(fileURLWithPath: $0).appendingPathComponent(lesson.figure.id + ".svg"), lesson)
            }
        }
        for (file, _) in files { try AtomicFile.check(file.path, force: force) }
        if json {
            print(try JSONText.line(lessons.map { Answer($0) }))
        } else {
            print(lessons.map { ([$0.title] + $0.text).joined(separator: "\n") }.joined(separator: "\n\n"))
        }
        for (file, lesson) in files { try AtomicFile.write(lesson.figure.svg, to: file.path) }
        return .success
    }

    private struct Answer: Encodable {
        struct Curve: Encodable {
            let name: String
            let x, y: [Double]
        }

        let title: String
        let curves: [Curve]

        init(_ lesson: LossLessons.Lesson) {
            title = lesson.title
            curves = lesson.curves.map { curve in
                Curve(name: curve.name, x: curve.points.map { $0.x }, y: curve.points.map { $0.y })
            }
        }
    }
}

/// The loss in three lessons: numbers, text and a picture for each.
struct LossLessons {
    struct Lesson {
        let title: String
        let text: [String]
        let curves: [LossFigures.Curve]
        let figure: Figure

        /// A lesson; the note, the axes and the places are those of its picture.
        init(
            _ title: String, id: String, text: [String], description: String, note: String, x: String,
            y: String, curves: [LossFigures.Curve]
        ) {
            (self.title, self.text, self.curves) = (title, text, curves)
            figure = LossFigures.figure(
                id: id, title: title, description: description, note: note, x: x, y: y, curves: curves)
        }
    }

    static func all() throws -> [Lesson] { [curves, saturation, try convexity()] }

    /// −log ŷ and −log(1 − ŷ).
    static var curves: Lesson {
        let rows = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map { a in
            ["\(a)", short(literalLoss(a, label: 1)), short(literalLoss(a, label: 0))]
        }
        let xs = (1...199).map { Double($0) / 200 }
        return Lesson(
            "The loss of one sample", id: "loss-curves",
            text: [
                "L(ŷ, y) = −(y log ŷ + (1 − y) log(1 − ŷ)): of the two terms the label leaves one.",
                "The surer a wrong answer, the greater the loss, without a limit.", "",
            ] + TextTable(["ŷ", "y = 1: −log ŷ", "y = 0: −log(1 − ŷ)"], rows).lines,
            description: "−log ŷ falls from above 5 to 0 as ŷ goes from 0 to 1; −log(1 − ŷ) is its "
                + "mirror image.",
            note: "L of one sample by the probability ŷ that the model gives to the label 1", x: "ŷ", y: "L",
            curves: [
                .init("y = 1: −log ŷ", xs.map { ($0, literalLoss($0, label: 1)) }),
                .init("y = 0: −log(1 − ŷ)", xs.map { ($0, literalLoss($0, label: 0)) }),
            ])
    }

    /// The literal loss where a saturates, in `Float`.
    static var saturation: Lesson {
        let rows = [Float(5), 8, 10, 12, 14, 16, 17, 18, 40, 100].map { z in
            let a = sigmoid(z)
            return [
                "\(z)", "\(a)", "\(literalLoss(a, label: 0))", "\(logistic(z, label: 0).loss)",
                "\(literalLoss(a, label: 1))", "\(logistic(z, label: 1).loss)",
            ]
        }
        let zs = stride(from: Float(8), through: 20, by: 0.05).map(\.self)
        return Lesson(
            "The literal loss where a saturates", id: "loss-saturation",
            text: [
                "In Float, a = σ(z) has about seven digits, so that 1 − a loses them as a nears 1; from",
                "z = 17 on a is 1. The literal formula then asks for log 0 (y = 0), or for 0·log 0, which is",
                "no number (y = 1). L = max(t, 0) + log1p(e^(−|t|)) with t = (1 − 2y)·z has no such place.",
                "",
            ]
                + TextTable(
                    ["z", "a", "y = 0: literal", "y = 0: from z", "y = 1: literal", "y = 1: from z"], rows
                ).lines,
            description: "For y = 0 the loss computed from z is all but z itself. The literal formula "
                + "follows it in steps that grow, and ends where a rounds to 1, before z = 17.",
            note: "L for y = 0 in Float: by the literal formula from a, and from z", x: "z", y: "L",
            curves: [
                .init("from z", zs.map { (Double($0), Double(logistic($0, label: 0).loss)) }),
                .init("literal", zs.map { (Double($0), Double(literalLoss(sigmoid($0), label: 0))) }),
            ])
    }

    /// The cost along a line, by cross-entropy and by squared error.
    static func convexity() throws -> Lesson {
        // One feature and an outlier: enough for squared error to have two valleys along w.
        let data = try Dataset<Double>(samples: [[-1], [0.5], [1], [2], [8]], labels: [0, 0, 1, 1, 0])
        let line = CostLine(
            data, from: Model(w: [0], b: 0), along: Model(w: [1], b: 0), over: -3...5, steps: 320)
        var text = [
            "Five samples of one feature, x = −1, 0.5, 1, 2, 8 with y = 0, 0, 1, 1, 0, and b = 0: J by w.",
            "",
        ]
        let shown = line.points.enumerated().filter { $0.offset % 20 == 0 }.map(\.element)
        text +=
            TextTable(
                ["w", "cross-entropy", "squared error"],
                shown.map { [short($0.t), short($0.crossEntropy), short($0.squaredError)] }
            ).lines
        text.append("")
        for (name, cost) in [
            ("cross-entropy", \CostLine.Point.crossEntropy), ("squared error", \.squaredError),
        ] as [(String, KeyPath<CostLine.Point, Double> & Sendable)] {
            let valleys = line.minima(of: cost).map {
                "w = \(short($0.t)), where J = \(short($0[keyPath: cost]))"
            }
            text.append("\(name): lowest at " + valleys.joined(separator: " and "))
            if let bulge = line.bulge(of: cost) {
                text.append(
                    "  not convex: between w = \(short(bulge.t.left)) and \(short(bulge.t.right)) the chord "
                        + "is at \(short(bulge.chord)) in the middle, and J above it, at \(short(bulge.cost))"
                )
            } else {
                text.append("  convex: no chord between two of the \(line.points.count) places is below J")
            }
        }
        text += [
            "With squared error dz = (a − y)·a(1 − a): where a sample is wrong with certainty, a(1 − a) is",
            "all but 0, J is flat, and gradient descent stays. With cross-entropy dz = a − y.",
        ]
        return Lesson(
            "Why squared error is not convex here", id: "loss-convexity", text: text,
            description: "Along w the cost by cross-entropy has one valley. By squared error it has two, "
                + "with a rise between them, and is flat to both sides.",
            note: "J by w for five samples of one feature; both scaled to 1 at w = 0", x: "w",
            y: "J over J at w = 0",
            curves: [
                .init("cross-entropy", scaled(line, \.crossEntropy)),
                .init("squared error", scaled(line, \.squaredError)),
            ])
    }

    /// A cost relative to the one at t = 0, up to four times that, so that both can be seen.
    private static func scaled(
        _ line: CostLine, _ cost: KeyPath<CostLine.Point, Double> & Sendable
    ) -> [(x: Double, y: Double)] {
        let start = line.points.first { $0.t == 0 }?[keyPath: cost] ?? 1
        return line.points.map { ($0.t, $0[keyPath: cost] / start) }.filter { $0.y <= 4 }
    }

    private static func short(_ value: Double) -> String { String(format: "%.4g", value) }
}
