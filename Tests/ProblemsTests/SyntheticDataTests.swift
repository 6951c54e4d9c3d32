import Problems
import Testing

@Suite("Synthetic data follow from their seed")
struct SyntheticDataTests {
    @Test("SplitMix64 gives the published sequence")
    func splitMix() {
        // The first outputs for seed 1234567, as in the reference implementation by S. Vigna.
        var generator = SplitMix64(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test("One seed gives the same data, in both scalars up to rounding; another seed gives others")
    func seeds() throws {
        let a = try Dataset<Double>.synthetic(m: 50, nx: 3, seed: 1)
        let b = try Dataset<Double>.synthetic(m: 50, nx: 3, seed: 1)
        let c = try Dataset<Float>.synthetic(m: 50, nx: 3, seed: 1)
        let d = try Dataset<Double>.synthetic(m: 50, nx: 3, seed: 2)
        #expect(a.x.elements.elementsEqual(b.x.elements))
        #expect(a.y.elements.elementsEqual(b.y.elements))
        #expect(a.x.elements.map { Float($0) }.elementsEqual(c.x.elements))
        #expect(a.y.elements.map { Float($0) }.elementsEqual(c.y.elements))
        #expect(!a.x.elements.elementsEqual(d.x.elements))
    }

    @Test("Features have mean 0 and variance 1, and both labels occur")
    func distribution() throws {
        let data = try Dataset<Double>.synthetic(m: 2000, nx: 10, seed: 3)
        let n = Double(data.x.count)
        let mean = data.x.elements.reduce(0, +) / n
        let variance = data.x.elements.reduce(0) { $0 + $1 * $1 } / n
        // Five standard deviations of each.
        #expect(mean.magnitude < 5 / n.squareRoot())
        #expect((variance - 1).magnitude < 5 * (2 / n).squareRoot())
        let ones = data.y.elements.count { $0 == 1 }
        #expect((200...1800).contains(ones))
    }

    @Test("A shape without samples or features is an error")
    func wrong() {
        #expect(throws: DatasetError.noSamples) { try Dataset<Float>.synthetic(m: 0, nx: 1, seed: 1) }
        #expect(throws: DatasetError.noFeatures) { try Dataset<Float>.synthetic(m: 1, nx: 0, seed: 1) }
    }
}
