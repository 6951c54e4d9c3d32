import Foundation
import Measurement

/// The program's own file, and what it tells of how it was built.
enum Executable {
    /// Where it is, links followed, wherever it was started from and by whatever name.
    static var file: URL {
        if let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            return URL(fileURLWithPath: path)
        }
        let first = URL(fileURLWithPath: CommandLine.arguments.first ?? "unlooped")
        return (Bundle.main.executableURL ?? first).resolvingSymlinksInPath()
    }

    /// This build.
    static var build: Build {
        .current(
            instructionSet: Processor.instructionSet,
            commit: GitCommit.describe(file.deletingLastPathComponent()),
            fingerprint: fingerprint)
    }

    /// A hash of the file; nil where it cannot be read.
    static var fingerprint: String? {
        (try? Data(contentsOf: file, options: .alwaysMapped)).map { Fingerprint.of($0) }
    }
}
