import Foundation
import Problems

/// A request to a peer: an object on one line of JSON, which is answered by another
/// (Benchmarks/Peers/README.md).
protocol PeerRequest: Encodable {
    associatedtype Answer: Decodable

    /// The name of the request.
    var request: String { get }

    /// The form of an answer, for the author of a peer.
    static var expected: String { get }
}

extension PeerRequest where Answer == PeerDone { static var expected: String { #"{"ok":true}"# } }

extension PeerRequest {
    /// The answer in a line, or why there is none.
    func answer(in line: Data) throws(PeerFailure) -> Answer {
        let decoder = JSONDecoder()
        // Foundation's decoder traps at 513 open brackets that nothing follows.
        let text = line + Data("\n".utf8)
        if let failure = (try? decoder.decode(PeerRefusal.self, from: text))?.failure { throw failure }
        guard let answer = try? decoder.decode(Answer.self, from: text) else { throw nonsense(line.start) }
        return answer
    }

    /// An answer that makes no sense.
    func nonsense(_ text: String) -> PeerFailure {
        PeerFailure(
            "its answer to '\(request)' makes no sense: '\(text.shortened(to: 80))'; expected "
                + Self.expected)
    }
}

/// Who are you, and how many threads will you use?
struct PeerHello: PeerRequest {
    struct Answer: Decodable {
        let `protocol`: Int
        let name, version: String
        let threads: Int
        /// Whether it can load a network; a peer that does not say so cannot.
        let networks: Bool?
    }

    static let expected = #"{"protocol":1,"name":"…","version":"…","threads":1}"#

    let request = "hello"
    let `protocol` = 1
    let threads: Int
}

/// Take these data in place of those before.
struct PeerLoad: PeerRequest {
    typealias Answer = PeerDone

    let request = "load"
    let path: String
    let m, nx: Int
    let scalar: ScalarKind
    /// The hidden layers of a network and their activation; absent for logistic regression.
    let hidden: [Int]?
    let activation: Activation?

    init<Scalar>(_ problem: Problem<Scalar>, path: String) {
        (self.path, m, nx, scalar) = (path, problem.data.m, problem.data.nx, Scalar.kind)
        let network = problem.network.hidden.isEmpty ? nil : problem.network
        (hidden, activation) = (network?.hidden, network?.activation)
    }
}

/// A request for J, dw and db of this model. For a network w is all parameters but the last, in their order, and b
/// is that last one, the bias of the output.
struct PeerGradient: PeerRequest {
    struct Answer: Decodable {
        let J: Double
        let dw: [Double]
        let db: Double
    }

    static let expected = #"{"J":0.5,"dw":[…],"db":0.1}"#

    let request = "gradient"
    let w: [Double]
    let b: Double
}

/// Make so many whole steps from the first parameters, which are 0 in logistic regression: how long did they take?
struct PeerRun: PeerRequest {
    struct Answer: Decodable {
        // Also of a peer that writes whole numbers as 1e9 or with a fraction.
        let nanoseconds: Double
        let cpuNanoseconds: Double?
    }

    static let expected = #"{"nanoseconds":123456789}"#

    let request = "run"
    let steps: Int
    let learningRate: Double
}

/// Free the data.
struct PeerUnload: PeerRequest {
    typealias Answer = PeerDone

    let request = "unload"
}

/// That a request was followed.
struct PeerDone: Decodable { let ok: Bool }

/// The answer of a peer that refuses a request.
struct PeerRefusal: Decodable {
    let error, unavailable, unsupported: String?

    /// The refusal as a failure; nil where it is none.
    var failure: PeerFailure? {
        let (error, unavailable, unsupported) = (shown(error), shown(unavailable), shown(unsupported))
        if let unavailable { return PeerFailure(unavailable, kind: .unavailable) }
        if let unsupported { return PeerFailure(PeerFailure.unsupported + unsupported, kind: .unsupported) }
        return error.map { PeerFailure("it says: \($0)") }
    }

    /// It goes into messages and results.
    private func shown(_ text: String?) -> String? { text?.shortened(to: 300) }
}

extension Data {
    /// The start of a line that may be of any length.
    var start: String { String(decoding: prefix(1000), as: UTF8.self) }
}

extension String {
    /// The text without control characters and the like, and without its middle where it is longer than `count`.
    package func shortened(to count: Int) -> String {
        // By scalars: a single character may have any number of them.
        let isLonger = unicodeScalars.index(startIndex, offsetBy: count + 1, limitedBy: endIndex) != nil
        let kept =
            isLonger
            ? Array(unicodeScalars.prefix(count / 2)) + Array(" … ".unicodeScalars)
                + Array(unicodeScalars.suffix(count / 2)) : Array(unicodeScalars)
        return String(
            String.UnicodeScalarView(
                kept.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }))
    }
}

/// Why a peer takes no part: in a cell, or from the beginning.
package struct PeerFailure: Error, CustomStringConvertible {
    package enum Kind {
        /// It is not set up on this machine.
        case unavailable
        /// It cannot do what was requested, and says so.
        case unsupported
        /// It died, gave no answer or one that makes no sense.
        case failed
        /// Ctrl-C was pressed while it was waited for.
        case interrupted
    }

    package let kind: Kind

    /// In words that go on after its name and a colon.
    let reason: String

    /// The beginnings of reasons that say nothing about other cells.
    static let reasonsOfOneCell = [unsupported, noRoom, oneThread, noNetworks]
    static let unsupported = "unsupported: "
    static let noRoom = "there is no room in memory "
    static let oneThread = "it uses one thread"
    static let noNetworks = "it makes the step of logistic regression only"

    init(_ reason: String, kind: Kind = .failed) { (self.reason, self.kind) = (reason, kind) }

    package var description: String { reason }
}
