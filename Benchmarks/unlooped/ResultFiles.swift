import Foundation
import Measurement

/// Results from files: one, or several of the same machine and build that are merged.
enum ResultFiles {
    /// The paths in `list`, separated by commas; one path where a file's name has a comma in it.
    static func paths(in list: String) throws(UsageError) -> [String] {
        if FileManager.default.fileExists(atPath: list) { return [list] }
        let paths = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !paths.contains("") else {
            throw UsageError("'\(list)' lacks a file; expected one, or several separated by commas")
        }
        return paths
    }

    /// The results in one file, or in several merged.
    ///
    /// - Parameter paths: at least one.
    /// - Throws: `ResultsError` where a file holds no results, `InputError` where they cannot be merged.
    static func read(_ paths: [String]) throws -> Results {
        let parts = try paths.map { try Results(contentsOf: $0) }
        guard parts.count > 1 else { return parts[0] }
        do {
            return try parts[0].merging(Array(parts[1...]))
        } catch {
            throw InputError(
                message: "'\(paths[error.index + 1])' cannot be merged with '\(paths[0])': \(error)")
        }
    }
}
