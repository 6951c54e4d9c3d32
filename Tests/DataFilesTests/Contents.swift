import Testing

/// What a file holds, with a short name where test reports should not show all of it.
struct Contents: Sendable {
    /// All of it.
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
