import DataFiles
import Foundation
import Problems
import Testing

@Suite("train keeps what it found, from any kind of data")
struct TrainingFilesTests {
    static let wdbc = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Benchmarks/unlooped/Data/wdbc.csv").path

    func train(_ arguments: String...) async throws -> Program.Run {
        try await Program.run(arguments: ["train"] + arguments)
    }

    /// The model that NumPy finds in 1000 steps, and scikit-learn's measures of it.
    static func numPy() throws -> (w: [Double], b: Double, measures: [String: Double]) {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("ProblemsTests/Fixtures/metrics.json")
        let cases = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]]
        let wisconsin = try #require(cases?.first { $0["name"] as? String == "wisconsin" })
        return (
            try #require(wisconsin["w"] as? [Double]), try #require(wisconsin["b"] as? Double),
            try #require(wisconsin["measures"] as? [String: Double])
        )
    }

    @Test("A model that is kept is NumPy's to 1e-10, and as good by scikit-learn's measures")
    func wholePath() async throws {
        let folder = try TemporaryFolder()
        let model = folder.path("new/model.json")
        // A rung that is quick enough in a debug build.
        let run = try await train(
            "wdbc", "--standardize", "--alpha", "0.1", "--model", model, "--history", folder.path("h.csv"),
            "--implementation", "loops.unchecked")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.error.hasSuffix("the model, after 1000 updates, is in \(model)\n"))

        let numPy = try Self.numPy()
        let kept = try TrainedModel(contentsOf: model).model
        #expect(kept.w.count == 30)
        for (value, other) in zip(kept.w + [kept.b], numPy.w + [numPy.b]) {
            #expect(abs(value - other) <= 1e-10 * abs(other), "\(value), \(other)")
        }

        let json = try await Program.run("evaluate", model, "wdbc", "--json").output
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let expected = numPy.measures
        for name in ["accuracy", "precision", "recall", "f1", "logLoss", "rocAUC"] {
            let (value, other) = (try #require(found[name] as? Double), try #require(expected[name]))
            #expect(abs(value - other) < 1e-12, "\(name): \(value), \(other)")
        }
        let lines = try await Program.run("predict", model, "wdbc").output.split(separator: "\n")
        #expect(lines.count == 570)
        #expect(lines.dropFirst().count { $0.hasSuffix(",1") } == 209)

        let history = try folder.text("h.csv").split(separator: "\n")
        #expect(history.count == 1002)
        #expect(history[0] == "updates,cost")
        #expect(history[1].hasPrefix("0,0.693147"))
        let last = try #require(Double(history[1001].dropFirst(5)))
        #expect(abs(last - (try #require(expected["logLoss"]))) < 1e-12)
    }

    @Test("CSV and NPY of the same data give the same bits")
    func csvAndNPY() async throws {
        let folder = try TemporaryFolder()
        let table: LabelledTable<Double> = try CSV(label: .name("malignant")).read(Self.wdbc)
        let (x, y) = (folder.path("x.npy"), folder.path("y.npy"))
        try NPY.encode(table.data.x, shape: [569, 30]).write(to: URL(fileURLWithPath: x))
        try NPY.encode(table.data.y, shape: [569]).write(to: URL(fileURLWithPath: y))
        let options = ["--standardize", "--iterations", "50", "--json"]
        let csv = try await Program.run(arguments: ["train", Self.wdbc, "--label", "malignant"] + options)
        let npy = try await Program.run(arguments: ["train", x, "--labels", y] + options)
        #expect(csv.code == 0)
        #expect(npy.code == 0, "\(npy.error)")
        let cut = { (text: String) in text.replacing(/"features":\[.*?\]/, with: "") }
        #expect(cut(csv.output) == cut(npy.output))
        #expect(npy.output.contains("\"x30\""))
    }

    @Test("Words of labels are kept with the model, and evaluate knows them", arguments: ["kind", "2"])
    func words(label: String) async throws {
        let folder = try TemporaryFolder()
        let data = try folder.file("d.csv", "a,kind\n1,no\n2,no\n3,yes\n4,yes\n")
        let model = folder.path("m.json")
        let run = try await train(
            data, "--label", label, "--positive", "yes", "--model", model, "--alpha", "auto")
        #expect(run.code == 0, "\(run.error)")
        #expect(try TrainedModel(contentsOf: model).names.negative == "no")
        let evaluation = try await Program.run("evaluate", model, data)
        #expect(evaluation.output.contains(/accuracy +1\n/))
        #expect(try await Program.run("predict", model, data).output.hasSuffix(",yes\n"))
    }

    @Test("A folder of images trains, is kept, and predicts")
    func images() async throws {
        let folder = try TemporaryFolder()
        let start = Data("P6 64 64 255\n".utf8)
        for name in ["blue", "red"] {
            let place = folder.url.appendingPathComponent("images/\(name)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            for i in 0..<3 {
                let shade = UInt8(200 + 10 * i)
                let pixel = name == "red" ? [shade, 10, 20] : [20, 10, shade]
                let pixels = (0..<64 * 64).flatMap { _ in pixel }
                try (start + pixels).write(to: place.appendingPathComponent("\(i).ppm"))
            }
        }
        let (data, model) = (folder.path("images"), folder.path("m.json"))
        let run = try await train(
            data, "--scalar", "float", "--alpha", "auto", "--iterations", "20", "--model", model)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 6, n_x = 12288"))
        let words = try await Program.run("predict", model, data).output.split(separator: "\n").dropFirst()
            .map { $0.split(separator: ",")[2] }
        #expect(words == ["blue", "blue", "blue", "red", "red", "red"])
        #expect(try await Program.run("evaluate", model, data).output.contains(/ROC AUC +1\n/))
        try FileManager.default.moveItem(atPath: data + "/blue", toPath: data + "/yellow")
        let other = try await Program.run("evaluate", model, data)
        #expect(other.code == 65)
        #expect(other.error.contains("the classes are 'red' and 'yellow'; expected 'blue' and 'red'"))
    }

    @Test("IDX files train with two of their classes")
    func idx() async throws {
        let folder = try TemporaryFolder()
        let images: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 1, 10, 99, 240, 20]
        let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 4, 0, 3, 6, 0]
        let (x, y) = (folder.path("x"), folder.path("y"))
        try Data(images).write(to: URL(fileURLWithPath: x))
        try Data(labels).write(to: URL(fileURLWithPath: y))
        let model = folder.path("m.json")
        let run = try await train(
            x, "--labels", y, "--classes", "0,6", "--model", model, "--alpha", "auto", "--iterations", "5000")
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 3, n_x = 1"))
        // The classes follow from the model.
        #expect(
            try await Program.run("evaluate", model, x, "--labels", y).output.contains(/accuracy +1\n/))
        let predicted = try await Program.run("predict", model, x).output.split(separator: "\n")
        #expect(predicted.dropFirst().map { $0.split(separator: ",")[1] } == ["0", "0", "6", "0"])
    }

    @Test("The validation set is reported, and standardized as the training set is")
    func validation() async throws {
        let run = try await train(
            "wdbc", "--standardize", "--validation", "0.2", "--iterations", "100", "--json")
        #expect(run.code == 0)
        let result = try #require(
            try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(result["m"] as? Int == 455)
        let validation = try #require(result["validation"] as? [String: Any])
        #expect(validation["m"] as? Int == 114)
        #expect(try #require(validation["accuracy"] as? Double) > 0.9)
        #expect(try #require(validation["cost"] as? Double) < 0.2)
        let table = try await train("wdbc", "--standardize", "--validation", "20%", "--iterations", "5")
        #expect(table.output.contains("validation set of 114 samples: J = 0."))
    }

    @Test(
        "A label that the validation set has nothing of is warned of, and one with two samples is in both parts"
    )
    func rareLabel() async throws {
        let folder = try TemporaryFolder()
        func file(_ ones: Int) throws -> String {
            let rows = (0..<300).map { "\(Double($0) / 300),\($0 < ones ? 1 : 0)\n" }
            return try folder.file("\(ones).csv", "x,y\n" + rows.joined())
        }
        let words = ["--label", "y", "--validation", "0.2", "--iterations", "2"]
        let one = try await Program.run(arguments: ["train", try file(1)] + words)
        #expect(one.error.contains("all samples of the validation set have the label 0"), "\(one.error)")
        #expect(try await Program.run(arguments: ["train", try file(2)] + words).error.isEmpty)
    }

    @Test("evaluate --held-out takes the samples of --validation alone, and no other data")
    func heldOut() async throws {
        let folder = try TemporaryFolder()
        let (model, whole) = (folder.path("m.json"), folder.path("w.json"))
        let words = ["wdbc", "--standardize", "--iterations", "100"]
        let run = try await Program.run(
            arguments: ["train"] + words + ["--validation", "0.2", "--seed", "3", "--json", "--model", model])
        #expect(run.code == 0)
        let result = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
        let validation = try #require(result?["validation"] as? [String: Any])
        let found = try await Program.run("evaluate", model, "wdbc", "--held-out", "--json")
        let measures = try #require(
            try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any])
        #expect(measures["m"] as? Int == 114 && found.error.isEmpty)
        for (name, other) in [("accuracy", "accuracy"), ("logLoss", "cost")] {
            let (value, expected) = (
                try #require(measures[name] as? Double), try #require(validation[other] as? Double)
            )
            #expect(abs(value - expected) < 1e-12, "\(name)")
        }
        // All of the data are evaluated on too, with a word about that.
        let all = try await Program.run("evaluate", model, "wdbc", "--json")
        #expect(all.code == 0 && all.output.contains("\"m\":569"))
        #expect(all.error.contains("--held-out takes the 114 of them"), "\(all.error)")
        let other = try await Program.run(
            "evaluate", model, try folder.file("d.csv", Self.firstRows(100)), "--held-out")
        #expect(other.code == 65 && other.output.isEmpty)
        #expect(other.error.contains("has 100 samples; expected the data that the model was trained on"))
        _ = try await Program.run(arguments: ["train"] + words + ["--model", whole])
        let none = try await Program.run("evaluate", whole, "wdbc", "--held-out")
        #expect(none.code == 65 && none.error.contains("w.json: the model was trained without --validation"))
    }

    /// The header and some rows of the built-in data.
    static func firstRows(_ count: Int) throws -> String {
        try String(contentsOfFile: wdbc, encoding: .utf8).split(separator: "\n").prefix(count + 1).joined(
            separator: "\n") + "\n"
    }

    @Test("Features of different scales give the advice to standardize, those of one scale and pixels do not")
    func scales() async throws {
        let raw = try await train("wdbc", "--iterations", "1")
        #expect(
            raw.error.contains("the features are of different scales: 'worst_area' goes up to 4254, "),
            "\(raw.error)")
        #expect(raw.error.contains("with --standardize"))
        #expect(try await train("wdbc", "--standardize", "--iterations", "1").error.isEmpty)
        let folder = try TemporaryFolder()
        let even = try folder.file("e.csv", "a,b,y\n1,-80,0\n0.9,70,1\n0.9,70,0\n")
        #expect(try await train(even, "--label", "y", "--iterations", "1").error.isEmpty)
    }

    @Test("--alpha auto is 1/L, with which J falls in every step; a larger one is noticed and explained")
    func learningRate() async throws {
        let automatic = try await train("wdbc", "--alpha", "auto", "--iterations", "100", "--json")
        #expect(!automatic.error.contains("warning"))
        // The greatest eigenvalue of X̃X̃ᵀ/m is 1 665 739.18, by NumPy; 4 over that is 2.401336e-06.
        #expect(automatic.output.contains(/"alpha":2\.40133\d*[eE]-0?6/), "\(automatic.output)")
        #expect(try await train("wdbc", "--iterations", "100", "--json").output == automatic.output)
        let large = try await train("wdbc", "--alpha", "0.1", "--iterations", "100", "--json")
        #expect(large.code == 1 && large.output.contains("\"diverged\":true"))
        #expect(large.error.components(separatedBy: "warning").count == 2)
        #expect(large.error.contains("greater than at the start for 20 updates"))
        #expect(large.error.contains("try --alpha 2.4e-06 (1/L"))
    }

    @Test("A descent that went astray keeps no model, and leaves the history")
    func astray() async throws {
        let folder = try TemporaryFolder()
        let data = try folder.file("d.csv", "a,y\n1e300,0\n2e300,0\n3e300,1\n")
        let run = try await train(
            data, "--label", "y", "--alpha", "1e10", "--model", folder.path("m.json"), "--history",
            folder.path("h.csv"))
        #expect(run.code == 1)
        #expect(run.error.contains("no model is kept in"))
        #expect(try folder.names == ["d.csv", "h.csv"])
    }

    @Test("Ctrl-C keeps the model so far, and says so")
    func interrupt() async throws {
        let folder = try TemporaryFolder()
        let model = folder.path("m.json")
        let run = try await Program.run(
            "train", "wdbc", "--standardize", "--iterations", "1e8", "--model", model,
            interruptOnOutput: " 2  ")
        #expect(run.code == 130)
        let updates = try #require(
            run.error.firstMatch(of: /interrupted; the model so far, after (\d+) updates, is in/))
        let kept = try TrainedModel(contentsOf: model)
        #expect(kept.training.iterations == Int(updates.1))
        #expect(kept.training.end == "cancelled")
    }

    @Test("No file is replaced without being asked to, and that is told before any work")
    func existing() async throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("f", "precious")
        for flag in ["--model", "--history", "--report"] {
            let run = try await train("wdbc", flag, file)
            #expect(run.code == 73)
            #expect(run.output.isEmpty)
            #expect(run.error.contains("it exists; name another file, or give --force"))
        }
        #expect(try folder.text("f") == "precious")
        #expect(try await train("wdbc", "--iterations", "1", "--model", file, "--force").code == 0)
        #expect(try TrainedModel(contentsOf: file).training.iterations == 1)
        #expect(try await train("wdbc", "--model", folder.url.path).code == 73)
    }

    @Test("Bad data of each kind are told with the file, and nothing is written")
    func badData() async throws {
        let folder = try TemporaryFolder()
        let one = try folder.file("one.csv", "a,y\n1,0\n")
        let three = try folder.file("three.csv", "a,y\n1,x\n2,y\n3,z\n")
        let npy = try folder.file("bad.npy", "not NumPy")
        for (words, code, message) in [
            ([one, "--label", "y", "--validation", "0.5"], 65, "has one sample, which cannot be split"),
            ([three, "--label", "y", "--positive", "x"], 65, "found the label 'z'; expected 'x' or 'y'"),
            ([npy, "--labels", npy], 65, "bad.npy: "),
            ([folder.path("no.npy"), "--labels", npy], 66, "no such"),
            ([folder.url.path], 65, "has 0 subfolders"),
            ([folder.path("no-ubyte"), "--labels", npy, "--classes", "0,1"], 66, "no such file"),
        ] as [([String], Int32, String)] {
            let run = try await Program.run(arguments: ["train", "--model", folder.path("m")] + words)
            #expect(run.code == code, "\(words)")
            #expect(run.output.isEmpty)
            #expect(run.error.contains(message), "\(run.error)")
        }
        #expect(try folder.names == ["bad.npy", "one.csv", "three.csv"])
    }
}
