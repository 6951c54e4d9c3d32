import Foundation

/// The command line as one could type it again.
enum CommandText {
    /// The one that this program was started by. Of the program only the name is kept: where it lies
    /// differs from machine to machine.
    static var current: String {
        (["unlooped"] + CommandLine.arguments.dropFirst()).map(quoted).joined(separator: " ")
    }

    /// `word`, in quotes where a shell would not take it as it is.
    static func quoted(_ word: String) -> String {
        let plain = word.allSatisfy {
            $0.isASCII && ($0.isLetter || $0.isNumber) || "-_.,/=:+@%".contains($0)
        }
        if plain, !word.isEmpty { return word }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
            + "'"
    }
}
