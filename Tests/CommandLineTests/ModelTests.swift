import Foundation
import Testing

@Suite("predict and evaluate use a model file")
struct ModelTests {
    /// A model of one feature, z = 2x − 3, with words for its labels.
    static let model = """
        {"format": "unlooped model", "version": 1, "features": ["a"], "w": [2], "b": -3,
        "label": {"name": "kind", "negative": "no", "positive": "yes, sir"},
        "training": {"data": "t.csv", "m": 4, "implementation": "loops.flat", "scalar": "double",
        "alpha": 0.1, "iterations": 1, "end": "iterations", "cost": 0.5, "accuracy": 1}}
        """

    @Test("predict gives a probability and a word for each sample, with the label's column or without")
    func predict() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let expected = "probability,label\n0.2689414213699951,no\n0.7310585786300049,\"yes, sir\"\n"
        for text in ["a\n1\n2\n", "a,kind\n1,no\n2,?\n"] {
            let run = try await Program.run("predict", model, try folder.file("d.csv", text))
            #expect(run.code == 0)
            #expect(run.error.isEmpty)
            #expect(run.output == expected)
        }
        let json = try await Program.run("predict", model, folder.path("d.csv"), "--json")
        #expect(
            json.output == """
                [{"label":"no","probability":0.2689414213699951},\
                {"label":"yes, sir","probability":0.7310585786300049}]

                """)
    }

    @Test("More rows than are encoded at a time are still one array, in the order of the data")
    func manyRows() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let data = try folder.file("d.csv", "a\n" + (0..<20_001).map { "\($0 % 7)\n" }.joined())
        let csv = try await Program.run("predict", model, data).output.split(separator: "\n").dropFirst()
        let json = try await Program.run("predict", model, data, "--json").output
        struct Row: Decodable { let probability: Double }
        let rows = try JSONDecoder().decode([Row].self, from: Data(json.utf8))
        #expect(rows.count == 20_001)
        #expect(zip(rows, csv).allSatisfy { $1.hasPrefix("\($0.probability),") })
    }

    @Test("evaluate takes the words of the labels from the model")
    func evaluate() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let data = try folder.file("d.csv", "kind,a\nno,1\n\"yes, sir\",2\nno,3\nno,0\n")
        let run = try await Program.run("evaluate", model, data)
        #expect(run.code == 0)
        #expect(run.error.isEmpty)
        #expect(run.output.contains(/accuracy +0\.75\n/))
        #expect(run.output.contains(/precision +0\.5\n/))
        #expect(run.output.contains(/kind = no +2 +1\n/))
        let json = try await Program.run("evaluate", model, data, "--json")
        let result = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(result?["recall"] as? Double == 1)
        #expect(result?["rocAUC"] as? Double == 2.0 / 3)
        #expect((result?["confusion"] as? [String: Int])?["falsePositives"] == 1)
    }

    @Test("A threshold decides from which probability on the label is 1")
    func threshold() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let data = try folder.file("d.csv", "kind,a\nno,1\n\"yes, sir\",2\nno,3\nno,0\n")
        // P is 0.27, 0.73, 0.95 and 0.05.
        for (threshold, words) in [
            ("0.2", "yyyn"), ("0.5", "nyyn"), ("0.9", "nnyn"), ("0", "yyyy"), ("1", "nnnn"),
        ] {
            let run = try await Program.run("predict", model, data, "--threshold", threshold)
            let labels = run.output.split(separator: "\n").dropFirst().map { $0.hasSuffix(",no") ? "n" : "y" }
            #expect(labels.joined() == words)
            let accuracy = zip(labels, ["n", "y", "n", "n"]).count { $0 == $1 }
            let evaluation = try await Program.run(
                "evaluate", model, data, "--threshold", threshold, "--json")
            struct Answer: Decodable { let accuracy, threshold: Double }
            let answer = try JSONDecoder().decode(Answer.self, from: Data(evaluation.output.utf8))
            #expect(answer.accuracy == Double(accuracy) / 4 && answer.threshold == Double(threshold))
        }
        let table = try await Program.run("evaluate", model, data).output
        #expect(table.contains(/threshold +accuracy +precision +recall +F1\n/))
        #expect(table.contains(/\n0\.2 +0\.5000 +0\.3333 +1\.0000 +0\.5000\n/), "\(table)")
        #expect(table.contains(/\n0\.8 +0\.5000 +0\.0000 +0\.0000 +0\.0000\n/))
        for wrong in ["1.5", "-0.1", "nan", "half"] {
            let run = try await Program.run("predict", model, data, "--threshold", wrong)
            #expect(
                run.code == 64 && run.error.contains("expected a probability, from 0 to 1"), "\(run.error)")
        }
    }

    @Test("A measure that divides by nothing is null")
    func undefined() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let data = try folder.file("d.csv", "kind,a\nno,1\nno,0\n")
        #expect(try await Program.run("evaluate", model, data).output.contains("–"))
        let json = try await Program.run("evaluate", model, data, "--json").output
        for name in ["precision", "recall", "f1", "rocAUC"] { #expect(json.contains("\"\(name)\":null")) }
    }

    @Test("Wrong models and data are told, with nothing on standard output")
    func wrong() async throws {
        let folder = try TemporaryFolder()
        let model = try folder.file("m.json", Self.model)
        let broken = try folder.file("b.json", String(Self.model.prefix(100)))
        let future = try folder.file("f.json", Self.model.replacing("\"version\": 1", with: "\"version\": 9"))
        let huge = try folder.file(
            "h.json",
            Self.model.replacing("[\"a\"]", with: "[\"a\", \"b\"]").replacing("[2]", with: "[1e300, -1e300]"))
        let good = try folder.file("d.csv", "a\n1\n")
        let two = try folder.file("two.csv", "A,b\n1,2\n")
        let far = try folder.file("far.csv", "a,b\n1e300,1e300\n")
        let words = try folder.file("w.csv", "a,kind\n1,perhaps\n2,no\n")
        for (words, code, message) in [
            (["predict", folder.path("none"), good], 66, "none: no such file"),
            (["predict", folder.url.path, good], 66, "is a folder; expected a model file"),
            (["predict", model, folder.path("none.csv")], 66, "no such file"),
            (["predict", broken, good], 65, "b.json: is no complete JSON"),
            (["predict", good, model], 65, "d.csv: is no complete JSON"),
            (["predict", future, good], 65, "has version 9 of the format; expected 1 or 2"),
            (["predict", model, two], 65, "has 2 features; the model was trained on 1"),
            (["predict", huge, far], 65, "sample 1 has values so large"),
            (["evaluate", model, words], 65, "found the label 'perhaps'; expected 'yes, sir' or 'no'"),
            (["evaluate", model, good], 65, "no column is named 'kind'"),
            (["evaluate", model, good, "--labels", "x"], 64, "--labels is for NPY and IDX files"),
            (["evaluate", model, "x.npy"], 64, "--labels is missing"),
            (["predict", model], 64, "DATA is missing"),
            (["predict", model, good, "--positive", "x"], 64, "unknown option '--positive'"),
        ] as [([String], Int32, String)] {
            let run = try await Program.run(arguments: words)
            #expect(run.code == code, "\(words)")
            #expect(run.output.isEmpty, "\(words)")
            #expect(run.error.hasPrefix("unlooped: "), "\(words)")
            #expect(run.error.contains(message), "\(run.error)")
        }
    }
}
