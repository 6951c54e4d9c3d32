/// How an implementation adds up m terms.
///
/// The error depends on k, the greatest number of additions that one term goes through: a
/// running sum of m terms has k = m, blocks of B terms whose sums are then added have k = B + ⌈m/B⌉
/// (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §4.2).
public struct Summation: Sendable, Hashable {
    /// Terms in one block at each level, inner first: `[16, 1024]` sums 16 at a time, 1024 of those
    /// into a larger block, and then the larger blocks. Empty: one running sum.
    public let blocks: [Int]

    /// The greatest number of parts that are summed apart and then added; 1 where the sum is not split.
    public let parts: Int

    /// One running sum over all terms.
    public static let running = Summation(blocks: [], parts: 1)

    /// Sums of blocks, inner level first.
    public static func blocks(_ sizes: Int...) -> Summation { Summation(blocks: sizes, parts: 1) }

    /// The same within each of at most `parts` parts, whose sums are then added.
    public func split(intoAtMost parts: Int) -> Summation { Summation(blocks: blocks, parts: parts) }

    /// k for m terms: the greatest number of additions that a term goes through. Never more than m,
    /// since adding to 0 is exact.
    public func additions(m: Int) -> Int {
        var k = parts - 1
        var terms = m
        var inner = 1
        for size in blocks {
            k += size / inner
            terms = (m + size - 1) / size
            inner = size
        }
        return min(m, k + terms)
    }
}

extension Summation: CustomStringConvertible {
    /// In a few words, such as `blocks of 16, of 1024`.
    public var description: String {
        let within =
            blocks.isEmpty ? "running sum" : "blocks " + blocks.map { "of \($0)" }.joined(separator: ", ")
        return parts == 1 ? within : within + ", in parts"
    }
}
