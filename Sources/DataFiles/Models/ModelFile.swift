import Foundation

extension TrainedModel {
    /// The model as JSON text, keys in alphabetical order. Every number has the digits that give the same
    /// bits again.
    package func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(StoredModel(self)) + Data("\n".utf8)
    }

    /// The model in the file at `path`.
    ///
    /// - Throws: `ModelFileError` naming the file and what is wrong with it.
    package init(contentsOf path: String) throws(ModelFileError) {
        let data: Data
        do {
            data = try OpenFile(path).readToEnd()
        } catch {
            throw ModelFileError(file: path, problem: .file(error))
        }
        try self.init(json: data, named: path)
    }

    /// The model in JSON text.
    ///
    /// - Parameter name: what errors call the text: its file.
    /// - Throws: `ModelFileError` naming the first thing that is wrong.
    package init(json data: Data, named name: String) throws(ModelFileError) {
        do throws(ModelFileError.Problem) {
            try self.init(Self.stored(data))
        } catch {
            throw ModelFileError(file: name, problem: error)
        }
    }

    private static func stored(_ data: Data) throws(ModelFileError.Problem) -> StoredModel {
        guard !data.isEmpty else { throw .empty }
        let decoder = JSONDecoder()
        // Foundation of Swift 6.3 traps where the text ends with one bracket too many.
        let data = data + Data("\n".utf8)
        do {
            // The version first: in another one anything may differ.
            let header: StoredModel.Header
            do {
                header = try decoder.decode(StoredModel.Header.self, from: data)
            } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
                throw ModelFileError.Problem.notJSON
            } catch {
                throw ModelFileError.Problem.notAModel
            }
            guard header.format == StoredModel.format else { throw ModelFileError.Problem.notAModel }
            guard header.version == StoredModel.version else {
                throw ModelFileError.Problem.version(header.version)
            }
            return try decoder.decode(StoredModel.self, from: data)
        } catch let problem as ModelFileError.Problem {
            throw problem
        } catch let error as DecodingError {
            throw .field(error.place, error.reason)
        } catch {
            throw .field("the file", "\(error)")
        }
    }
}
