/// `unlooped bench`.
struct Bench: Verb {
    static let name = "bench"
    static let summary = "time every implementation"
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
        Terminal.fail("'bench' is not built yet")
        return .failure
    }
}
