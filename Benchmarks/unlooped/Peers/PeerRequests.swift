import Foundation
import Problems

/// What the study asks of a peer: an object on one line of JSON, which is answered by another
/// (Benchmarks/Peers/README.md).
protocol PeerRequest: Encodable {
    /// What it answers.
    associatedtype Answer: Decodable

    /// Which request it is.
    var request: String { get }

    /// What an answer looks like, for whoever writes a peer.
    static var expected: String { get }
}

/// Who are you, and how many threads will you use?
struct PeerHello: PeerRequest {
    struct Answer: Decodable {
        let `protocol`: Int
        let name, version: String
        let threads: Int
    }

    static let expected = #"{"protocol":1,"name":"…","version":"…","threads":1}"#

    let request = "hello"
    let `protocol` = 1
    let threads: Int
}

/// Take these data in place of those before.
struct PeerLoad: PeerRequest {
    typealias Answer = PeerDone

    static let expected = PeerDone.expected

    let request = "load"
    let path: String
    let m, nx: Int
    let scalar: ScalarKind
}

/// What are J, dw and db of this model?
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

/// Make so many whole steps from w = 0, b = 0: how long did they take?
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

    static let expected = PeerDone.expected

    let request = "unload"
}

/// That a request was followed.
struct PeerDone: Decodable {
    static let expected = #"{"ok":true}"#

    let ok: Bool
}

/// What a peer may answer in place of what was asked for.
struct PeerRefusal: Decodable {
    let error, unavailable, unsupported: String?

    /// The refusal as a failure; nil where it is none.
    var failure: PeerFailure? {
        if let unavailable { return PeerFailure(unavailable, kind: .unavailable) }
        if let unsupported { return PeerFailure(PeerFailure.unsupported + unsupported, kind: .unsupported) }
        return error.map { PeerFailure("it says: \($0)") }
    }
}
