extension CellResult {
    /// The fastest implementation, where its factor over the next one can be told from no difference, or
    /// where it is alone; nil elsewhere.
    public var clearWinner: RungResult? {
        let byTime = timed.sorted { $0.medianOrInfinity < $1.medianOrInfinity }
        guard let winner = byTime.first else { return nil }
        guard byTime.count > 1 else { return winner }
        guard let factor = factor(of: winner, over: byTime[1]), !isIndistinguishable(factor) else {
            return nil
        }
        return winner
    }

    /// The fastest of those that use several threads.
    public var fastestThreaded: RungResult? {
        timed.filter { $0.isThreaded }.min { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// The fastest of those that use one thread.
    public var fastestOnOneThread: RungResult? {
        timed.filter { !$0.isThreaded }.min { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// Whether the fastest on several threads is clearly faster than the fastest on one.
    public var threadsPay: Bool {
        guard let threaded = fastestThreaded, let alone = fastestOnOneThread,
            let factor = factor(of: threaded, over: alone)
        else { return false }
        return factor.median > 1 && !isIndistinguishable(factor)
    }
}
