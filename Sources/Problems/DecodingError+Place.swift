extension DecodingError {
    /// The field, such as `cells[0].rungs[2].samples`; of complete JSON, a number whose field Foundation does
    /// not tell.
    public var place: String { isOfANumber ? "a number" : path }

    /// In complete JSON only a number can be corrupted, and Foundation does not say where.
    private var isOfANumber: Bool {
        if case .dataCorrupted(let context) = self { context.codingPath.isEmpty } else { false }
    }

    private var path: String {
        switch self {
        case .keyNotFound(let key, let context): Self.text(context.codingPath + [key])
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            Self.text(context.codingPath)
        @unknown default: "a field"
        }
    }

    /// The fault, as in "is missing".
    public var reason: String {
        if isOfANumber { return "is out of range, or not whole where it must be" }
        return switch self {
        case .keyNotFound: "is missing"
        case .typeMismatch(let type, _), .valueNotFound(let type, _): "is not what was expected: \(type)"
        case .dataCorrupted(let context): "cannot be understood: \(context.debugDescription)"
        @unknown default: "cannot be understood"
        }
    }

    private static func text(_ keys: [any CodingKey]) -> String {
        keys.reduce("") { path, key in
            if let index = key.intValue { return path + "[\(index)]" }
            return path.isEmpty ? key.stringValue : path + "." + key.stringValue
        }
    }
}
