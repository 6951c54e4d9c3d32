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
            if FileManager.default.fileExists(atPath: folder.appending(path: "Rungs").path) {
                self.folder = folder
                return
            }
            let above = place.deletingLastPathComponent()
            guard above.path != place.path else { return nil }
            place = above
        }
    }

    /// The code of a rung: its own file, and the kernels that it names, which may name others. What is of
    /// use to any program, such as vectors, arrays and exp, is not counted.
    ///
    /// - Returns: nil where it has no file of its own.
    package func code(of rung: String) -> RungNote.Code? {
        let own = "Rungs/\(rung).swift"
        guard text(own) != nil else { return nil }
        let kernels = (try? FileManager.default.contentsOfDirectory(atPath: kernelsFolder.path)) ?? []
        var (files, count, next) = ([own], 0, 0)
        while next < files.count {
            let lines = Self.codeLines(of: text(files[next]) ?? "")
            count += lines.count
            // A file is named for the type in it.
            let words = Set(lines.joined(separator: " ").split { !$0.isLetter && !$0.isNumber })
            for name in kernels.sorted() where words.contains(name.prefix { $0 != "." }) {
                let file = "Kernels/\(name)"
                if !files.contains(file) { files.append(file) }
            }
            next += 1
        }
        return RungNote.Code(lines: count, files: files)
    }

    /// The lines of Swift text that hold more than a comment, without what a `//` begins.
    package static func codeLines(of text: String) -> [Substring] {
        text.split(whereSeparator: \.isNewline).compactMap { line in
            let code = line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
            return code.contains { !$0.isWhitespace } ? code : nil
        }
    }

    private var kernelsFolder: URL { folder.appending(path: "Kernels") }

    private func text(_ file: String) -> String? {
        try? String(contentsOf: folder.appending(path: file), encoding: .utf8)
    }
}

extension RungSources {
    /// What is known of rungs beside their times.
    static func notes(of names: [String]) -> [RungNote] {
        let sources = RungSources(around: Executable.file)
        return LogisticLadder.rungs.filter { names.contains($0.name) }.map {
            RungNote(rung: $0.name, why: $0.why, code: sources?.code(of: $0.name))
        }
    }
}
