/// How near the implementations are meant to come to what the machine can do.
package enum LimitTarget: CaseIterable, Sendable {
    /// X beyond the caches on one thread: of the speed of reading X once.
    case memory
    /// The same on all processors.
    case memoryOnAllThreads
    /// X in L2 on one thread: of the speed of reading it there.
    case secondCache
    /// X in the last cache on one thread: of the speed of reading it there.
    case lastCache
    /// Many samples of few features on one thread: over the time of a and L alone, a logarithm for each, in L1.
    case loss
    /// X stored in 16 bits, beyond the caches: over X in `Float`.
    case sixteenBits
    /// Elementary functions on arrays in L1: over Foundation's functions of one value.
    case functionSpeed
    /// The same functions: their greatest error, in units in the last place.
    case functionError
    /// The time for a value of X, from just beyond the caches on: the greatest over the least.
    case growth

    /// How far a target is reached.
    package typealias Answer = PeerGoal.Answer

    /// The fewest features of a wide sample.
    package static let fewestWideFeatures = 128

    /// The samples and features of the X in L2, in `Float`.
    package static let shapeInSecondCache = (m: 1000, nx: 128)

    /// The features that samples in the last cache have.
    package static let featuresInLastCache = 16...12_288

    /// What is asked for.
    package var asked: Double {
        switch self {
        case .memory: 0.90
        case .memoryOnAllThreads: 0.85
        case .secondCache: 0.50
        case .lastCache: 0.60
        case .loss: 1.5
        case .sixteenBits: 1.6
        case .functionSpeed: 10
        case .functionError: 2
        case .growth: 1.10
        }
    }

    /// Whether no more than that is asked for; no less elsewhere.
    package var isUpperBound: Bool { [.loss, .functionError, .growth].contains(self) }

    /// How far a value reaches it; one without an interval is exact.
    func answer(_ value: Double, _ interval: Interval?) -> Answer {
        Answer(
            interval ?? Interval(low: value, high: value, coverage: 1), asked, isUpperBound: isUpperBound)
    }
}
