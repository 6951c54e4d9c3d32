extension CellResult {
    /// Two implementations, and how many times faster the first is than the second.
    package typealias Pair = (first: RungResult, second: RungResult, factor: Factor)

    /// The two fastest contenders; nil where there are fewer.
    package var leaders: Pair? {
        let byTime = contenders.sorted { $0.medianOrInfinity < $1.medianOrInfinity }
        return byTime.count > 1 ? pair(byTime[0], byTime[1]) : nil
    }

    /// The fastest implementation, where its factor over the next one can be told from no difference, or
    /// where it is alone; nil elsewhere.
    package var clearWinner: RungResult? {
        guard let leaders else { return fastest }
        return isIndistinguishable(leaders.factor) ? nil : leaders.first
    }

    /// The fastest of those that use several threads.
    package var fastestThreaded: RungResult? {
        contenders.filter { $0.isThreaded }.min { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// The fastest of those that use one thread.
    package var fastestOnOneThread: RungResult? {
        contenders.filter { !$0.isThreaded }.min { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// The fastest on several threads and the fastest on one; nil where there are not both.
    package var threadedAndAlone: Pair? {
        guard let threaded = fastestThreaded, let alone = fastestOnOneThread else { return nil }
        return pair(threaded, alone)
    }

    /// Whether the fastest on several threads is clearly faster than the fastest on one.
    package var threadsPay: Bool {
        threadedAndAlone.map { $0.factor.median > 1 && !isIndistinguishable($0.factor) } ?? false
    }

    private func pair(_ first: RungResult, _ second: RungResult) -> Pair? {
        factor(of: first, over: second).map { (first, second, $0) }
    }
}
