import Problems

/// Says that it is threaded, and leaves all the work to one.
final class LeavesAllToOneWorker<S: RealScalar>: Honest<S> {
    override class var isThreaded: Bool { true }
    override var workersInLatestGradient: Int { 1 }
}
