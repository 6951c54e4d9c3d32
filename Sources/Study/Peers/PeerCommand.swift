import DataFiles
import Foundation

/// A peer that comes with the study, or a command line: a value of `--peer`.
package struct PeerCommand: Equatable, Sendable {
    /// As it was given, and as results keep it.
    let text: String

    /// The line for the shell that starts it.
    let line: String

    /// A command line.
    package init(line: String) { (text, self.line) = (line, line) }

    /// A peer that comes with the study; nil where those are not there.
    package init?(name: String) {
        guard let program = Self.program else { return nil }
        (text, line) = (name, "exec \(program.quotedForShell) \(name)")
    }

    /// The one that results name.
    init(stored text: String) throws(PeerFailure) {
        guard let command = Self.isName(text) ? Self(name: text) : Self(line: text) else {
            throw PeerFailure(Self.missing, kind: .unavailable)
        }
        self = command
    }

    /// A name is one word; what else there is in it makes it a command line.
    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.+".contains($0) }
    }

    /// Why there may be no peers with names.
    package static let missing =
        "Benchmarks/Peers/run is not in the working directory or above it; start the program in the "
        + "folder of the package, or give a command line with a space or a slash in it"

    /// The program that starts the peers that come with the study.
    private static var program: String? {
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while true {
            let program = folder.appendingPathComponent("Benchmarks/Peers/run").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
            if folder.path == "/" { return nil }
            folder.deleteLastPathComponent()
        }
    }

    /// The names of the peers that come with the study; nil where those are not there.
    package static var shipped: [String]? {
        guard let program else { return nil }
        let text = ChildProcess.output(of: [program, "--list"]) ?? Data()
        return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            .filter(isName)
    }
}

extension String {
    /// The text in quotes where a shell would not take it as it is.
    package var quotedForShell: String {
        let isPlain = allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.,/=:+@%".contains($0) }
        if isPlain, !isEmpty { return self }
        return "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
