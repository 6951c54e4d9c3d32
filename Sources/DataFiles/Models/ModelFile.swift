import Foundation
import Problems

extension TrainedModel {
    /// The model as JSON text, keys in alphabetical order. Every number has the digits that give the same
    /// bits again.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(StoredModel(self)) + Data("\n".utf8)
    }

    package init(contentsOf path: String) throws(FileError) {
        try self.init(json: try OpenFile(path, expecting: "a model file").readToEnd(), named: path)
    }

    /// The model in JSON text; errors call it `name`.
    package init(json data: Data, named name: String) throws(FileError) {
        try self.init(StoredModel(json: data, of: name), of: name)
    }
}

/// A model as it is in a file.
struct StoredModel: Codable {
    /// Distinguishes a model file from other JSON.
    static let format = "unlooped model"

    /// The versions of the format: 1 has w and b, 2 the layers of a network.
    static let versions = 1...2

    /// The start of every version.
    struct Header: Codable {
        let format: String?
        let version: Int?
    }

    struct Label: Codable {
        let name, negative, positive: String
    }

    let format: String
    let version: Int
    let features: [String]
    let w: [Double]?
    let b: Double?
    let network: Network?
    let parameters: Parameters?
    let standardization: Standardization?
    let missing: MissingValues?
    let oneHot: [OneHot]?
    let label: Label
    let training: TrainedModel.Training

    /// W1, b1, W2, … by name; a matrix has a list for each unit.
    struct Parameters: Codable {
        var matrices: [String: [[Double]]] = [:]
        var vectors: [String: [Double]] = [:]

        private struct Name: CodingKey {
            let stringValue: String
            var intValue: Int? { nil }

            init(stringValue: String) { self.stringValue = stringValue }

            init?(intValue: Int) { nil }
        }

        init() {}

        init(from decoder: any Decoder) throws {
            let all = try decoder.container(keyedBy: Name.self)
            for name in all.allKeys {
                if name.stringValue.hasPrefix("W") {
                    matrices[name.stringValue] = try all.decode([[Double]].self, forKey: name)
                } else {
                    vectors[name.stringValue] = try all.decode([Double].self, forKey: name)
                }
            }
        }

        func encode(to encoder: any Encoder) throws {
            var all = encoder.container(keyedBy: Name.self)
            for (name, rows) in matrices { try all.encode(rows, forKey: Name(stringValue: name)) }
            for (name, values) in vectors { try all.encode(values, forKey: Name(stringValue: name)) }
        }
    }

    init(_ trained: TrainedModel) {
        format = Self.format
        features = trained.names.features
        if trained.network.hidden.isEmpty {
            (version, w, b, network, parameters) = (1, trained.model.w, trained.model.b, nil, nil)
        } else {
            var parameters = Parameters()
            for (block, rows) in trained.model.blocks(of: trained.shape) {
                if block.isMatrix {
                    parameters.matrices[block.name] = rows
                } else {
                    parameters.vectors[block.name] = rows[0]
                }
            }
            (version, w, b, network) = (2, nil, nil, trained.network)
            self.parameters = parameters
        }
        standardization = trained.standardization
        missing = trained.missing
        oneHot = trained.names.oneHot.isEmpty ? nil : trained.names.oneHot
        label = Label(
            name: trained.names.label, negative: trained.names.negative, positive: trained.names.positive)
        training = trained.training
    }

    init(json data: Data, of file: String) throws(FileError) {
        let expected = "expected a model that 'unlooped train --model' wrote"
        guard !data.isEmpty else { throw FileError(file, "is empty; \(expected)") }
        let decoder = JSONDecoder()
        // Foundation of Swift 6.3 traps where the text ends with one bracket too many.
        let data = data + Data("\n".utf8)
        // The version first: in another one anything may differ.
        let header: Header
        do {
            header = try decoder.decode(Header.self, from: data)
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw FileError(file, "is no complete JSON: damaged, or something else; \(expected)")
        } catch {
            throw FileError(file, "holds no model; \(expected)")
        }
        guard header.format == Self.format else { throw FileError(file, "holds no model; \(expected)") }
        guard let version = header.version else { throw FileError(file, "has no version; \(expected)") }
        guard Self.versions.contains(version) else {
            throw FileError(
                file,
                "has version \(version) of the format; expected 1 or 2: read it with the program that wrote "
                    + "it, or train again")
        }
        do {
            self = try decoder.decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw FileError(file, "\(error.place.shown) \(error.reason.shown)")
        } catch {
            throw FileError(file, "the file \("\(error)".shown)")
        }
    }

    /// The parameters, in the order of `Shape.blocks`.
    ///
    /// - Throws: `FileError` where some are missing, or do not fit the layers.
    func model(of file: String) throws(FileError) -> Model<Double> {
        if version == 1 {
            guard let w else { throw FileError(file, "w is missing") }
            guard let b else { throw FileError(file, "b is missing") }
            return Model(w: w, b: b)
        }
        guard let network else { throw FileError(file, "network is missing") }
        guard let stored = parameters else { throw FileError(file, "parameters is missing") }
        let mostLayers = Network.mostLayers - 1
        guard (1...mostLayers).contains(network.hidden.count) else {
            throw FileError(
                file, "network.hidden has \(network.hidden.count) entries; expected 1 to \(mostLayers)")
        }
        for (l, units) in network.hidden.enumerated() where !(1...Network.mostUnits).contains(units) {
            throw FileError(
                file, "network.hidden[\(l)] is \(units); expected 1 to \(Network.mostUnits) units")
        }
        guard !features.isEmpty else { throw FileError(file, "features is empty; expected at least one") }
        let blocks = Shape(1, features.count, hidden: network.hidden).blocks
        let names = Set(stored.matrices.keys).union(stored.vectors.keys)
        if let other = names.subtracting(blocks.map(\.name)).min() {
            throw FileError(
                file,
                "parameters.\(other.shown) is of no layer; expected "
                    + "\(blocks[0].name) to \(blocks[blocks.count - 1].name), as network.hidden has them")
        }
        func fit(_ field: String, _ count: Int, _ expected: Int, _ what: String) throws(FileError) {
            guard count != expected else { return }
            throw FileError(
                file,
                "parameters.\(field) has \(count) \(count == 1 ? "entry" : "entries"); expected \(expected), "
                    + what)
        }
        var flat: [Double] = []
        for block in blocks {
            if let rows = stored.matrices[block.name] {
                try fit(block.name, rows.count, block.rows, "a list for each unit of the layer")
                for (u, row) in rows.enumerated() {
                    let what =
                        block.name == "W1" ? "one for each feature" : "one for each unit of the layer before"
                    try fit("\(block.name)[\(u)]", row.count, block.columns, what)
                    flat += row
                }
            } else if let values = stored.vectors[block.name] {
                try fit(block.name, values.count, block.rows, "one for each unit of the layer")
                flat += values
            } else {
                throw FileError(file, "parameters.\(block.name) is missing")
            }
        }
        return Model(parameters: flat)
    }
}
