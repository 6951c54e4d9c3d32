import Foundation
import Ladders
import Problems
import Synchronization

// Global, since a signal handler sets it, which cannot carry a context.
private let flag = Atomic<Bool>(false)

/// Ctrl-C as a question that long work asks between two steps. Whoever runs a study handles the signal.
package enum Interrupt {
    package static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Asks the study to end; a signal handler may call it, once `clear` was called.
    package static func request() { flag.store(true, ordering: .relaxed) }

    package static func clear() { flag.store(false, ordering: .relaxed) }
}

/// A message of a study while it runs. The study prints nothing: its caller decides where messages go.
package enum Message {
    case note(String)
    /// A possible fault; the study goes on.
    case warning(String)
    case failure(String)
    /// How far the study is; replaces the previous progress.
    case progress(String)
    case progressEnd
}

package typealias Reporter = (Message) -> Void

/// Data that were read well, but that what was requested cannot be done with.
package struct InputError: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

extension ScalarKind {
    /// The type itself, for a call of a generic function: Swift opens it. A function that is called so and has
    /// kernels or data to go through is `@specialized` for both types; without that it would be a hundred times
    /// slower.
    package var type: any LaneScalar.Type {
        switch self {
        case .float: Float.self
        case .double: Double.self
        }
    }
}

/// JSON as the verbs print it.
package enum JSONText {
    /// One line, keys in alphabetical order, numbers with the digits that give the same bits again.
    package static func line(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

/// A number in JSON, which has no NaN and no infinity: `null` is written for both, and where there is none.
package struct JSONNumber<Scalar: BinaryFloatingPoint & Encodable>: Encodable {
    package let value: Scalar?

    package init(_ value: Scalar?) { self.value = value }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value, value.isFinite { try container.encode(value) } else { try container.encodeNil() }
    }
}
