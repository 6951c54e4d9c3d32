import Agreement
import Foundation
import Ladders
import Measurement
import Problems

/// The bounded cases of the judge, on peers.
package struct PeerTrial {
    /// The verdicts so far, peer by peer.
    package private(set) var verdicts: [Verdict] = []

    /// Whether some peer died, gave no answer, or one that makes no sense.
    package private(set) var hasFailures = false
    private let session: PeerSession
    private let threads = ProcessInfo.processInfo.activeProcessorCount
    private let suite: Suite
    private let seed: UInt64
    private let report: Reporter

    /// Judges peers in each scalar type. One that takes no part, or not to the end, is named in a warning.
    package init(
        of commands: [PeerCommand], in scalars: [ScalarKind], _ suite: Suite, seed: UInt64,
        report: @escaping Reporter
    ) throws(PeerFailure) {
        (self.suite, self.seed, self.report) = (suite, seed, report)
        session = try PeerSession()
        defer { session.end() }
        session.hire(commands, threads: threads) { report(.warning($0)) }
        for peer in session.peers {
            for scalar in scalars where !Interrupt.isRequested { judge(peer, scalar.type) }
        }
        report(.progressEnd)
    }

    private mutating func judge<Scalar: LaneScalar>(_ peer: Peer, _: Scalar.Type) {
        let threads = peer.isThreaded ? threads : 1
        var failure: PeerFailure?
        let judge = Judge<Scalar>(suite: suite, seed: seed)
        verdicts += judge.boundedVerdicts(on: peer.rung, threads: threads) { [report] done in
            report(.progress("judging \(peer.name), \(Scalar.kind.rawValue): \(Int(done * 100)) %"))
            return !Interrupt.isRequested
        } gradients: { data, models in
            do throws(PeerFailure) {
                return try gradients(peer, threads, data, models)
            } catch {
                failure = error
                return nil
            }
        }
        guard let failure, failure.kind != .interrupted else { return }
        report(.warning("the peer \(peer.name) is left out in \(Scalar.kind.rawValue): \(failure.reason)"))
        if failure.kind == .failed {
            hasFailures = true
            session.dismiss(peer, threads: threads)
        }
    }

    private func gradients<Scalar: RealScalar>(
        _ peer: Peer, _ threads: Int, _ data: Dataset<Scalar>, _ models: [Model<Scalar>]
    ) throws(PeerFailure) -> [Gradient<Scalar>] {
        guard let process = try session.processes(of: [peer], threads: threads)[peer]?.get() else {
            return []
        }
        let path = try session.write(data)
        defer { unlink(path) }
        try process.load(data, from: path)
        var gradients: [Gradient<Scalar>] = []
        for model in models { gradients.append(try process.gradient(at: model, on: data)) }
        return gradients
    }
}
