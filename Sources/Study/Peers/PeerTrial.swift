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
            for ladder in Verdict.Ladder.allCases {
                for scalar in scalars where !Interrupt.isRequested {
                    // Said once, not for each scalar.
                    if !judge(peer, ladder, scalar.type) { break }
                }
            }
        }
        report(.progressEnd)
    }

    /// - Returns: false where it does not know the problem of this ladder in any scalar type.
    private mutating func judge<Scalar: LaneScalar>(
        _ peer: Peer, _ ladder: Verdict.Ladder, _: Scalar.Type
    ) -> Bool {
        let threads = peer.isThreaded ? threads : 1
        var failure: PeerFailure?
        let judge = Judge<Scalar>(suite: suite, seed: seed)
        let place = "\(Scalar.kind.rawValue) on \(ladder == .logistic ? "logistic regression" : "networks")"
        verdicts += judge.boundedVerdicts(on: peer.rung, of: ladder, threads: threads) { [report] done in
            report(.progress("judging \(peer.name) in \(place): \(Int(done * 100)) %"))
            return !Interrupt.isRequested
        } gradients: { problem, models in
            do throws(PeerFailure) {
                return try gradients(peer, threads, problem, models)
            } catch {
                failure = error
                return nil
            }
        }
        guard let failure, failure.kind != .interrupted else { return true }
        if failure.reason == PeerFailure.noNetworks {
            report(.warning("the peer \(peer.name) is not judged on networks: \(failure.reason)"))
            return false
        }
        report(.warning("the peer \(peer.name) is left out in \(place): \(failure.reason)"))
        if failure.kind == .failed {
            hasFailures = true
            session.dismiss(peer, threads: threads)
        }
        return true
    }

    private func gradients<Scalar: RealScalar>(
        _ peer: Peer, _ threads: Int, _ problem: Problem<Scalar>, _ models: [Model<Scalar>]
    ) throws(PeerFailure) -> [Gradient<Scalar>] {
        guard let process = try session.processes(of: [peer], threads: threads)[peer]?.get() else {
            return []
        }
        guard let start = models.first else { return [] }
        let path = try session.write(problem, from: start)
        defer { unlink(path) }
        try process.load(problem, from: path)
        var gradients: [Gradient<Scalar>] = []
        for model in models { gradients.append(try process.gradient(at: model, of: problem)) }
        return gradients
    }
}
