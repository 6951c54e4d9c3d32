import Foundation
import Measurement

/// Where results go: a JSON file, written anew after each block. In the end the files of the report go next to
/// one that is named `results.json`; for others `unlooped report` makes it.
///
/// A file is written aside and then renamed, so that whatever ends the program or fills the disk, the file
/// holds all blocks but the one in progress.
package struct ResultStore {
    package let json: String

    /// Keeps the results for this process once they are written, so that another run does not replace them.
    private let claim = AtomicFile.Claim()

    /// Whether files that exist may be written over.
    private let force: Bool

    /// The names that files of the report may have, and the report of results.
    private let reportNames: [String]
    private let reportFiles: (Results) -> [(name: String, text: String)]

    package init(
        json: String, force: Bool, reportNames: [String],
        reportFiles: @escaping (Results) -> [(name: String, text: String)]
    ) {
        (self.json, self.force) = (json, force)
        (self.reportNames, self.reportFiles) = (reportNames, reportFiles)
    }

    package var report: String { beside("report.html") }

    /// Whether the report goes next to the results.
    var makesReport: Bool { name == "results.json" }

    private var name: Substring { json.split(separator: "/", omittingEmptySubsequences: false).last ?? "" }

    package var whereabouts: String {
        guard makesReport else {
            return "The results are in \(json); 'unlooped report \(json.quotedForShell)' makes their report."
        }
        return "The report is in \(report); with it are report.md with its pictures, results.csv and \(json)."
    }

    /// By text, as all before the last name is the kernel's to resolve.
    private func beside(_ other: String) -> String { json.dropLast(name.count) + other }

    /// Makes sure that all could be written, before hours of work, and that nothing is lost by it.
    func check() throws(OutputError) {
        try AtomicFile.check(json, force: force)
        if makesReport { try checkReport() }
    }

    /// Makes sure that the report could be written, and that nothing is lost by it.
    package func checkReport() throws(OutputError) {
        guard !reportNames.contains(String(name)) else {
            throw OutputError(
                path: json, reason: "the report has a file of that name",
                advice: "give the results another name")
        }
        for name in reportNames { try AtomicFile.check(beside(name), force: force) }
    }

    /// Makes room for new results: those that are there are kept under the time they were begun at.
    ///
    /// - Returns: where they are now; nil where there were none.
    func keepPrevious() throws(OutputError) -> String? {
        guard AtomicFile.isOrdinaryFile(json) else { return nil }
        let date = (try? Results(contentsOf: json))?.date ?? "unknown"
        let stamp = date.filter { $0.isLetter || $0.isNumber || $0 == "-" }
        var (name, number) = ("results-\(stamp).json", 1)
        while FileManager.default.fileExists(atPath: beside(name)) {
            number += 1
            name = "results-\(stamp)-\(number).json"
        }
        guard rename(json, beside(name)) == 0 else {
            throw OutputError(path: json, reason: "cannot rename it: \(String(cString: strerror(errno)))")
        }
        return beside(name)
    }

    func save(_ results: Results) throws {
        try AtomicFile.write(try results.json(), to: json, replacing: force, keeping: claim)
    }

    /// Writes all; the raw results first, since everything else can be made from them.
    func finish(_ results: Results) throws {
        try save(results)
        if makesReport { try writeReport(results) }
    }

    /// Writes what can be made from the results at any time.
    package func writeReport(_ results: Results) throws {
        for file in reportFiles(results) {
            try AtomicFile.write(file.text, to: beside(file.name), replacing: force)
        }
    }
}
