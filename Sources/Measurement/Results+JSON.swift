public import Foundation

extension Results {
    /// The results as JSON text, keys in alphabetical order.
    ///
    /// - Parameter pretty: on many lines, for people; on one where false.
    public func json(pretty: Bool = true) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return try encoder.encode(self)
    }

    /// The results in a file.
    public init(contentsOf path: String) throws(ResultsError) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            let exists = FileManager.default.fileExists(atPath: path)
            throw ResultsError(path, exists ? .unreadable : .missing)
        }
        try self.init(json: data, name: path)
    }

    /// The results in JSON text.
    ///
    /// - Parameter name: what errors call the text: its file.
    public init(json data: Data, name: String) throws(ResultsError) {
        guard !data.isEmpty else { throw ResultsError(name, .empty) }
        guard let object = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            let opening = data.first { !" \n\r\t".utf8.contains($0) }
            throw ResultsError(name, opening == UInt8(ascii: "{") ? .truncated : .notResults)
        }
        guard let fields = object as? [String: Any], let version = fields["schemaVersion"] as? Int else {
            throw ResultsError(name, .notResults)
        }
        guard version == Self.currentSchemaVersion else { throw ResultsError(name, .version(version)) }
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        do {
            self = try decoder.decode(Results.self, from: data)
        } catch let error as DecodingError {
            throw ResultsError(name, .field(error.where, error.what))
        } catch {
            throw ResultsError(name, .field("the file", "\(error)"))
        }
    }
}

extension DecodingError {
    /// The field, such as `cells[0].rungs[2].samples`.
    fileprivate var `where`: String {
        switch self {
        case .keyNotFound(let key, let context): Self.path(context.codingPath + [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Self.path(context.codingPath)
        @unknown default: "a field"
        }
    }

    fileprivate var what: String {
        switch self {
        case .keyNotFound: "is missing"
        case .typeMismatch(let type, _), .valueNotFound(let type, _): "is not what was expected: \(type)"
        case .dataCorrupted(let context): "cannot be understood: \(context.debugDescription)"
        @unknown default: "cannot be understood"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return path + "[\(index)]" }
            return path.isEmpty ? key.stringValue : path + "." + key.stringValue
        }
    }
}
