/// What `--help` prints.
enum Help {
    /// About one verb.
    static func text(for verb: any Verb.Type) -> String {
        var usage = "unlooped \(verb.name)"
        for positional in verb.positionals {
            usage += " \(positional.placeholder)" + (positional.repeats ? "…" : "")
        }
        if !verb.options.isEmpty { usage += " [options]" }
        var sections = ["\(verb.summary)", "usage: \(usage)"]
        if !verb.positionals.isEmpty {
            sections.append(table(verb.positionals.map { ($0.placeholder, $0.help) }))
        }
        sections.append(optionsSection(of: verb))
        if !verb.discussion.isEmpty { sections.append(verb.discussion) }
        return sections.joined(separator: "\n\n")
    }

    /// About the program: its verbs, and `main`, which runs where none is given.
    static func text(forAll verbs: [any Verb.Type], main: any Verb.Type) -> String {
        [
            "One step of logistic-regression gradient descent, written many ways, judged and timed.",
            "usage: unlooped [options]         \(main.summary)\n       unlooped VERB [options]",
            "verbs (unlooped VERB --help tells more):\n" + table(verbs.map { ($0.name, $0.summary) }),
            optionsSection(of: main),
            main.discussion,
        ].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func optionsSection(of verb: any Verb.Type) -> String {
        let rows = verb.options.map { option in
            (option.synopsis, option.help + (option.defaultValue.map { " (default: \($0))" } ?? ""))
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

extension String {
    /// The text with spaces behind it, at least `width` characters in all.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it, at least `width` characters in all.
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
