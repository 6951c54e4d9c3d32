import Foundation
import Ladders
import Measurement

/// The sources of the implementations, where the program lies in a checkout of them.
package struct RungSources {
    private let folder: URL

    /// The sources in the nearest folder above `file` that has some; nil where none has.
    package init?(around file: URL) {
        var place = file.deletingLastPathComponent().standardizedFileURL
        while true {
            let folder = place.appending(path: "Sources/Ladders")
            if FileManager.default.fileExists(atPath: folder.appending(path: "Logistic").path) {
                self.folder = folder
                return
            }
            let above = place.deletingLastPathComponent()
            guard above.path != place.path else { return nil }
            place = above
        }
    }

    /// The code of a rung: that of the file that has its name. What rungs share is not counted.
    ///
    /// - Returns: nil where it has no file, as a rung that runs the kernel of another one on several threads.
    package func code(of rung: String) -> RungNote.Code? {
        let places = ["Logistic/\(rung).swift", "Logistic/BFloat16/\(rung).swift"]
        guard let (file, text) = places.lazy.compactMap({ file in text(file).map { (file, $0) } }).first
        else { return nil }
        return RungNote.Code(lines: Self.codeLines(of: text).count, files: [file])
    }

    /// The lines of Swift text that hold more than a comment, without what a `//` begins.
    package static func codeLines(of text: String) -> [Substring] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            return code.contains { !$0.isWhitespace } ? code : nil
        }
    }

    private func text(_ file: String) -> String? {
        try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
}

extension RungSources {
    /// What is known of rungs besides their times.
    static func notes(of names: [String]) -> [RungNote] {
        let sources = RungSources(around: Executable.file)
        return LogisticLadder.rungs.filter { names.contains($0.name) }.map {
            RungNote(rung: $0.name, why: $0.why, code: sources?.code(of: $0.name))
        }
    }
}
