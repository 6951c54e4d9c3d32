import Foundation

/// The commit of a git checkout.
package enum GitCommit {
    /// What git calls the commit that is checked out around `folder`: the nearest tag or twelve digits,
    /// and `-dirty` where a tracked file differs.
    ///
    /// - Returns: nil where the folder is in no checkout, or git is not installed.
    package static func describe(_ folder: URL) -> String? {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "git", "-C", folder.path, "--no-optional-locks", "describe", "--always", "--dirty",
            "--abbrev=12",
        ]
        // Started by a hook of git, this would be asked about another repository.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { return nil }
        let data = try? output.fileHandleForReading.readToEnd()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let data else { return nil }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}
