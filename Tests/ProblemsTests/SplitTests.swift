import Problems
import Testing

@Suite("Samples can be kept aside")
struct SplitTests {
    /// Of m samples of which the first `ones` have the label 1.
    func split(_ m: Int, ones: Int? = nil, _ fraction: Double, seed: UInt64 = 1) throws -> ([Int], [Int]) {
        let labels = (0..<m).map { Float($0 < ones ?? (m + 1) / 2 ? 1 : 0) }
        let data = try Dataset<Float>(samples: labels.map { [$0] }, labels: labels)
        let parts = try data.split(validation: fraction, seed: seed)
        return (parts.training, parts.validation)
    }

    @Test("Each sample is in one of the parts, in the order of the data", arguments: [2, 3, 10, 569])
    func partition(m: Int) throws {
        for ones in [0, 1, m / 3, m - 1, m] {
            let (training, validation) = try split(m, ones: ones, 0.2)
            #expect((training + validation).sorted() == Array(0..<m))
            #expect(training == training.sorted())
            #expect(validation == validation.sorted())
            #expect(abs(validation.count - max(1, Int((0.2 * Double(m)).rounded()))) <= 1)
            #expect(!training.isEmpty && !validation.isEmpty)
        }
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
        #expect(try split(5, ones: 0, 1e-9).1.count == 1)
        #expect(try split(5, ones: 5, 0.999).0.count == 1)
        #expect(throws: DatasetError.noSamples) { try split(1, 0.5) }
    }

    @Test("Each label has its share in both parts, and a single sample of one is for training")
    func labels() throws {
        for (m, ones, fraction, expected) in [
            (300, 30, 0.2, 6), (300, 1, 0.2, 0), (300, 2, 0.01, 1), (300, 3, 0.99, 2), (569, 212, 0.2, 42),
        ] {
            let (training, validation) = try split(m, ones: ones, fraction)
            #expect(validation.count { $0 < ones } == expected, "\(ones) of \(m)")
            #expect(training.contains { $0 < ones } && training.contains { $0 >= ones })
            #expect(validation.contains { $0 >= ones })
        }
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
