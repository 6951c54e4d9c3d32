/// The output of `--help`.
enum Help {
    static func text(for type: any Verb.Type) -> String {
        let verb = type.init()
        let (options, positionals) = (verb.options, verb.positionals)
        var usage = "unlooped \(type.name)"
        for positional in positionals { usage += " " + positional.usage }
        if !options.isEmpty { usage += " [options]" }
        let sections = [
            type.summary, "usage: \(usage)", table(positionals.map { ($0.placeholder, $0.help) }),
            section(of: options), type.discussion,
        ]
        return sections.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// About the program: its verbs, and `main`, which runs where none is given.
    static func text(forAll verbs: [any Verb.Type], main: any Verb.Type) -> String {
        [
            "One step of logistic-regression gradient descent, written many ways, judged and timed.",
            "usage: unlooped [options]         \(main.summary)\n       unlooped VERB [options]",
            "verbs (unlooped VERB --help says more):\n" + table(verbs.map { ($0.name, $0.summary) }),
            section(of: main.init().options), main.discussion,
        ].joined(separator: "\n\n")
    }

    private static func section(of options: [AnyOption]) -> String {
        let rows = options.map { option in
            (
                option.placeholder.map { "\(option.flag) \($0)" } ?? option.flag,
                option.help + (option.shown.map { " (default: \($0))" } ?? "")
            )
        }
        let common = [("-h, --help", "print this help"), ("--version", "print the version")]
        return "options:\n" + table(rows + common)
    }

    /// Two columns, wrapped at 100 characters.
    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, help in
            var lines = [""]
            for word in help.split(separator: " ") {
                if lines[lines.count - 1].count + word.count + width + 5 > 100 { lines.append("") }
                lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
            }
            let indent = "\n" + String(repeating: " ", count: width + 4)
            return "  " + name.padded(to: width) + "  " + lines.joined(separator: indent)
        }.joined(separator: "\n")
    }
}
