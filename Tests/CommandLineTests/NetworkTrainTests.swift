import DataFiles
import Foundation
import Problems
import Testing

@Suite("train, predict and evaluate go for networks too")
struct NetworkTrainTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A quick network on the built-in data.
    func train(_ more: String...) async throws -> Program.Run { try await train(more) }

    func train(_ more: [String]) async throws -> Program.Run {
        try await Program.run(
            arguments: ["train", "wdbc", "--standardize", "--implementation", "loops.unchecked"] + more)
    }

    @Test(
        "The model that is kept is the one whose J was printed, and evaluate and predict use it",
        arguments: Activation.allCases)
    func wholePath(_ activation: Activation) async throws {
        let model = folder.path("m.json")
        let run = try await train(
            "--hidden", "5,3", "--activation", activation.rawValue, "--alpha", "0.2", "--iterations", "40",
            "--validation", "0.2", "--seed", "7", "--model", model, "--history", folder.path("h.csv"))
        #expect(run.code == 0, "\(run.error)")
        #expect(run.output.contains("m = 455, 30-5-3-1 with \(activation.rawValue), 177 parameters, "))
        let kept = try TrainedModel(contentsOf: model)
        #expect(kept.network == Network(hidden: [5, 3], activation: activation))
        #expect(kept.training.initialization == Initialization(for: kept.network) && kept.training.seed == 7)
        // J of the training set, by the formulas, one sample at a time.
        let table: LabelledTable<Double> = try CSV(label: .name("malignant")).read(TrainingFilesTests.wdbc)
        let data = try #require(try kept.standardization?.applied(to: table.data))
        let parts = try data.split(validation: 0.2, seed: 7)
        let losses = parts.training.map { i in
            logistic(kept.network.forward(data.sample(i), at: kept.model), label: data.y.base[i]).loss
        }
        #expect(abs(losses.reduce(0, +) / 455 - kept.training.cost) < 1e-12)
        let (J, share) = (kept.training.cost, kept.training.accuracy ?? .nan)
        #expect(run.output.contains(String(format: "J = %.4g, accuracy = %.4g ", J, share)))
        let history = try folder.text("h.csv").split(separator: "\n")
        #expect(history.count == 42 && history[41].hasPrefix("40,\(kept.training.cost),"))

        let right = (0..<569).count { i in
            (kept.network.forward(data.sample(i), at: kept.model) >= 0) == (data.y.base[i] == 1)
        }
        let evaluation = try await Program.run("evaluate", model, "wdbc", "--json").output
        let measures = try JSONSerialization.jsonObject(with: Data(evaluation.utf8)) as? [String: Any]
        let accuracy = try #require(measures?["accuracy"] as? Double)
        #expect(abs(accuracy - Double(right) / 569) < 1e-12)
        let rows = try await Program.run("predict", model, "wdbc").output.split(separator: "\n").dropFirst()
        #expect(zip(rows, table.data.y.elements).count { $0.hasSuffix(",\(Int($1))") } == right)
    }

    @Test("One seed gives one run, another another; JSON has the parameters by their names")
    func json() async throws {
        func run(_ seed: String) async throws -> String {
            try await train("--hidden", "4", "--seed", seed, "--iterations", "5", "--json").output
        }
        let first = try await run("1")
        #expect(try await run("1") == first)
        #expect(try await run("2") != first)
        let result = try #require(try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
        #expect(result["w"] == nil && result["b"] == nil && result["diverged"] as? Bool == false)
        #expect((result["network"] as? [String: Any])?["hidden"] as? [Int] == [4])
        let parameters = try #require(result["parameters"] as? [String: Any])
        #expect(Set(parameters.keys) == ["W1", "b1", "W2", "b2"])
        #expect((parameters["W1"] as? [[Double]])?.map(\.count) == [30, 30, 30, 30])
        #expect((parameters["b2"] as? [Double])?.count == 1)
        // Without a rate, one is found with which J falls in each of the first updates.
        let costs = try #require(result["costs"] as? [[String: Any]]).map { $0["cost"] as? Double ?? .nan }
        #expect(zip(costs, costs.dropFirst()).allSatisfy { $0 > $1 })
    }

    @Test("Without --implementation the ladder of networks has one")
    func implementation() async throws {
        let run = try await Program.run(
            "train", "wdbc", "--hidden", "2", "--iterations", "1", "--standardize")
        #expect(run.code == 0, "\(run.error)")
        #expect(
            run.output.contains(
                /relu, 65 parameters, he, (?:loops|simd|dispatch)\.[a-z]+, double, alpha = \d/))
        #expect(run.output.contains("(found by trial)"))
    }

    @Test("A report of a network has its curves and its layers")
    func report() async throws {
        let page = folder.path("r.html")
        let run = try await train(
            "--hidden", "3", "--validation", "20%", "--iterations", "12", "--alpha", "1", "--report", page)
        #expect(run.code == 0, "\(run.error)")
        let text = try folder.text("r.html")
        for part in [
            "network 30-3-1", "How J falls", "length of the gradient", "validation set", ">relu<", ">he<",
            ">97<",
        ] {
            #expect(text.contains(part), "\(part)")
        }
    }

    @Test("Units that stay equal are warned of, with the reason")
    func equalUnits() async throws {
        let still = try await train("--hidden", "4,3", "--initialize", "zero", "--iterations", "2")
        #expect(still.code == 0)
        #expect(
            still.error.contains("all units of layers 1, 2 start with the same weights"), "\(still.error)")
        #expect(
            still.error.contains("stay equal for ever") && still.error.contains("not even that one learns"))
        let sigmoid = try await train(
            "--hidden", "4", "--initialize", "zero", "--activation", "sigmoid", "--iterations", "2")
        #expect(sigmoid.error.contains("all units of layer 1 start") && !sigmoid.error.contains("not even"))
        #expect(try await train("--hidden", "4", "--iterations", "2").error.isEmpty)
        #expect(try await train("--hidden", "1", "--initialize", "zero", "--iterations", "2").error.isEmpty)
    }

    @Test("A descent that diverges is explained with a rate that was tried, and keeps no model unasked")
    func divergence() async throws {
        let words = ["--hidden", "6", "--activation", "tanh", "--alpha", "3000", "--iterations", "60"]
        let run = try await train(words + ["--model", folder.path("m.json")])
        #expect(run.code == 1)
        #expect(run.output.contains("after 60 updates; diverged: J is greater than at the start"))
        #expect(run.error.contains("no model is kept in '\(folder.path("m.json"))'"))
        #expect(try folder.names.isEmpty)
        let advice = /too large.*try --alpha ([0-9.]+) \(with which J falls in/
        let rate = try #require(run.error.firstMatch(of: advice)).1
        // The rate keeps its promise.
        let calm = try await train("--hidden", "6", "--activation", "tanh", "--alpha", String(rate), "--json")
        #expect(calm.code == 0 && calm.output.contains("\"diverged\":false"), "\(calm.error)")
        let kept = try await Program.run(
            arguments: [
                "train", "wdbc", "--standardize", "--model", folder.path("m.json"), "--keep-diverged",
            ]
                + words)
        #expect(kept.code == 1)
        #expect(try TrainedModel(contentsOf: folder.path("m.json")).network.hidden == [6])
    }

    @Test("Ctrl-C keeps the network so far")
    func interrupt() async throws {
        let model = folder.path("m.json")
        let run = try await Program.run(
            "train", "wdbc", "--standardize", "--hidden", "3", "--implementation", "loops.unchecked",
            "--alpha", "0.1",
            "--iterations", "1e8",
            "--model",
            model, interruptOnOutput: " 2  ")
        #expect(run.code == 130)
        #expect(try TrainedModel(contentsOf: model).training.end == "cancelled")
    }

    @Test(
        "A network that cannot be is refused, and nothing is written",
        arguments: [
            (["--hidden", "0"], 64, "--hidden is '0'; expected a whole number, from 1 to 1000000"),
            (["--hidden", "1e9"], 64, "--hidden is '1e9'; expected a whole number, from 1 to 1000000"),
            (["--hidden", "4,,2"], 64, "--hidden is ''"), (["--hidden", "-3"], 64, "--hidden is '-3'"),
            (
                ["--hidden", Array(repeating: "3", count: 64).joined(separator: ",")], 64,
                "--hidden has 64 layers; expected 63 at the most"
            ),
            (
                ["--hidden", "3", "--activation", "softmax"], 64,
                "possible: sigmoid, tanh, relu, leaky, linear"
            ),
            (["--hidden", "3", "--initialize", "ones"], 64, "possible: he, xavier, small, zero"),
            (["--activation", "relu"], 64, "--activation is for networks; give --hidden too"),
            (["--initialize", "zero"], 64, "--initialize is for networks; give --hidden too"),
            (
                ["--hidden", "3", "--implementation", "simd.columns"], 64,
                "simd.columns does not compute networks"
            ),
            (["--hidden", "1e6,1e6"], 65, "a network of 30-1000000-1000000-1 has 1000033000001 parameters"),
        ] as [([String], Int32, String)])
    func refused(words: [String], code: Int32, message: String) async throws {
        let run = try await Program.run(
            arguments: ["train", "wdbc", "--model", folder.path("m.json"), "--history", folder.path("h.csv")]
                + words)
        #expect(run.code == code)
        #expect(run.output.isEmpty)
        #expect(run.error.contains(message), "\(run.error)")
        #expect(try folder.names.isEmpty)
    }

    @Test("A network for other features than those of the data is refused")
    func otherFeatures() async throws {
        let model = folder.path("m.json")
        #expect(try await train("--hidden", "2", "--iterations", "1", "--model", model).code == 0)
        let data = try folder.file("d.csv", "a,malignant\n1,0\n2,1\n")
        for verb in ["predict", "evaluate"] {
            let run = try await Program.run(verb, model, data)
            #expect(run.code == 65 && run.output.isEmpty)
            #expect(run.error.contains("has 1 feature; the model was trained on 30"), "\(run.error)")
        }
    }
}
