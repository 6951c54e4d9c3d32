extension CellResult {
    /// The peers that have a time.
    package var timedPeers: [RungResult] { peers.filter { $0.stepTime != nil } }

    /// The peer with the shortest median.
    package var fastestPeer: RungResult? { timedPeers.min { $0.medianOrInfinity < $1.medianOrInfinity } }

    /// The fastest implementation, the fastest peer, and how many times faster the first is; nil where one
    /// of them is missing.
    package var fastestAndPeer: Pair? {
        guard let fastest, let peer = fastestPeer else { return nil }
        return factor(of: fastest, over: peer).map { (fastest, peer, $0) }
    }
}
