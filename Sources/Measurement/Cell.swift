import Problems

/// One point of a study's grid: a shape, a scalar type and a number of threads; or a data set with a name in
/// place of random data.
package struct Cell: Codable, Hashable, Sendable {
    /// The threads that can be asked for.
    package static let possibleThreads = 1...4096

    /// Samples.
    package let m: Int

    /// Features in one sample.
    package let nx: Int

    /// What is computed in.
    package let scalar: ScalarKind

    /// How many threads may work at the same time.
    package let threads: Int

    /// The name of the data set that X and Y are; nil for random data.
    package let data: String?

    /// A cell.
    package init(m: Int, nx: Int, scalar: ScalarKind, threads: Int, data: String? = nil) {
        (self.m, self.nx, self.scalar, self.threads, self.data) = (m, nx, scalar, threads, data)
    }

    /// Whether it has data, and threads that can be asked for.
    var isPossible: Bool { m > 0 && nx > 0 && Self.possibleThreads.contains(threads) }

    /// Values in X, m·n_x; `Int.max` where that is more than an `Int` holds.
    package var values: Int { m.saturatingProduct(nx) }

    /// Bytes of X, counted once; `Int.max` where that is more than an `Int` holds.
    package var xBytes: Int { xBytes(.scalar) }

    /// The same, where X is stored so.
    package func xBytes(_ storage: Storage) -> Int { values.saturatingProduct(storage.size(scalar)) }
}

extension Cell: CustomStringConvertible {
    /// Such as `m = 1000, n_x = 8, float, 2 threads`; before it the name of the data, where they have one.
    package var description: String {
        (data.map { "\($0), " } ?? "")
            + "m = \(m), n_x = \(nx), \(scalar.rawValue), \(threads) \(threads == 1 ? "thread" : "threads")"
    }
}

extension Int {
    /// The product of two numbers that are not negative, or the greatest number.
    package func saturatingProduct(_ other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }

    /// The sum of two numbers that are not negative, or the greatest number.
    package func saturatingSum(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
