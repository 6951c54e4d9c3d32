/// An option of a verb, declared once: its name, help, type and default. The property that it wraps is its
/// value, once the command line was read.
///
///     @Option("--rounds", "N", "how often each is timed", .int(), default: 25) var rounds: Int
@propertyWrapper
struct Option<Value>: CommandLineItem {
    private final class Storage: AnyOption {
        var value: Value
        let make: ([String]) throws(UsageError) -> Value

        init(
            _ flag: String, _ placeholder: String?, _ help: String, shown: String? = nil,
            repeats: Bool = false, _ absent: Value, _ make: @escaping ([String]) throws(UsageError) -> Value
        ) {
            (value, self.make) = (absent, make)
            super.init(flag, placeholder, help, shown, repeats)
        }

        override func read() throws(UsageError) { if let given { value = try make(given) } }
    }

    private let storage: Storage
    var wrappedValue: Value { storage.value }
    var projectedValue: AnyOption { storage }

    /// One that several verbs have.
    init(_ option: Option<Value>) { self = option }

    /// An option without a value.
    init(_ flag: String, _ help: String) where Value == Bool {
        storage = Storage(flag, nil, help, false) { _ in true }
    }

    /// An option with a value and a default.
    ///
    /// - Parameter shown: the default as a user would write it.
    init(
        _ flag: String, _ placeholder: String, _ help: String, _ reader: Reader<Value>, default absent: Value,
        shown: String? = nil
    ) {
        storage = Storage(flag, placeholder, help, shown: shown ?? "\(absent)", absent) {
            texts throws(UsageError) in try reader.read(texts[0], flag)
        }
    }

    /// An option with a value, nil where it is not given.
    init<Given>(_ flag: String, _ placeholder: String, _ help: String, _ reader: Reader<Given>)
    where Value == Given? {
        storage = Storage(flag, placeholder, help, nil) { texts throws(UsageError) in
            try reader.read(texts[0], flag)
        }
    }

    /// An option with values that may be given several times.
    init<Given>(repeating flag: String, _ placeholder: String, _ help: String, _ reader: Reader<[Given]>)
    where Value == [Given] {
        storage = Storage(flag, placeholder, help, repeats: true, []) { texts throws(UsageError) in
            var values: [Given] = []
            for text in texts { values += try reader.read(text, flag) }
            return values
        }
    }
}

extension Option<Bool> {
    static var json: Self { Self("--json", "print the result as JSON, for programs to read") }

    static var standardize: Self {
        Self("--standardize", "shift and scale each feature to mean 0 and standard deviation 1")
    }
}

extension Option<Double> {
    /// λ.
    static var l2: Self {
        Self(
            "--l2", "L", "add L/2 times the sum of all squared weights to J (scikit-learn's C is 1/(L·m))",
            .notNegative, default: 0, shown: "0")
    }
}

/// An option of whatever type.
class AnyOption {
    /// With its dashes: `--alpha`.
    let flag: String

    /// The placeholder of the value in the help, such as `A`; nil where the option takes none.
    let placeholder: String?
    let help: String

    /// The default as a user would write it; nil where there is none.
    let shown: String?

    /// Whether it may be given several times.
    let repeats: Bool

    /// The values given for it; nil where it was not given.
    fileprivate(set) var given: [String]?

    fileprivate init(
        _ flag: String, _ placeholder: String?, _ help: String, _ shown: String?, _ repeats: Bool
    ) {
        (self.flag, self.placeholder, self.help) = (flag, placeholder, help)
        (self.shown, self.repeats) = (shown, repeats)
    }

    /// Makes the value of what was given.
    fileprivate func read() throws(UsageError) {}

    var isGiven: Bool { given != nil }

    /// As one would write it again.
    var words: [String] { given.map { $0.map { placeholder == nil ? flag : "\(flag)=\($0)" } } ?? [] }
}

/// An argument known by its place, which must be given; the last may be left out, or given several times.
@propertyWrapper
struct Positional<Value>: CommandLineItem {
    let projectedValue: AnyPositional
    private let value: ([String]) -> Value
    var wrappedValue: Value { value(projectedValue.texts) }

    init(_ placeholder: String, _ help: String) where Value == String {
        (projectedValue, value) = (AnyPositional(placeholder, help), { $0.first ?? "" })
    }

