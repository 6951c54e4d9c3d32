import Foundation

/// What a value of `--peer` stands for: a peer that comes with the study, or a command line.
struct PeerCommand: Equatable {
    /// As it was given, and as results keep it.
    let text: String

    /// The line for the shell that starts it.
    let line: String

    /// The option, for every verb that has it.
    static let option = Option.list(
        "--peer", "NAME|COMMAND",
        "the same step in other programs: names from Benchmarks/Peers, all, or a command line; may be repeated"
    )

    init(text: String, line: String) { (self.text, self.line) = (text, line) }

    /// The one that results name.
    init(stored text: String) throws(PeerFailure) {
        guard Self.isName(text) else {
            self.init(text: text, line: text)
            return
        }
        guard let program = Self.program else { throw PeerFailure(Self.missing, kind: .unavailable) }
        self.init(text: text, line: Self.line(program, text))
    }

    /// Those that were asked for, each once.
    static func all(_ arguments: Arguments) throws(UsageError) -> [PeerCommand] {
        var commands: [PeerCommand] = []
        for value in arguments.all(option.flag) {
            for command in try read(value) where !commands.contains(command) { commands.append(command) }
        }
        return commands
    }

    private static func read(_ value: String) throws(UsageError) -> [PeerCommand] {
        let parts = value.split(separator: ",", omittingEmptySubsequences: false).map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        guard parts != [""] else {
            throw UsageError(
                option: option.flag, found: value, expected: "names of peers, or a command line")
        }
        guard parts.allSatisfy(isName) else { return [PeerCommand(text: value, line: value)] }
        guard let program else { throw UsageError("\(option.flag) \(value): \(missing)") }
        let names = shipped(program)
        var commands: [PeerCommand] = []
        for part in parts {
            guard part == "all" || names.contains(part) else {
                throw UsageError(
                    unknown: "peer (a command line has a space or a slash)", part, among: ["all"] + names)
            }
            let chosen = part == "all" ? names : [part]
            commands += chosen.map { PeerCommand(text: $0, line: line(program, $0)) }
        }
        return commands
    }

    /// A name is one word; what else there is in it makes it a command line.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.+".contains($0) }
    }

    private static func line(_ program: String, _ name: String) -> String {
        "exec \(CommandText.quoted(program)) \(name)"
    }

    private static let missing =
        "Benchmarks/Peers/run is not in the working directory or above it; start the program in the "
        + "folder of the package, or give a command line with a space or a slash in it"

    /// What starts the peers that come with the study.
    private static var program: String? {
        var folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        while true {
            let program = folder.appendingPathComponent("Benchmarks/Peers/run").path
            if FileManager.default.isExecutableFile(atPath: program) { return program }
            if folder.path == "/" { return nil }
            folder.deleteLastPathComponent()
        }
    }

    /// Their names.
    private static func shipped(_ program: String) -> [String] {
        let (process, output) = (Process(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["--list"]
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return [] }
        let text = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
            .filter(isName)
    }
}
