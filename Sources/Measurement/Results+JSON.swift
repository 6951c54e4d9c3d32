import Foundation
import Problems

extension Results {
    /// The results as JSON text: a line for each field, and of the cells a line for each.
    package func json() throws -> Data {
        let coder = JSONEncoder.ofResults
        var fields: [(String, Data)] = [
            ("schemaVersion", try coder.encode(schemaVersion)), ("date", try coder.encode(date)),
            ("command", try coder.encode(command)), ("seed", try coder.encode(seed)),
            ("settings", try coder.encode(settings)), ("plan", try coder.encode(plan)),
            ("machine", try coder.encode(machine)), ("build", try coder.encode(build)),
            ("advice", try coder.encode(advice)),
        ]
        if let notes { fields.append(("notes", try coder.encode(notes))) }
        if let ceilings { fields.append(("ceilings", try coder.encode(ceilings))) }
        if let functions { fields.append(("functions", try coder.encode(functions))) }
        fields.append(("trainings", try coder.encode(trainings)))
        var text = Data("{\n".utf8)
        for (name, value) in fields { text += Data("\"\(name)\": ".utf8) + value + Data(",\n".utf8) }
        text += Data("\"cells\": [".utf8)
        for (i, cell) in cells.enumerated() {
            text += Data((i == 0 ? "\n" : ",\n").utf8) + (try coder.encode(cell))
        }
        return text + Data("\n]\n}\n".utf8)
    }

    /// The results in a file.
    package init(contentsOf path: String) throws(ResultsError) {
        var info = stat()
        guard stat(path, &info) == 0 else {
            throw ResultsError(path, errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable)
        }
        // A plain file that fits into memory, or a pipe: some devices have no end.
        let kind = info.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFIFO,
            UInt64(info.st_size) <= ProcessInfo.processInfo.physicalMemory,
            let data = try? Data(contentsOf: URL(fileURLWithPath: path))
        else { throw ResultsError(path, .unreadable) }
        try self.init(json: data, name: path)
    }

    /// The results in JSON text.
    ///
    /// - Parameter name: what errors call the text: its file.
    package init(json data: Data, name: String) throws(ResultsError) {
        guard !data.isEmpty else { throw ResultsError(name, .empty) }
        guard let object = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            let opening = data.first { !" \n\r\t".utf8.contains($0) }
            throw ResultsError(name, opening == UInt8(ascii: "{") ? .truncated : .notResults)
        }
        guard let fields = object as? [String: Any], let version = fields["schemaVersion"] as? Int else {
            throw ResultsError(name, .notResults)
        }
        guard version == Self.currentSchemaVersion else { throw ResultsError(name, .version(version)) }
        do {
            self = try JSONDecoder.ofResults.decode(Results.self, from: data)
        } catch let error as DecodingError {
            throw ResultsError(name, .field(error.place, error.reason))
        } catch {
            throw ResultsError(name, .field("the file", "\(error)"))
        }
        if let (field, what) = contradiction {
            throw ResultsError(name, .field(field, "\(what) (was the file edited?)"))
        }
    }
}

extension CellResult {
    /// The result as JSON text on one line.
    package func json() throws -> Data { try JSONEncoder.ofResults.encode(self) }

    /// The result in JSON text.
    package init(json: Data) throws { self = try JSONDecoder.ofResults.decode(CellResult.self, from: json) }
}

extension JSONEncoder {
    fileprivate static var ofResults: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }
}

extension JSONDecoder {
    fileprivate static var ofResults: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return decoder
    }
}
