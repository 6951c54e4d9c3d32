extension Statistics {
    /// The p-values of several tests, raised so that with those below α the probability of even one
    /// mistake among all tests is at most α, however the tests hang together (S. Holm, "A Simple
    /// Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979).
    ///
    /// Of k values the smallest is multiplied by k, the next by k − 1 and so on, and none becomes smaller
    /// than one before it, nor greater than 1. A nil stands for no test, and stays one.
    package static func holm(_ pValues: [Double?]) -> [Double?] {
        let tests = pValues.enumerated().compactMap { i, p in p.map { (i, $0) } }.sorted { $0.1 < $1.1 }
        var corrected = pValues
        var greatest = 0.0
        for (rank, (i, p)) in tests.enumerated() {
            greatest = min(1, max(greatest, p * Double(tests.count - rank)))
            corrected[i] = greatest
        }
        return corrected
    }
}
