import Foundation
import Problems
import Reporting

/// `unlooped losses`: why the loss is what it is, and is computed as it is.
struct LossesVerb: Verb {
    static let name = "losses"
    static let summary = "show the two loss curves, the literal loss in trouble, and squared error's valleys"
    static let discussion = """
        Three lessons: −log ŷ and −log(1 − ŷ); what the literal loss does where a saturates; and the cost
        along a line by cross-entropy, which is convex, and by squared error, which is not.
        """
    static let options: [Option] = [
        .value("--svg", "FOLDER", "draw them: loss-curves.svg, loss-saturation.svg, loss-convexity.svg"),
        .toggle("--force", "replace these files where they exist"),
        .json,
    ]

    private let folder: String?
    private let force, json: Bool

    init(_ arguments: Arguments) throws(UsageError) {
        folder = arguments.text("--svg")
        (force, json) = (arguments.has("--force"), arguments.has("--json"))
        if folder?.isEmpty == true { throw UsageError(option: "--svg", found: "", expected: "a folder") }
    }

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

    /// The numbers behind a picture.
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
