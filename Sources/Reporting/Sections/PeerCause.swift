import Measurement

/// What the results tell of why a rung is not, or not much, faster than a peer: how near both come to what
/// the machine can do, and what a step spends its time on.
struct PeerCause {
    /// From which part of what the machine allows on nothing much is left to be gained.
    static let nearLimit = 0.8

    /// Up to how many nanoseconds a step is short: calls take a part of it.
    private static let shortStep = 10_000.0

    private let match: PeerMatch
    private let results: Results

    init(_ match: PeerMatch, of results: Results) { (self.match, self.results) = (match, results) }

    /// Sentences.
    var text: String {
        let found = limit.map { [$0] } ?? [doubt, threading, wakeUp, loss].compactMap(\.self)
        let reasons = found.isEmpty ? ["Neither the machine's limits nor the size tells why."] : found
        return ([fractions].compactMap(\.self) + reasons).joined(separator: " ")
    }

    private var ours: Roofline? { results.roofline(match.rung, in: match.cell) }

    /// How near both come to the limit.
    private var fractions: String? {
        guard let ours, let theirs = results.roofline(match.peer, in: match.cell) else { return nil }
        return "\(match.rung.rung) runs at \(Figures.percent(ours.fraction)) of what \(ours.bound.limit) "
            + "allows, \(match.peer.rung) at \(Figures.percent(theirs.fraction))."
    }

    /// Where nothing much is left to be gained.
    private var limit: String? {
        guard let ours, ours.fraction >= Self.nearLimit else { return nil }
        let most = Figures.three(match.factor.median / min(1, ours.fraction))
        return "That is the machine's limit: no code could be more than \(most) times as fast as the peer."
    }

    /// Where there may be a difference that cannot be seen.
    private var doubt: String? {
        let interval = match.factor.interval
        guard match.outcome == .unclear else { return nil }
        if let controls = match.cell.controlInterval, interval.low > 1 || interval.high < 1 {
            return "The same code timed twice differs here by \(Figures.three(controls.low)) to "
                + "\(Figures.three(controls.high)), which may be all there is to it."
        }
        return interval.high > 1.2 * interval.low
            ? "The times scatter so much that the interval may hide a difference." : nil
    }

    private var threading: String? {
        let threads = match.cell.cell.threads
        guard threads > 1, !match.rung.isThreaded else { return nil }
        return "Threads do not pay for the rungs at this size: the best works on one of \(threads)."
    }

    /// What waking threads takes, where that is a fifth of the step or more.
    private var wakeUp: String? {
        let threads = match.cell.cell.threads
        guard match.rung.isThreaded, threads > 1, let time = match.rung.stepTime,
            let part = results.ceilings?.wakeUpPart(of: time, threads: threads), part >= 0.2
        else { return nil }
        return "Waking \(threads) threads takes \(TimeSpan(part * time.medianNanoseconds)) on this machine, "
            + "a large part of the step."
    }

    /// Where not X but what is done for each sample and each step takes the time.
    private var loss: String? {
        let nx = match.cell.cell.nx
        if let time = match.rung.stepTime, time.medianNanoseconds < Self.shortStep,
            ours.map({ $0.fraction < 0.5 }) ?? true
        {
            return
                "A step is short: calls, and the exponential of each sample, weigh more than X."
        }
        guard nx <= PeerGoal.narrowestFeatures else { return nil }
        return "A sample has \(4 * nx) additions and multiplications, which these limits count, beside its "
            + "exponential and its loss, which they do not."
    }
}
