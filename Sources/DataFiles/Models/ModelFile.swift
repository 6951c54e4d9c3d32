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

    /// The version of the format that is written, and the only one that is read.
    static let version = 1

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
    let w: [Double]
    let b: Double
    let standardization: Standardization?
    let label: Label
    let training: TrainedModel.Training

    init(_ trained: TrainedModel) {
        (format, version) = (Self.format, Self.version)
        (features, w, b) = (trained.names.features, trained.model.w, trained.model.b)
        standardization = trained.standardization
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
        guard version == Self.version else {
            throw FileError(
                file,
                "has version \(version) of the format; expected \(Self.version): read it with the program "
                    + "that wrote it, or train again")
        }
        do {
            self = try decoder.decode(Self.self, from: data)
        } catch let error as DecodingError {
            throw FileError(file, "\(error.place.shown) \(error.reason.shown)")
        } catch {
            throw FileError(file, "the file \("\(error)".shown)")
        }
    }
}
