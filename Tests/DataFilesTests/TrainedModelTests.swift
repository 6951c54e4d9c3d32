import DataFiles
import Foundation
import Problems
import Testing

@Suite("A model file keeps a model to the bit")
struct TrainedModelTests {
    static let training = TrainedModel.Training(
        data: "a \"file\".csv", m: 3, implementation: "loops.flat", scalar: .double, alpha: 0.1,
        iterations: 7, end: "iterations", cost: 0.1 + 0.2, accuracy: 2 / 3)

    /// A model of features a and b.
    func trained(
        w: [Double] = [0.1, -2], b: Double = 3, features: [String] = ["a", "b"],
        standardization: Standardization? = nil, training: TrainedModel.Training = training
    ) throws -> TrainedModel {
        let names = TableNames(features: features, label: "kind", negative: "benign", positive: "malignant")
        return try TrainedModel(
            Model(w: w, b: b), names, standardization: standardization, training: training, for: "m")
    }

    func text(_ model: TrainedModel) throws -> String { String(decoding: try model.json(), as: UTF8.self) }

    @Test("Every value survives the round trip exactly")
    func roundTrip() throws {
        var random = SplitMix64(seed: 3)
        var w: [Double] = [
            0, -0.0, 1, 0.1, 1 / 3, .pi, .leastNonzeroMagnitude, -.leastNormalMagnitude,
            .greatestFiniteMagnitude, 1e22, 1e23, 123456789012345680,
        ]
        while w.count < 2000 {
            let value = Double(bitPattern: random.next())
            if value.isFinite { w.append(value) }
        }
        let names = w.indices.map { "f\($0) \"q\" \\ \u{0}\u{7F}\r\n/é日本🧠" }
        let data = try Dataset<Double>(
            samples: [w.map { $0 == 0 ? 0 : 0.3 }, w.map { _ in 0.7 }], labels: [0, 1])
        let model = try trained(
            w: w, b: -1.0.nextUp, features: names, standardization: try Standardization(data))
        let again = try TrainedModel(json: try model.json(), named: "t")
        #expect(again == model)
        #expect(again.model.w.map(\.bitPattern) == w.map(\.bitPattern))
        #expect(again.names.features == names)
    }

    /// A network of 2-3-2-1 with parameters that are all different.
    static let network = Network(hidden: [3, 2], activation: .leaky)

    func trainedNetwork(_ change: (inout Model<Double>) -> Void = { _ in }) throws -> TrainedModel {
        let shape = Shape(1, 2, hidden: Self.network.hidden)
        var model = Model<Double>(parameters: (0..<shape.parameterCount).map { Double($0) / 8 - 1 })
        change(&model)
        return try TrainedModel(
            model, of: Self.network, TableNames(features: ["a", "b"], label: "y"), standardization: nil,
            training: Self.training, for: "m")
    }

    @Test("A network is kept by the names of its parameters, a list for each unit")
    func networkRoundTrip() throws {
        let trained = try trainedNetwork()
        let json = try trained.json()
        #expect(try TrainedModel(json: json, named: "t") == trained)
        let file = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(file["version"] as? Int == 2 && file["w"] == nil && file["b"] == nil)
        let layers = try #require(file["network"] as? [String: Any])
        #expect(layers["hidden"] as? [Int] == [3, 2] && layers["activation"] as? String == "leaky")
        let parameters = try #require(file["parameters"] as? [String: Any])
        #expect(Set(parameters.keys) == ["W1", "b1", "W2", "b2", "W3", "b3"])
        let all = trained.model.parameters
        #expect(parameters["W1"] as? [[Double]] == [0, 2, 4].map { Array(all[$0..<$0 + 2]) })
        #expect(parameters["b1"] as? [Double] == Array(all[6..<9]))
        #expect(parameters["W3"] as? [[Double]] == [Array(all[17..<19])])
        // Files of logistic regression are those that older programs read.
        #expect(try text(try self.trained()).contains("\"version\" : 1"))
    }

    @Test("z of a network is that of its formulas, for samples one by one and many at a time")
    func networkLinear() throws {
        let trained = try trainedNetwork()
        let data = try Dataset<Float>.synthetic(m: 300, nx: 2, seed: 6)
        let exact = data.x.elements.map { Double($0) }
        let z = trained.linear(UnsafeBufferPointer(data.x.elements))
        for i in 0..<data.m {
            let expected = exact[2 * i..<2 * i + 2].withUnsafeBufferPointer {
                Self.network.forward($0, at: trained.model)
            }
            #expect(z[i] == expected && trained.linear(data.sample(i)) == [expected])
        }
    }

