import Agreement
import Foundation
import Problems
import Measurement

/// `verify --peer`: the bounded cases of the judge, on peers.
struct PeerTrial {
    /// Whom to judge.
    let commands: [PeerCommand]

    /// What they are to compute in.
    let kinds: [ScalarKind]

    /// What is tried.
    let suite: Suite

    /// Where random data come from.
    let seed: UInt64

    /// What came of it.
    struct Outcome {
        /// The verdicts, peer by peer.
        var verdicts: [Verdict] = []

        /// Whether some died, gave no answer, or one that makes no sense.
        var hasFailures = false

        /// How the program ends where nobody disagrees: not well where somebody failed, or where there was
        /// nobody to be judged.
        var exitCode: ExitCode {
            hasFailures ? .failure : verdicts.isEmpty ? .unavailable : .success
        }
    }

    /// Judges them all. Whoever takes no part, or not to the end, is named on standard error.
    func run() throws(PeerFailure) -> Outcome {
        let crew = try PeerCrew()
        defer { crew.end() }
        let threads = ProcessInfo.processInfo.activeProcessorCount
        crew.hire(commands, threads: threads, report: Terminal.warn)
        var outcome = Outcome()
        var line = ProgressLine()
        defer { line.finish() }
        for peer in crew.peers {
            for kind in kinds where !Interrupt.isRequested {
                func tell(_ done: Double) -> Bool {
                    line.update("judging \(peer.name), \(kind.rawValue): \(Int(done * 100)) %")
                    return !Interrupt.isRequested
                }
                switch kind {
                case .float: judge(peer, crew, threads, as: Float.self, &outcome, tell)
                case .double: judge(peer, crew, threads, as: Double.self, &outcome, tell)
                }
            }
        }
        return outcome
    }

    private func judge<Scalar: RealScalar>(
        _ peer: Peer, _ crew: PeerCrew, _ threads: Int, as _: Scalar.Type, _ outcome: inout Outcome,
        _ tell: (Double) -> Bool
    ) {
        let threads = peer.isThreaded ? threads : 1
        var failure: PeerFailure?
        let judge = Judge<Scalar>(suite: suite, seed: seed)
        outcome.verdicts += judge.boundedVerdicts(on: peer.rung, threads: threads, progress: tell) {
            data, models in
            do throws(PeerFailure) {
                return try gradients(peer, crew, threads, data, models)
            } catch {
                failure = error
                return nil
            }
        }
        guard let failure, failure.kind != .interrupted else { return }
        Terminal.warn("the peer \(peer.name) is left out in \(Scalar.kind.rawValue): \(failure.reason)")
        if failure.kind == .failed {
            outcome.hasFailures = true
            crew.dismiss(peer, threads: threads)
        }
    }

    private func gradients<Scalar: RealScalar>(
        _ peer: Peer, _ crew: PeerCrew, _ threads: Int, _ data: Dataset<Scalar>, _ models: [Model<Scalar>]
    ) throws(PeerFailure) -> [Gradient<Scalar>] {
        guard let process = try crew.processes(of: [peer], threads: threads)[peer]?.get() else { return [] }
        let path = try crew.write(data)
        defer { unlink(path) }
        try process.load(data, from: path)
        var gradients: [Gradient<Scalar>] = []
        for model in models { gradients.append(try process.gradient(at: model, on: data)) }
        return gradients
    }
}
