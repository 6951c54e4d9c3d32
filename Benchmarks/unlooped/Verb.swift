/// One thing that the program can do: `unlooped NAME …`. It declares what it takes, reads all of it when
/// it is made, so that a wrong command line is told before any work, and then runs.
package protocol Verb {
    /// As users write it.
    static var name: String { get }

    /// What it does, in a line.
    static var summary: String { get }

    /// More about it, for its own help; may be empty.
    static var discussion: String { get }

    /// What it takes by place, in order; all of them must be given.
    static var positionals: [Positional] { get }

    /// What it takes by name. `--help` and `--version` are understood everywhere.
    static var options: [Option] { get }

    /// Reads its arguments.
    init(_ arguments: Arguments) throws(UsageError)

    /// Does it. Results go to standard output, all else to standard error.
    func run() throws -> ExitCode
}

extension Verb {
    /// Nothing more.
    package static var discussion: String { "" }

    /// Nothing by place.
    package static var positionals: [Positional] { [] }
}