    @Test("A parameter of a network that is no number is named")
    func networkNotFinite() {
        let error = #expect(throws: FileError.self) { try trainedNetwork { $0.parameters[3] = .nan } }
        #expect(error?.message == "W1[1,1] is nan; expected a finite number")
        let last = #expect(throws: FileError.self) { try trainedNetwork { $0.parameters[19] = .infinity } }
        #expect(last?.message == "b3 is inf; expected a finite number")
    }

    @Test(
        "Parameters that do not fit the layers are reported by name",
        arguments: [
            ("\"b2\" : [", "\"b9\" : [", "parameters.b9 is of no layer; expected W1 to b3"),
            ("\"W3\" : [", "\"W03\" : [", "parameters.W03 is of no layer"),
            ("\"leaky\"", "\"gelu\"", "network.activation"),
            ("\"hidden\" : [\n      3,", "\"hidden\" : [", "W3 is of no"),
            (
                "\"hidden\" : [\n      3,", "\"hidden\" : [\n 4,",
                "parameters.W1 has 3 entries; expected 4, a list"
            ),
            ("\"network\"", "\"net\"", "network is missing"),
            ("\"parameters\"", "\"p\"", "parameters is missing"),
            ("\"version\" : 2", "\"version\" : 1", "w is missing"),
            ("\"b\"\n", "\"b\",\n\"c\"\n", "W1[0] has 2 entries; expected 3"),
        ])
    func networkMisfit(old: String, new: String, message: String) throws {
        let good = try text(try trainedNetwork())
        try #require(good.contains(old), "\(good)")
        let bad = good.replacing(old, with: new, maxReplacements: 1)
        let error = #expect(throws: FileError.self) { try TrainedModel(json: Data(bad.utf8), named: "m") }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("A Float is exact in it")
    func float() throws {
        let w: [Float] = [0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
        let names = TableNames(features: ["a", "b", "c"], label: "y")
        let model = try TrainedModel(
            Model(w: w, b: 0.3), names, standardization: nil, training: Self.training, for: "m")
        let again = try TrainedModel(json: try model.json(), named: "t")
        #expect(again.model.w.map { Float($0) } == w)
        #expect(Float(again.model.b) == 0.3)
    }

    @Test("It is read from a file")
    func file() throws {
        let model = try trained()
        let file = try TemporaryFile(try model.json())
        #expect(try TrainedModel(contentsOf: file.path) == model)
    }

    @Test("z is what the formulas give, standardized first where the model wants that")
    func linear() throws {
        let sample: [Double] = [5, 7]
        let (plain, z) = (try trained(), 3 + 0.1 * 5 - 14.0)
        #expect(sample.withUnsafeBufferPointer { plain.linear($0) } == [z])
        let data = try Dataset<Double>(samples: [[1, 4], [3, 4]], labels: [0, 1])
        let model = try trained(standardization: try Standardization(data))
        // Feature a has mean 2 and deviation 1; b is constant and becomes 0.
        #expect(sample.withUnsafeBufferPointer { model.linear($0) } == [3 + 0.1 * 3])
        let floats: [Float] = [5, 7]
        #expect(floats.withUnsafeBufferPointer { model.linear($0) } == [3 + 0.1 * 3])
        #expect(model.word(for: 0.5) == "malignant")
        #expect(model.word(for: 0.49) == "benign")
    }

    @Test("z of standardized samples has the bits that training had")
    func bits() throws {
        let data = try Dataset<Double>.synthetic(m: 50, nx: 5, seed: 9)
        let standardization = try Standardization(data)
        let model = Model<Double>.random(5, seed: 2)
        let names = TableNames(features: ["a", "b", "c", "d", "e"], label: "y")
        let trained = try TrainedModel(
            model, names, standardization: standardization, training: Self.training, for: "m")
        let standardized = try standardization.applied(to: data)
        for i in 0..<data.m {
            #expect(trained.linear(data.sample(i)) == [model.linear(standardized.sample(i))])
        }
    }

    @Test(
        "A file that is damaged, or something else, is reported",
        arguments: [
            ("", "is empty"), ("   ", "no complete JSON"),
            ("{\"format\": \"unlooped model\"", "no complete JSON"),
            ("[]", "holds no model"), ("{}", "holds no model"), ("3", "holds no model"),
            ("{\"format\": \"other\", \"version\": 1}", "holds no model"),
            ("{\"format\": \"unlooped model\"}", "has no version"),
            ("{\"format\": \"unlooped model\", \"version\": 3, \"w\": 7}", "has version 3"),
            ("{\"format\": \"unlooped model\", \"version\": 1}", "features is missing"),
            (Contents(String(repeating: "[", count: 100_000), "100 000 brackets"), "no complete JSON"),
            ("w,b\n1,2\n", "no complete JSON"),
        ] as [(Contents, String)])
    func damaged(contents: Contents, message: String) {
        let error = #expect(throws: FileError.self) {
            try TrainedModel(json: Data(contents.text.utf8), named: "model.json")
        }
        #expect(error?.description.hasPrefix("model.json: ") == true)
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test(
        "An impossible value is reported with its field",
        arguments: [
            ("\"b\" : 3", "\"b\" : \"x\"", "b is not what was expected"),
            ("\"b\" : 3", "\"b\" : 1e999", "a number is out of range"), ("\"b\" : 3", "\"b\" : null", "b "),
            ("\"b\" : 3", "\"c\" : 3", "b is missing"),
            ("\n    0.1,", "", "features has 2 entries; expected 1"),
            ("\n    0.1,", "0.1, 5,", "features has 2 entries; expected 3"),
            ("\"scalar\" : \"double\"", "\"scalar\" : \"half\"", "training.scalar"),
            ("\"m\" : 3", "\"m\" : 9223372036854775808", "a number is out of range"),
            ("\"means\" : [\n      2,", "\"means\" : [", "standardization.means has 1 entries; expected 2"),
            (
                "\"deviations\" : [\n      1,", "\"deviations\" : [\n -1,",
                "standardization.deviations[0] is below"
            ),
        ])
    func wrongField(old: String, new: String, message: String) throws {
        let data = try Dataset<Double>(samples: [[1, 4], [3, 4]], labels: [0, 1])
        let good = try text(try trained(standardization: try Standardization(data)))
        try #require(good.contains(old), "\(good)")
        let bad = good.replacing(old, with: new, maxReplacements: 1)
        let error = #expect(throws: FileError.self) {
            try TrainedModel(json: Data(bad.utf8), named: "m")
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test("No beginning of a model file is a model, and none ends the program")
    func truncated() throws {
        let data = try trained().json()
        // The last byte is a line end.
        for count in 0..<data.count - 1 {
            #expect(throws: FileError.self) {
                try TrainedModel(json: data.prefix(count), named: "m")
            }
        }
    }

    @Test("A file that cannot be read is reported")
    func unreadable() throws {
        let folder = try TemporaryFolder()
        for (path, kind, message) in [
            ("\(folder.path)/none", FileError.Kind.missing, "no such file; check the path"),
            (folder.path, .unreadable, "is a folder; expected a model file"),
        ] {
            let error = #expect(throws: FileError.self) { try TrainedModel(contentsOf: path) }
            #expect(error?.file == path)
            #expect(error?.kind == kind)
            #expect(error?.message == message)
        }
    }

    @Test("A model that is not finite is refused", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(value: Double) throws {
        #expect(throws: FileError.self) { try trained(w: [1, value]) }
        #expect(throws: FileError.self) { try trained(b: value) }
    }

    @Test("Features are checked by number, and by name where both have names")
    func features() throws {
        let model = try trained()
        try model.check(features: ["a", "b"], of: "t")
        try model.check(features: ["x1", "x2"], of: "t")
        try trained(features: ["x1", "x2"]).check(features: ["a", "b"], of: "t")
        for (found, message) in [
            (["b", "a"], "feature 1 is 'b'; expected 'a'"), (["a", "c"], "feature 2 is 'c'; expected 'b'"),
            (["a", "b", "c"], "has 3 features; the model was trained on 2 (not the model's: 'c')"),
            (["a"], "has 1 feature; the model was trained on 2 (missing: 'b')"), ([], "has 0 features"),
        ] {
            let error = #expect(throws: FileError.self) { try model.check(features: found, of: "t") }
            #expect(error?.file == "t" && error?.kind == .invalid)
            #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
        }
    }
}

/// The contents of a file, with a short name where test reports should not show all of it.
struct Contents: Sendable {
    let text: String

    private let name: String

    init(_ text: String, _ name: String? = nil) {
        (self.text, self.name) = (text, name ?? text.debugDescription)
    }
}

extension Contents: ExpressibleByStringLiteral {
    init(stringLiteral text: String) { self.init(text) }
}

extension Contents: CustomTestStringConvertible {
    var testDescription: String { name }
}
