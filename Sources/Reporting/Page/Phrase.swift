/// A piece of running text: words, some of them set off. What stands in an interpolation is text as it is,
/// whatever signs it has; the renderers see to that.
///
///     let phrase: Phrase = "\(strong: rung.rung) takes \(time)"
package struct Phrase: Sendable, Equatable {
    /// Words that look alike.
    package enum Span: Sendable, Equatable {
        /// Ordinary words.
        case text(String)
        /// Words that matter.
        case strong(String)
        /// What one types, or reads in a program.
        case code(String)
        /// Words that lead to a section of the same page, by its anchor.
        case link(String, to: String)
    }

    /// The words, in order.
    package var spans: [Span]

    /// A phrase of spans.
    package init(_ spans: [Span] = []) { self.spans = spans }

    /// Ordinary words.
    package init(_ text: String) { spans = [.text(text)] }

    /// The words alone.
    package var plain: String {
        spans.map {
            switch $0 {
            case .text(let words), .strong(let words), .code(let words), .link(let words, to: _): words
            }
        }.joined()
    }

    /// One phrase behind another.
    static func + (first: Phrase, second: Phrase) -> Phrase { Phrase(first.spans + second.spans) }
}

extension Phrase: ExpressibleByStringInterpolation {
    /// What `"…"` becomes.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var spans: [Span] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { spans.append(.text(literal)) }
        }

        /// Ordinary words.
        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            spans.append(.text(value.description))
        }

        /// Another phrase.
        package mutating func appendInterpolation(_ phrase: Phrase) { spans += phrase.spans }

        /// Words that matter.
        package mutating func appendInterpolation(strong words: String) { spans.append(.strong(words)) }

        /// What one types, or reads in a program.
        package mutating func appendInterpolation(code words: String) { spans.append(.code(words)) }

        /// Words that lead to a section.
        package mutating func appendInterpolation(link words: String, to anchor: String) {
            spans.append(.link(words, to: anchor))
        }
    }

    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: StringInterpolation) { spans = stringInterpolation.spans }
}

extension Sequence where Element == Phrase {
    /// All of them, one behind the other.
    func joined(separator: Phrase) -> Phrase {
        var result = Phrase()
        for (i, phrase) in enumerated() { result = i == 0 ? phrase : result + separator + phrase }
        return result
    }
}
