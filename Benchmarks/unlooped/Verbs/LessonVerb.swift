import Foundation
import Ladders
import Problems
import Reporting
import Study

/// `unlooped lesson`: the mathematics, a question at a time.
struct LessonVerb: Verb {
    static let name = "lesson"
    static let summary = "explain the mathematics, a question at a time; without a name, list the lessons"
    static let discussion = """
        All numbers are computed on the spot, by the code that is timed. --set changes inputs of the lessons
        graph (a, b, c) and neuron (x1, x2, w1, w2, b, y), as in --set a=1,c=4.
        """

    @Positional(optional: "NAME", "the lesson") var lesson: String?
    @Option("--svg", "FILE", "draw its picture", .path("a file")) var svg: String?
    @Option("--force", "replace that file where it exists") var force: Bool
    @Option("--set", "A=1,B=2", "other values of its inputs", .text) var set: String?

    func run() throws -> ExitCode {
        let lessons = Lesson.all(
            logistic: LogisticLadder.rungs(Double.self)[0], network: NetworkLadder.rungs(Double.self)[0])
        guard let lesson else {
            guard svg == nil, set == nil else {
                throw UsageError("NAME is missing: \(svg == nil ? "--set" : "--svg") is for one lesson")
            }
            let width = lessons.map(\.name.count).max() ?? 0
            let lines = lessons.map { "  \($0.name.padded(to: width))  \($0.question)" }
            print(
                (["The lessons, in the order of the course (unlooped lesson NAME):", ""] + lines).joined(
                    separator: "\n"))
            return .success
        }
        guard let index = lessons.firstIndex(where: { $0.name == lesson }) else {
            throw UsageError(unknown: "lesson", lesson, among: lessons.map(\.name))
        }
        let found = lessons[index]
        let values = try Self.values(set, of: found)
        if let svg { try AtomicFile.check(svg, force: force) }
        let items = try found.items(values)
        let figure = items.figures.first
        print(
            Self.text(
                found, items, next: index + 1 < lessons.count ? lessons[index + 1].name : nil,
                hasPicture: svg == nil && figure != nil))
        if let svg, let figure { try AtomicFile.write(figure.svg, to: svg, replacing: force) }
        return .success
    }

    /// The values of `--set`.
    private static func values(_ text: String?, of lesson: Lesson) throws(UsageError) -> [String: Double] {
        guard let text else { return [:] }
        guard !lesson.inputs.isEmpty else {
            throw UsageError("--set is for lessons with inputs, graph and neuron; '\(lesson.name)' has none")
        }
        var values: [String: Double] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
            guard words.count == 2, let value = Double(words[1]), value.isFinite else {
                throw UsageError(
                    option: "--set", found: String(part), expected: "an input and a number, such as b=0.5")
            }
            guard lesson.inputs[words[0]] != nil else {
                throw UsageError(unknown: "input", words[0], among: lesson.inputs.keys.sorted())
            }
            guard values.updateValue(value, forKey: words[0]) == nil else {
                throw UsageError("--set names \(words[0]) twice; expected once")
            }
        }
        if let y = values["y"], ![0, 1].contains(y) { throw UsageError("--set: y is \(y); expected 0 or 1") }
        return values
    }

    private static func text(_ lesson: Lesson, _ items: [Item], next: String?, hasPicture: Bool) -> String {
        let title = Terminal.styled(lesson.title, .bold, on: .output)
        let parts = items.compactMap { part(of: $0) }
        var ends: [String] = []
        if hasPicture { ends.append("Its picture: unlooped lesson \(lesson.name) --svg \(lesson.name).svg") }
        if let next { ends.append("The next one: unlooped lesson \(next)") }
        return ([title + "\n" + lesson.question] + parts + [ends.joined(separator: "\n")])
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// An item of a lesson as text of at most 80 columns; nil for a picture.
    private static func part(of item: Item) -> String? {
        switch item {
        case .paragraph(let phrase): phrase.plain.wrapped(to: 80)
        case .list(let phrases):
            phrases.map { ("- " + $0.plain).wrapped(to: 80, indent: 2) }.joined(separator: "\n")
        case .table(_, let table):
            TextTable(table.head, table.rows, leading: table.leading).lines(width: 78).map { "  " + $0 }
                .joined(
                    separator: "\n")
        case .code(let code):
            code.split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  " + $0 }
                .joined(separator: "\n")
        default: nil
        }
    }
}
