import Problems
import Testing

@Suite("A data set is validated once, when it is made")
struct DatasetTests {
    func error(_ make: () throws -> Dataset<Double>) -> DatasetError? {
        do {
            _ = try make()
            return nil
        } catch {
            return error as? DatasetError
        }
    }

    @Test("Samples lie one after another, in the order given")
    func layout() throws {
        let data = try Dataset<Float>(samples: [[1, 2, 3], [4, 5, 6]], labels: [0, 1])
        #expect((data.m, data.nx) == (2, 3))
        #expect(Array(data.x.elements) == [1, 2, 3, 4, 5, 6])
        #expect(Array(data.sample(1)) == [4, 5, 6])
        #expect(Array(data.y.elements) == [0, 1])
        #expect(data.byteCount == data.x.byteCount + data.y.byteCount)
    }

    @Test("Buffers that are already filled are taken without a copy")
    func sharing() throws {
        let x = AlignedBuffer<Double>([1, 2]), y = AlignedBuffer<Double>([1, 0])
        let data = try Dataset(x: x, y: y, nx: 1)
        #expect(data.x === x && data.y === y)
    }

    @Test("The smallest data set is one sample of one feature")
    func smallest() throws {
        let data = try Dataset<Double>(samples: [[7]], labels: [1])
        #expect((data.m, data.nx) == (1, 1))
    }

    @Test("No samples, or none with a feature, are refused")
    func empty() {
        #expect(error { try Dataset(samples: [], labels: []) } == .noSamples)
        #expect(error { try Dataset(samples: [[], []], labels: [0, 1]) } == .noFeatures)
        #expect(error { try Dataset(x: AlignedBuffer([]), y: AlignedBuffer([]), nx: 1) } == .noSamples)
        #expect(error { try Dataset(x: AlignedBuffer([1]), y: AlignedBuffer([1]), nx: 0) } == .noFeatures)
        #expect(error { try Dataset(x: AlignedBuffer([1]), y: AlignedBuffer([1]), nx: -1) } == .noFeatures)
    }

    @Test("A sample of another length is named")
    func ragged() {
        let found = error { try Dataset(samples: [[1, 2], [3, 4], [5]], labels: [0, 1, 0]) }
        #expect(found == .ragged(sample: 2, features: 1, expected: 2))
        #expect(found?.description == "sample 2 has 1 features; expected 2, as in sample 0")
    }

    @Test("Counts that do not fit together are named")
    func counts() {
        let found = error { try Dataset(samples: [[1, 2], [3, 4]], labels: [1]) }
        #expect(found == .counts(values: 4, nx: 2, labels: 1))
        #expect(
            found?.description == "X holds 4 values and Y 1 labels; expected n_x = 2 values for each label")
        let x = AlignedBuffer<Double>([1, 2, 3]), y = AlignedBuffer<Double>([1, 0])
        #expect(error { try Dataset(x: x, y: y, nx: 2) } == .counts(values: 3, nx: 2, labels: 2))
        #expect(error { try Dataset(x: x, y: y, nx: 1) } == .counts(values: 3, nx: 1, labels: 2))
    }

    @Test("The first label other than 0 and 1 is named", arguments: [2, -1, 0.5, .infinity])
    func label(value: Double) {
        let found = error { try Dataset(samples: [[1], [2], [3]], labels: [0, value, 9]) }
        #expect(found == .label(sample: 1, value: value))
        #expect(found?.description == "the label of sample 1 is \(value); expected 0 or 1")
    }

    @Test("A label that is NaN is named")
    func labelNaN() {
        let found = error { try Dataset(samples: [[1]], labels: [.nan]) }
        #expect(found?.description == "the label of sample 0 is nan; expected 0 or 1")
    }

    @Test("Zero with a sign is a label")
    func negativeZero() {
        #expect(error { try Dataset(samples: [[1]], labels: [-0.0]) } == nil)
    }

    @Test("The first value that is not finite is named", arguments: [Double.infinity, -.infinity, .nan])
    func notFinite(value: Double) throws {
        let samples = [[1, 2, 3], [4, 5, value], [value, 8, 9]]
        let found = try #require(error { try Dataset(samples: samples, labels: [0, 1, 0]) })
        #expect(found.description == "feature 2 of sample 1 is \(value); expected a finite number")
        let inFloat = samples.map { $0.map { Float($0) } }
        #expect(throws: DatasetError.self) { try Dataset(samples: inFloat, labels: [0, 1, 0]) }
    }

    @Test("Huge and tiny finite values are taken")
    func extremes() {
        let greatest = Double.greatestFiniteMagnitude
        let row = [greatest, greatest, -greatest, .leastNonzeroMagnitude, -0.0]
        #expect(error { try Dataset(samples: [row], labels: [1]) } == nil)
    }

    @Test("Empty data sets say what was expected")
    func messages() {
        #expect("\(DatasetError.noSamples)" == "the data set has no samples (m = 0); expected at least one")
        #expect(
            "\(DatasetError.noFeatures)" == "the samples have no features (n_x = 0); expected at least one")
    }
}
