/// `unlooped verify`.
struct Verify: Verb {
    static let name = "verify"
    static let summary = "hold every implementation to the reference"
    static let options: [Option] = [
        .value("--implementation", "NAMES", "names or families, separated by commas; all where not given"),
        .value("--scalar", "KIND", "float, double or both", default: "both"),
        .value("--threads", "N", "threads that may work at the same time; all processors where not given"),
        .json,
    ]

    init(_ arguments: Arguments) throws(UsageError) {
        _ = try arguments.choice("--scalar", as: ScalarChoice.self)
    }

    func run() throws -> ExitCode {
        Terminal.fail("'verify' is not built yet")
        return .failure
    }
}
