/// An option that a verb declares: `--flag`, or `--flag VALUE`.
package struct Option: Sendable {
    /// With its dashes: `--alpha`.
    package let flag: String

    /// What stands for the value in the help, such as `A`; nil where the option takes none.
    package let placeholder: String?

    /// One line of help.
    package let help: String

    /// The value where the option is not given, as a user would write it; nil where there is none.
    package let defaultValue: String?

    /// Whether it may be given several times.
    var repeats = false

    /// An option with a value.
    package static func value(
        _ flag: String, _ placeholder: String, _ help: String, default defaultValue: String? = nil
    ) -> Option {
        Option(flag: flag, placeholder: placeholder, help: help, defaultValue: defaultValue)
    }

    /// An option with a value that may be given several times.
    package static func list(_ flag: String, _ placeholder: String, _ help: String) -> Option {
        Option(flag: flag, placeholder: placeholder, help: help, defaultValue: nil, repeats: true)
    }

    /// An option without a value.
    package static func toggle(_ flag: String, _ help: String) -> Option {
        Option(flag: flag, placeholder: nil, help: help, defaultValue: nil)
    }

    /// `--json`, the same for every verb that has it.
    package static let json = toggle("--json", "print the result as JSON, for programs to read")

    /// As the help shows it: `--alpha A`.
    var synopsis: String { placeholder.map { "\(flag) \($0)" } ?? flag }
}

/// An argument that is known by its place.
package struct Positional: Sendable {
    /// What stands for it in the help, such as `FILE.csv`.
    package let placeholder: String

    /// One line of help.
    package let help: String

    /// Whether it may be given several times; only the last one may.
    package let repeats: Bool

    /// A positional argument, which must be given.
    package init(_ placeholder: String, _ help: String, repeats: Bool = false) {
        (self.placeholder, self.help, self.repeats) = (placeholder, help, repeats)
    }
}
