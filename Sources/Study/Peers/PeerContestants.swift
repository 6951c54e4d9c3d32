import Measurement
import Problems

/// The peers as contestants in a cell: each that can loads its data, is judged on them, and waits for its turns.
struct PeerContestants {
    let request: BlockRequest

    /// The processes of the peers.
    let session: PeerSession

    /// Receives what is being done.
    let progress: (String) -> Void

    /// The contestants, in the order of the peers, and the file to be given to `session.unload` once they are
    /// done; nil where Ctrl-C came before.
    ///
    /// - Parameters:
    ///   - start: the first parameters of every run.
    ///   - room: how many have room in memory.
    func prepare<Scalar: RealScalar>(
        _ problem: Problem<Scalar>, _ judge: CellJudge<Scalar>, from start: Model<Scalar>, room: Int
    ) -> (contestants: [Contestant], path: String?)? {
        var reasons = request.peerSkips
        for peer in request.peers where !peer.isThreaded && request.cell.threads > 1 {
            reasons[peer.name] = PeerFailure.oneThread + ", and takes part in cells of one thread"
        }
        var candidates = request.peers.filter { reasons[$0.name] == nil }
        for peer in candidates.dropFirst(room) {
            reasons[peer.name] =
                PeerFailure.noRoom + "for one more copy of X, \(ByteCount(request.cell.xBytes))"
        }
        candidates = Array(candidates.prefix(room))
        guard !candidates.isEmpty else { return (request.peers.map { skipped($0, reasons) }, nil) }

        progress("waking peers")
        let processes = session.processes(of: candidates, threads: request.cell.threads)
        var judges = [judge]
        if problem.network.hidden.isEmpty {
            // Also at w = 0: |z| and max(z, 0) have a kink at z = 0, and a derivative that a library takes of them
            // can be right everywhere else.
            judges.append(CellJudge(problem, at: Model(zeros: problem.data.nx), for: request))
        }
        let file = Result { () throws(PeerFailure) in try session.write(problem, from: start) }
        let contestants = request.peers.map { peer in
            guard let process = processes[peer] else { return skipped(peer, reasons) }
            progress("judging \(peer.name)")
            do throws(PeerFailure) {
                return try contestant(peer, process.get(), problem, file.get(), judges)
            } catch {
                if error.kind == .failed { session.dismiss(peer, threads: request.cell.threads) }
                return skipped(peer, [peer.name: error.reason])
            }
        }
        let path = try? file.get()
        if Interrupt.isRequested {
            if let path { session.unload(path) }
            return nil
        }
        return (contestants, path)
    }

    private func contestant<Scalar: RealScalar>(
        _ peer: Peer, _ process: PeerProcess, _ problem: Problem<Scalar>, _ path: String,
        _ judges: [CellJudge<Scalar>]
    ) throws(PeerFailure) -> Contestant {
        try process.load(problem, from: path)
        var verdicts: [CellVerdict] = []
        for judge in judges {
            let gradient = try process.gradient(at: judge.model, of: problem)
            verdicts.append(judge.verdict(on: gradient, by: peer.rung))
        }
        let verdict = verdicts.max { $1.isWorse(than: $0) }
        let (session, threads) = (session, request.cell.threads)
        let learningRate = request.settings.learningRate
        var secondsPerStep = 0.0
        return Contestant(peer, in: request.cell, threads: process.threads, verdict: verdict) {
            process.rest()
        } run: { steps throws(RunFailure) in
            do throws(PeerFailure) {
                let expected = Double(steps) * secondsPerStep
                let time = try process.run(steps, learningRate: learningRate, expected: expected)
                secondsPerStep = Double(time.nanoseconds) / 1e9 / Double(steps)
                return time
            } catch {
                session.dismiss(peer, threads: threads)
                throw RunFailure(error.reason)
            }
        }
    }

    private func skipped(_ peer: Peer, _ reasons: [String: String]) -> Contestant {
        Contestant(peer, in: request.cell, skipped: reasons[peer.name]) { _ in RunTime(nanoseconds: 1) }
    }
}
