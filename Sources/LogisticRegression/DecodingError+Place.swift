extension DecodingError {
    /// The field, such as `cells[0].rungs[2].samples`.
    package var place: String {
        switch self {
        case .keyNotFound(let key, let context): Self.path(context.codingPath + [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Self.path(context.codingPath)
        @unknown default: "a field"
        }
    }

    /// What is wrong with it, as in "is missing".
    package var reason: String {
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
