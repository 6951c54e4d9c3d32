import Problems
import Testing

@Suite("Samples can be kept aside")
struct SplitTests {
    func split(_ m: Int, _ fraction: Double, seed: UInt64 = 1) throws -> ([Int], [Int]) {
        let parts = try Dataset<Float>.split(m: m, validation: fraction, seed: seed)
        return (parts.training, parts.validation)
    }

    @Test("Each sample is in one of the parts, in the order of the data", arguments: [2, 3, 10, 569])
    func partition(m: Int) throws {
        let (training, validation) = try split(m, 0.2)
        #expect((training + validation).sorted() == Array(0..<m))
        #expect(training == training.sorted())
        #expect(validation == validation.sorted())
        #expect(validation.count == max(1, Int((0.2 * Double(m)).rounded())))
    }

    @Test("The same seed gives the same parts, another one others")
    func seeds() throws {
        #expect(try split(100, 0.3, seed: 5) == split(100, 0.3, seed: 5))
        #expect(try split(100, 0.3, seed: 5) != split(100, 0.3, seed: 6))
        // Every sample gets its turn.
        let drawn = try (0..<60).flatMap { try split(10, 0.2, seed: $0).1 }
        #expect(Set(drawn).count == 10)
    }

    @Test("Neither part is empty, and one sample cannot be split")
    func edges() throws {
        #expect(try split(5, 1e-9).1.count == 1)
        #expect(try split(5, 0.999).0.count == 1)
        #expect(throws: DatasetError.noSamples) { try split(1, 0.5) }
    }

    @Test("A subset has the samples and labels that were named")
    func subset() throws {
        let data = try Dataset<Float>(samples: [[1, 2], [3, 4], [5, 6]], labels: [0, 1, 0])
        let part = try data.subset([2, 1])
        #expect(Array(part.sample(0)) == [5, 6])
        #expect(Array(part.sample(1)) == [3, 4])
        #expect(part.y.base[0] == 0)
        #expect(part.y.base[1] == 1)
    }

    @Test("cost is J, and norm is the length of the gradient")
    func costAndNorm() throws {
        let data = try Dataset<Double>.synthetic(m: 20, nx: 3, seed: 2)
        let model = Model<Double>.random(3, seed: 1)
        let gradient = literalFormulas(data).gradient(at: model)
        #expect(abs(model.cost(on: data) - gradient.J) < 1e-14)
        #expect(Gradient<Float>(zeros: 4).norm == 0)
        var three = Gradient<Double>(zeros: 2)
        (three.dw, three.db) = ([2, -3], 6)
        #expect(three.norm == 7)
    }
}
