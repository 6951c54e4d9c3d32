import Problems
import Testing

@Suite("A descent that does not descend is noticed")
struct DivergenceTests {
    /// The first sign and the number of the cost that gave it.
    func first(_ costs: [Double]) -> (index: Int, sign: Divergence.Sign)? {
        var divergence = Divergence()
        for (index, cost) in costs.enumerated() {
            if let sign = divergence.sign(after: cost) { return (index, sign) }
        }
        return nil
    }

    @Test("A cost that is no number, at once", arguments: [Double.nan, .infinity])
    func notFinite(cost: Double) throws {
        #expect(try #require(first([cost])) == (0, .notFinite))
        #expect(try #require(first([1, 0.5, cost])) == (2, .notFinite))
    }

    @Test("Ten rises in a row, also below the start")
    func rising() throws {
        let costs = [1, 0.5] + (1...10).map { 0.5 + 0.01 * Double($0) }
        #expect(try #require(first(costs)) == (11, .rising))
        #expect(first(Array(costs.dropLast())) == nil)
        // One fall between makes a new beginning.
        #expect(first(costs.dropLast() + [0.55] + costs[3...8]) == nil)
    }

    @Test("Ups and downs above the start")
    func aboveStart() throws {
        let costs = [0.69] + (1...20).map { $0 % 2 == 0 ? 3.0 : 5 }
        #expect(try #require(first(costs)) == (20, .aboveStart))
        #expect(first(Array(costs.dropLast())) == nil)
    }

    @Test("Neither a fall nor the rounding of a cost at its minimum")
    func none() {
        #expect(first((0..<100).map { 1 / Double($0 + 1) }) == nil)
        #expect(first([0.7] + (0..<100).map { 0.1 + 1e-9 * Double($0) }) == nil)
        #expect(first((0..<100).map { 0.7 + 1e-9 * Double($0) }) == nil)
    }
}
