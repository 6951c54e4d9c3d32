/// `unlooped` without a verb: judge, time, report.
struct Study: Verb {
    static let name = ""
    static let summary = "judge and time every implementation, and write the report"
    static let options: [Option] = []

    init(_ arguments: Arguments) {}

    func run() throws -> ExitCode {
        Terminal.fail("the study is not built yet")
        return .failure
    }
}
