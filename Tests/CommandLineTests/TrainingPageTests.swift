import DataFiles
import Foundation
import Problems
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("train --report writes a page with the learning curve")
struct TrainingPageTests {
    @Test("The page has the curves, also of the validation set, the scores and the facts")
    func page() async throws {
        let folder = try TemporaryFolder()
        let page = folder.path("new/curve.html")
        let run = try await Program.run(
            "train", "wdbc", "--standardize", "--validation", "0.2", "--iterations", "60", "--report", page,
            "--implementation", "loops.unchecked", "--history", folder.path("h.csv"))
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error == "the learning curve is in \(page)\n")
        let text = try folder.text("new/curve.html")
        #expect(XMLParser(data: Data(text.utf8)).parse())
        let accuracy = try #require(run.output.firstMatch(of: /J = (0\.\d+), accuracy = (0\.\d+) after 60/))
        let percent = String(format: "%.2f", 100 * (try #require(Double(accuracy.2))))
        #expect(text.contains("On wdbc J went from 0.693 to <strong>"))
        #expect(text.contains("finds the label of \(percent)"))
        for part in [
            "How J falls", "How the gradient shrinks", "validation set", "loops.unchecked", "ROC AUC",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.contains(">\(accuracy.1)<"))
        // The table behind the curve is of the costs that --history has, at some of the updates.
        let costs = try folder.text("h.csv").split(separator: "\n").dropFirst().map {
            $0.split(separator: ",")[1]
        }
        let shown = String(format: "%.3f", try #require(Double(costs[10])))
        #expect(text.contains(/>10<\/t.><td[^>]*>0\.\d+</) && text.contains(">\(shown)<"))
    }

    @Test("A single update, and a cost that is no number, have a page too")
    func odd() async throws {
        let folder = try TemporaryFolder()
        let data = try folder.file("d.csv", "a,y\n1e300,0\n2e300,0\n3e300,1\n")
        for (name, options, code) in [
            ("one.html", ["wdbc", "--iterations", "1"], Int32(0)),
            ("astray.html", [data, "--label", "y", "--alpha", "1e10"], 1),
        ] {
            let run = try await Program.run(arguments: ["train", "--report", folder.path(name)] + options)
            #expect(run.code == code, "\(run.error)")
            #expect(XMLParser(data: Data(try folder.text(name).utf8)).parse())
        }
    }

    @Test("Two outputs in one file are told before any work")
    func same() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path("f")
        let run = try await Program.run("train", "wdbc", "--model", file, "--report", file)
        #expect(run.code == 64 && run.output.isEmpty)
        #expect(run.error.contains("--model and --report are both '\(file)'; expected two files"))
        #expect(try folder.names.isEmpty)
    }
}

@Suite("Where no implementation is named, train takes one that suits the data")
struct DefaultImplementationTests {
    func chosen(_ arguments: [String]) async throws -> String {
        let run = try await Program.run(arguments: ["train", "--iterations", "1", "--json"] + arguments)
        #expect(run.code == 0, "\(run.error)")
        return String(try #require(run.output.firstMatch(of: /"implementation":"[a-z]+\.([^"]+)"/)).1)
    }

    @Test("Narrow samples are laid out by features; wide ones, and those in a mapped file, are not copied")
    func choice() async throws {
        #expect(try await chosen(["wdbc"]) == "interleaved")
        // On several processors, and on one.
        let rows = ["team", "pipelined"]
        let folder = try TemporaryFolder()
        let wide = (0..<40).map { "f\($0)" }.joined(separator: ",")
        let row = String(repeating: "1,", count: 40)
        let csv = try folder.file("w.csv", "\(wide),y\n\(row)0\n\(row)1\n")
        #expect(rows.contains(try await chosen([csv, "--label", "y"])))
        let (x, y) = (folder.path("x.npy"), folder.path("y.npy"))
        try NPY.encode(AlignedBuffer<Float>([1, 2, 3, 4]), shape: [4, 1]).write(to: URL(fileURLWithPath: x))
        try NPY.encode(AlignedBuffer<Float>([0, 0, 1, 1]), shape: [4]).write(to: URL(fileURLWithPath: y))
        #expect(rows.contains(try await chosen([x, "--labels", y, "--scalar", "float"])))
        #expect(try await chosen([x, "--labels", y, "--scalar", "double"]) == "interleaved")
    }
}
