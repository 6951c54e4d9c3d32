/// A piece of running text, some of its words set off. Interpolated strings are text, whatever signs they have: the
/// renderers escape them.
///
///     let phrase: Phrase = "\(strong: rung.rung) takes \(time)"
package struct Phrase: Sendable, Equatable {
    package enum Span: Sendable, Equatable {
        case text(String)
        /// Words that matter.
        case strong(String)
        /// Text to type, or as it is in a program.
        case code(String)
        /// Words that lead to a section of the same page, by its anchor.
        case link(String, to: String)
    }

    package var spans: [Span]

    package init(_ spans: [Span] = []) { self.spans = spans }

    package init(_ text: String) { spans = [.text(text)] }

    /// The words alone.
    package var plain: String {
        spans.map {
            switch $0 {
            case .text(let words), .strong(let words), .code(let words), .link(let words, to: _): words
            }
        }.joined()
    }

    static func + (first: Phrase, second: Phrase) -> Phrase { Phrase(first.spans + second.spans) }
}

extension Phrase: ExpressibleByStringInterpolation {
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var spans: [Span] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: String) {
            if !literal.isEmpty { spans.append(.text(literal)) }
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            spans.append(.text(value.description))
        }

        package mutating func appendInterpolation(_ phrase: Phrase) { spans += phrase.spans }

        package mutating func appendInterpolation(strong words: String) { spans.append(.strong(words)) }

        package mutating func appendInterpolation(code words: String) { spans.append(.code(words)) }

        package mutating func appendInterpolation(link words: String, to anchor: String) {
            spans.append(.link(words, to: anchor))
        }
    }

    package init(stringLiteral value: String) { self.init(value) }

    package init(stringInterpolation: StringInterpolation) { spans = stringInterpolation.spans }
}