    init(optional placeholder: String, _ help: String) where Value == String? {
        (projectedValue, value) = (AnyPositional(placeholder, help, isOptional: true), { $0.first })
    }

    init(repeating placeholder: String, _ help: String) where Value == [String] {
        (projectedValue, value) = (AnyPositional(placeholder, help, repeats: true), { $0 })
    }
}

/// An argument known by its place: given once, at most once, or several times.
final class AnyPositional {
    /// Its placeholder in the help, such as `FILE.csv`.
    let placeholder: String
    let help: String
    let isOptional, repeats: Bool
    fileprivate(set) var texts: [String] = []

    /// As the usage of a verb has it: `FILE`, `[FILE]` or `FILE…`.
    var usage: String { isOptional ? "[\(placeholder)]" : placeholder + (repeats ? "…" : "") }

    fileprivate init(_ placeholder: String, _ help: String, isOptional: Bool = false, repeats: Bool = false) {
        (self.placeholder, self.help) = (placeholder, help)
        (self.isOptional, self.repeats) = (isOptional, repeats)
    }
}

private protocol CommandLineItem {
    associatedtype Item
    var projectedValue: Item { get }
}

/// A type whose properties are options, positional arguments, and groups of them.
protocol OptionGroup { init() }

extension OptionGroup {
    /// All options, also those of groups in it, in the order of their declaration.
    var options: [AnyOption] { members(\.options) }
    var positionals: [AnyPositional] { members(\.positionals) }

    private func members<Member>(_ ofGroup: (any OptionGroup) -> [Member]) -> [Member] {
        Mirror(reflecting: self).children.flatMap { child in
            ((child.value as? any CommandLineItem)?.projectedValue as? Member).map { [$0] }
                ?? (child.value as? any OptionGroup).map(ofGroup) ?? []
        }
    }

    /// Sorts the words after the verb, and reads each value: `--flag value`, `--flag=value`, `--flag`, and
    /// positional arguments; behind `--` all are positional.
    func read(_ words: [String]) throws(UsageError) {
        let options = options
        var (rest, positionals) = (words[...], [String]())
        while let word = rest.popFirst() {
            if word == "--" {
                positionals += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                positionals.append(word)
                continue
            }
            try take(word, followedBy: &rest, options)
        }
        try take(positionals)
        for option in options { try option.read() }
    }

    private func take(_ positionals: [String]) throws(UsageError) {
        let expected = self.positionals
        guard positionals.count >= expected.count(where: { !$0.isOptional }) else {
            let missing = expected[positionals.count]
            throw UsageError("\(missing.placeholder) is missing: \(missing.help)")
        }
        guard positionals.count <= expected.count || expected.last?.repeats == true else {
            let takes = expected.isEmpty ? "none" : expected.map(\.placeholder).joined(separator: " ")
            throw UsageError("unexpected argument '\(positionals[expected.count])'; expected \(takes)")
        }
        if let i = positionals.firstIndex(of: "") {
            let empty = expected[min(i, expected.count - 1)]
            throw UsageError("\(empty.placeholder) is ''; expected \(empty.help)")
        }
        for (i, positional) in expected.enumerated() where i < positionals.count {
            positional.texts = positional.repeats ? Array(positionals[i...]) : [positionals[i]]
        }
    }

    private func take(_ word: String, followedBy rest: inout ArraySlice<String>, _ options: [AnyOption])
        throws(UsageError)
    {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let flag = String(parts[0])
        guard let option = options.first(where: { $0.flag == flag }) else {
            throw UsageError(unknown: "option", flag, among: options.map(\.flag) + ["--help", "--version"])
        }
        guard !option.isGiven || option.repeats else {
            throw UsageError("\(flag) is given twice; expected once")
        }
        guard let placeholder = option.placeholder else {
            guard parts.count == 1 else { throw UsageError("\(flag) takes no value; found '\(parts[1])'") }
            option.given = [""]
            return
        }
        if parts.count == 2 {
            option.given = (option.given ?? []) + [String(parts[1])]
        } else if let value = rest.first, !value.hasPrefix("--") {
            option.given = (option.given ?? []) + [rest.removeFirst()]
        } else {
            throw UsageError("\(flag) needs a value; expected \(flag) \(placeholder): \(option.help)")
        }
    }
}
