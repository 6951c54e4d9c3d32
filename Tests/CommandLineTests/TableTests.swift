import Foundation
import Testing

@Suite("Tables as people have them train and predict")
struct TableTests {
    static let csv = "id,a,b,y\nk1,1,5,0\nk2,2,4,0\nk3,3,6,1\nk4,4,5,1\n"

    @Test("A column left out in training is left out of what is predicted, by name and with a line")
    func dropped() async throws {
        let folder = try TemporaryFolder()
        let (path, model) = (try folder.file("t.csv", Self.csv), folder.path("m.json"))
        let words = try await Program.run("train", path, "--label", "y", "--iterations", "5")
        #expect(words.code == 65 && words.error.contains("found 'k1'; expected a decimal number"))
        #expect(words.error.contains("--drop"))
        let training = try await Program.run(
            "train", path, "--label", "y", "--drop", "id", "--iterations", "5", "--model", model)
        #expect(training.code == 0 && training.output.contains("m = 4, n_x = 2"), "\(training.error)")
        let run = try await Program.run("predict", model, path)
        #expect(run.code == 0 && run.output.hasPrefix("probability,label\n"))
        #expect(run.error == "\(path): left out, since the model does not have it: 'id'\n")
        let evaluation = try await Program.run("evaluate", model, path)
        #expect(evaluation.code == 0 && evaluation.error.contains("'id'"))
        let none = try await Program.run("train", path, "--label", "y", "--drop", "ID")
        #expect(none.code == 65 && none.error.contains("no column is named 'ID'"))
    }

    @Test("Predictions carry the ids of their samples")
    func ids() async throws {
        let folder = try TemporaryFolder()
        let (path, model) = (try folder.file("t.csv", Self.csv), folder.path("m.json"))
        _ = try await Program.run(
            "train", path, "--label", "y", "--drop", "id", "--iterations", "5", "--model", model)
        let run = try await Program.run("predict", model, path, "--id", "id")
        #expect(run.code == 0 && run.error.isEmpty, "\(run.error)")
        let rows = run.output.split(separator: "\n")
        #expect(rows[0] == "id,probability,label" && rows[1].hasPrefix("k1,0.") && rows[4].hasPrefix("k4,0."))
        let json = try await Program.run("predict", model, path, "--id", "id", "--json").output
        let objects = try #require(
            try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(objects.map { $0["id"] as? String } == ["k1", "k2", "k3", "k4"])
        let none = try await Program.run("predict", model, path, "--id", "name")
        #expect(none.code == 65 && none.error.contains("no column is named 'name'"))
        let images = try await Program.run("predict", model, folder.url.path, "--id", "id")
        #expect(images.code == 64 && images.error.contains("--id is for CSV files"))
        for option in ["--missing=drop", "--drop=a", "--decimal=comma"] {
            let array = try await Program.run("read", "x.npy", option)
            #expect(array.code == 64 && array.error.contains("is for CSV files; 'x.npy' is an NPY file"))
        }
    }

