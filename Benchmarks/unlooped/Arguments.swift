/// The words of a command line, sorted by what a verb declares. How they are read is in
/// `Arguments+Values.swift`.
package struct Arguments: Sendable {
    /// The options that were declared.
    let options: [Option]

    /// What was given for each option, by flag; empty text for an option without a value. More than one
    /// text only for an option that repeats.
    private var given: [String: [String]] = [:]

    /// What was given by place: one for each positional that was declared, and more of one that repeats.
    package private(set) var positionals: [String] = []

    /// Whether help was asked for. Nothing else is checked then.
    let wantsHelp: Bool

    /// Whether the version was asked for. Nothing else is checked then.
    let wantsVersion: Bool

    /// Sorts `words`, the ones after the verb: `--flag value`, `--flag=value`, `--flag`, and whatever
    /// stands by its place; behind `--` all do.
    package init(
        _ words: [String], options: [Option], positionals expected: [Positional]
    ) throws(UsageError) {
        self.options = options
        let flags = words.prefix { $0 != "--" }
        wantsHelp = flags.contains("--help") || flags.contains("-h")
        wantsVersion = flags.contains("--version")
        if wantsHelp || wantsVersion { return }

        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                positionals += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                positionals.append(word)
                continue
            }
            try take(option: word, followedBy: &rest)
        }
        guard positionals.count >= expected.count else {
            let missing = expected[positionals.count]
            throw UsageError("\(missing.placeholder) is missing: \(missing.help)")
        }
        guard positionals.count == expected.count || expected.last?.repeats == true else {
            let takes = expected.isEmpty ? "none" : expected.map(\.placeholder).joined(separator: " ")
            throw UsageError("unexpected argument '\(positionals[expected.count])'; expected \(takes)")
        }
        if let i = positionals.firstIndex(of: "") {
            let empty = expected[min(i, expected.count - 1)]
            throw UsageError("\(empty.placeholder) is ''; expected \(empty.help)")
        }
    }

    private mutating func take(option word: String, followedBy rest: inout ArraySlice<String>)
        throws(UsageError)
    {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let flag = String(parts[0])
        guard let option = options.first(where: { $0.flag == flag }) else {
            let flags = options.map(\.flag) + ["--help", "--version"]
            throw UsageError(unknown: "option", flag, among: flags)
        }
        guard given[flag] == nil || option.repeats else {
            throw UsageError("\(flag) is given twice; expected once")
        }
        guard let placeholder = option.placeholder else {
            guard parts.count == 1 else { throw UsageError("\(flag) takes no value; found '\(parts[1])'") }
            given[flag] = [""]
            return
        }
        if parts.count == 2 {
            given[flag, default: []].append(String(parts[1]))
        } else if let value = rest.first, !value.hasPrefix("--") {
            given[flag, default: []].append(rest.removeFirst())
        } else {
            throw UsageError("\(flag) needs a value; expected \(flag) \(placeholder): \(option.help)")
        }
    }

    /// Whether an option was given.
    package func has(_ flag: String) -> Bool {
        assertDeclared(flag)
        return given[flag] != nil
    }

    /// What was given for an option, or else its default.
    package func text(_ flag: String) -> String? {
        assertDeclared(flag)
        return given[flag]?.last ?? options.first { $0.flag == flag }?.defaultValue
    }

    /// All that was given for an option that repeats, in order.
    func all(_ flag: String) -> [String] {
        assertDeclared(flag)
        return given[flag] ?? []
    }

    /// What was given for `options`, as one would write it again.
    package func words(of options: [Option]) -> [String] {
        options.filter { has($0.flag) }.map { option in
            option.placeholder == nil ? option.flag : "\(option.flag)=\(text(option.flag) ?? "")"
        }
    }

    /// A verb that reads what it does not declare is a slip of ours, found by its first run.
    private func assertDeclared(_ flag: String) {
        assert(options.contains { $0.flag == flag }, "\(flag) is read, but not declared")
    }
}