    @Test("Missing values are an error that counts them, or follow a rule that the model keeps")
    func missing() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,c,y\n1,red,0\n,blue,1\n4,red,1\n4,green,0\n")
        let plain = try await Program.run("train", path, "--label", "y", "--one-hot", "c")
        #expect(
            plain.code == 65 && plain.error.contains("missing: 1 of 4 in 'a'; --missing drop"),
            "\(plain.error)")
        for (rule, m) in [("drop", 3), ("mean", 4)] {
            let model = folder.path("\(rule).json")
            let run = try await Program.run(
                "train", path, "--label", "y", "--one-hot", "c", "--missing", rule, "--iterations", "5",
                "--model", model)
            #expect(run.code == 0 && run.output.hasPrefix("m = \(m), "), "\(run.error)")
            #expect(
                run.error.contains(rule == "drop" ? "left out: 1 of 4 rows" : "filled in: missing values"))
        }
        #expect(try folder.text("mean.json").contains("\"colour\"") == false)
        let gap = try folder.file("gap.csv", "a,c\n,red\n3,red\n")
        let mean = try await Program.run("predict", folder.path("mean.json"), gap)
        let values = mean.output.split(separator: "\n").dropFirst()
        // The mean of a in training is 3.
        #expect(mean.code == 0 && values.first == values.last && values.count == 2, "\(mean.error)")
        let dropped = try await Program.run("predict", folder.path("drop.json"), gap)
        #expect(dropped.code == 65 && dropped.error.contains("--missing drop leaves such rows out"))
        let asked = try await Program.run("predict", folder.path("drop.json"), gap, "--missing", "drop")
        #expect(asked.code == 0 && asked.output.split(separator: "\n").count == 2)
        let evaluated = try await Program.run("evaluate", folder.path("drop.json"), path, "--json")
        #expect(evaluated.code == 0 && evaluated.output.contains("\"m\":3"), "\(evaluated.error)")
    }

    @Test("The means of training know nothing of the validation set")
    func meansOfTraining() async throws {
        let folder = try TemporaryFolder()
        // Of each label one is held out, so that the mean tells which.
        let rows = (0..<8).map { "\(1 << $0),\($0 % 2)\n" }.joined()
        let path = try folder.file("t.csv", "a,y\n" + rows + ",0\n,1\n")
        let model = folder.path("m.json")
        let run = try await Program.run(
            "train", path, "--label", "y", "--missing", "mean", "--validation", "0.2", "--iterations", "1",
            "--model",
            model)
        #expect(run.code == 0, "\(run.error)")
        let stored = try #require(
            try JSONSerialization.jsonObject(with: Data(try folder.text("m.json").utf8)) as? [String: Any])
        let means = try #require((stored["missing"] as? [String: Any])?["means"] as? [Double])
        #expect((means[0] - 255.0 / 8).magnitude > 1e-9)
        let heldOut = try await Program.run("evaluate", model, path, "--held-out", "--json")
        #expect(heldOut.code == 0 && heldOut.output.contains("\"m\":2"), "\(heldOut.error)")
    }

    @Test("read needs no labels, and shows the names of the columns")
    func readWithoutLabels() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("t.csv", "a,b\n1,2\n3,4\n5,6\n")
        let run = try await Program.run("read", path)
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.hasPrefix("m = 3, n_x = 2, double\nno labels; features: a, b\nread in "))
    }

    @Test("Data and models come from standard input, of which there is one")
    func standardInput() async throws {
        let folder = try TemporaryFolder()
        let (path, model) = (try folder.file("t.csv", "a,y\n1,0\n2,1\n"), folder.path("m.json"))
        let run = try await Program.shell(
            "\"$unlooped\" train - --label y --iterations 5 --model '\(model)' < '\(path)' && "
                + "cat '\(model)' | \"$unlooped\" predict - '\(path)' && "
                + "cat '\(path)' | \"$unlooped\" predict '\(model)' -")
        #expect(run.code == 0, "\(run.error)")
        let predictions = run.output.split(separator: "\n").suffix(6)
        #expect(predictions.prefix(3) == predictions.suffix(3))
        let twice = try await Program.run("predict", "-", "-")
        #expect(twice.code == 64 && twice.error.contains("both '-'"))
        let wrong = try await Program.shell("printf 'a,y\\nx,0\\n' | \"$unlooped\" read - --label y")
        #expect(wrong.code == 65 && wrong.error.contains("standard input, line 2, column 1 ('a')"))
    }

    @Test("Standardizing and predicting are right for values near the ends of Double")
    func extremes() async throws {
        let folder = try TemporaryFolder()
        func run(_ exponent: String) async throws -> (cost: Double, predictions: String) {
            let rows = ["1", "-2", "3.5", "0.25", "7", "6.5"].enumerated().map { i, x in
                "\(x)\(exponent),\(i / 3)\n"
            }
            let path = try folder.file("t.csv", "a,y\n" + rows.joined())
            let model = folder.path("m.json")
            let training = try await Program.run(
                "train", path, "--label", "y", "--standardize", "--iterations", "50", "--json", "--model",
                model,
                "--force", "--scalar", "float")
            #expect(training.code == 0, "\(training.error)")
            let predictions = try await Program.run("predict", model, path)
            #expect(predictions.code == 0, "\(predictions.error)")
            let result = try JSONDecoder().decode(TrainTests.Result.self, from: Data(training.output.utf8))
            return (try #require(result.cost), predictions.output)
        }
        let plain = try await run("")
        #expect(plain.cost < 0.6)
        for exponent in ["e200", "e-200", "e306", "e-300"] {
            let scaled = try await run(exponent)
            #expect((scaled.cost / plain.cost - 1).magnitude < 1e-6, "\(exponent)")
            #expect(
                scaled.predictions.split(separator: "\n").map { $0.suffix(2) }
                    == plain.predictions.split(separator: "\n").map { $0.suffix(2) })
        }
    }

    @Test("Output that nobody reads ends the printing, not the training")
    func unread() async throws {
        let folder = try TemporaryFolder()
        let (path, model) = (try folder.file("t.csv", "a,y\n1,0\n2,1\n3,0\n4,1\n"), folder.path("m.json"))
        let run = try await Program.shell(
            "{ \"$unlooped\" train '\(path)' --label y --iterations 30000 --model '\(model)'; echo $? > '\(model).code'; } "
                + "| head -n 1")
        #expect(run.output.hasPrefix("m = 4, ") && run.output.split(separator: "\n").count == 1)
        #expect(try folder.text("m.json.code") == "0\n")
        #expect(try folder.text("m.json").contains("\"iterations\" : 30000"))
        #expect(!run.error.contains("standard output"), "\(run.error)")
    }

    @Test("An image is one sample, and the predictions of a folder carry the names of files")
    func images() async throws {
        let folder = try TemporaryFolder()
        for (name, values) in [("cat", "10 20"), ("dog", "240 250")] {
            try FileManager.default.createDirectory(
                atPath: folder.path(name), withIntermediateDirectories: true)
            _ = try folder.file("\(name)/1.pgm", "P2\n# \(name)\n2 1\n255\n\(values)\n")
        }
        let model = try TemporaryFolder()
        let path = model.path("m.json")
        let training = try await Program.run("train", folder.url.path, "--iterations", "20", "--model", path)
        #expect(training.code == 0, "\(training.error)")
        let one = try await Program.run("predict", path, folder.path("cat/1.pgm"))
        let all = try await Program.run("predict", path, folder.url.path)
        #expect(one.code == 0 && all.code == 0, "\(one.error)\(all.error)")
        let (row, rows) = (one.output.split(separator: "\n"), all.output.split(separator: "\n"))
        #expect(row.count == 2 && row[0] == "file,probability,label" && row[1].hasSuffix(",cat"))
        #expect(rows.count == 3 && rows[1].hasPrefix("cat/1.pgm,") && rows[2].hasPrefix("dog/1.pgm,"))
        let bytes = try folder.file("x.bin", "\u{1}\u{2}\u{7F}EL\u{0}F")
        let wrong = try await Program.run("predict", path, bytes)
        #expect(
            wrong.code == 65
                && wrong.error == "unlooped: \(bytes): is no text, but a file of bytes; expected CSV\n")
    }
}
