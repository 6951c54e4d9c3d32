import Agreement
import Problems
import Testing

@Suite("A gradient is held to differences of J")
struct GradientCheckTests {
    /// Features of very different sizes, the last one 0 in every sample.
    static func data(m: Int = 30) throws -> Dataset<Double> {
        let drawn = try Dataset<Double>.synthetic(m: m, nx: 4, seed: 8)
        let scales = [1, 1e6, 1e-6, 0]
        let x = drawn.x.elements.enumerated().map { $1 * scales[$0 % 4] }
        return try Dataset(x: AlignedBuffer(x), y: drawn.y, nx: 4)
    }

    static let model = Model<Double>(w: [0.5, 1e-6, 1e6, 3], b: 0.2)

    func check(_ gradient: Gradient<Double>, _ data: Dataset<Double>) -> GradientCheck {
        GradientCheck(gradient, Problem(data), Self.model, sums: .running)
    }

    @Test("The right gradient is within the bounds, whatever the size of the features")
    func right() throws {
        let data = try Self.data()
        let result = check(Blameless(data, threads: 1).prepared.gradient(at: Self.model), data)
        #expect(result.holds)
        #expect(result.elements.map(\.parameter) == [0, 1, 2, 3, 4])
        #expect(result.relativeDistance < 1e-15)
        for (element, size) in zip(result.elements, [1, 1e6, 1e-6, 1, 1]) {
            // The differences say more than the implementation's rounding allows it to be off.
            #expect(element.bound < 1e-13 * size)
        }
    }

    @Test("One element that is off in its twelfth digit is found and named", arguments: 0..<4)
    func wrong(element: Int) throws {
        let data = try Self.data()
        var gradient = Blameless(data, threads: 1).prepared.gradient(at: Self.model)
        // The last feature is 0 in every sample: db in its place.
        let index = element == 3 ? 4 : element
        gradient.derivatives[index] *= 1 + 1e-12
        let result = check(gradient, data)
        #expect(!result.holds)
        #expect(result.worst[0].parameter == index)
        #expect(result.worst[0].ratio > 1)
    }

    @Test("The penalty on the weights is part of J, and one that is off in its twelfth digit is found")
    func penalty() throws {
        let (data, l2) = (try Self.data(), 0.3)
        let prepared = Blameless(data, threads: 1).prepared
        func check(_ gradient: Gradient<Double>) -> GradientCheck {
            GradientCheck(gradient, Problem(data), Self.model, sums: .running, l2: l2)
        }
        let right = prepared.penalized(l2: l2, Shape(data.m, data.nx)).gradient(at: Self.model)
        #expect(check(right).holds)
        #expect(!check(prepared.gradient(at: Self.model)).holds)
        var wrong = right
        // Its feature is 0 in every sample, so that the penalty is all there is: λ·3.
        wrong.derivatives[3] *= 1 + 1e-12
        #expect(!check(wrong).holds && check(wrong).worst[0].parameter == 3)
        wrong = right
        wrong.derivatives[4] += l2 * Self.model.b
        #expect(check(wrong).worst[0].parameter == 4)
    }

    @Test(
        "Of a network the requested derivatives are checked, but for those across a kink, which are counted")
    func network() throws {
        let data = try Dataset<Double>(samples: [[1, 1], [2, 0.5]], labels: [1, 0])
        let problem = Problem(data, Network(hidden: [2]))
        // z of unit 0 is 0 for the first sample: its weights and bias, 0, 1 and 4, are on a kink.
        let model = Model<Double>(parameters: [1, -1, 0.5, 0.25, 0, 0.1, 1, -1, 0])
        var gradient = HonestNetwork<Double>.rung.prepare(problem, threads: 1).gradient(at: model)
        func check(_ parameters: [Int]?) -> GradientCheck {
            GradientCheck(gradient, problem, model, sums: .running, parameters: parameters)
        }
        let all = check(nil)
        #expect(all.holds && all.skipped == 3 && all.doubtful == 1)
        #expect(all.elements.map(\.parameter) == [2, 3, 5, 6, 7, 8])
        let some = check([7, 1, 3])
        #expect(some.holds && some.skipped == 1 && some.elements.map(\.parameter) == [7, 3])
        gradient.derivatives[3] *= 1 + 1e-9
        #expect(!check(nil).holds && check(nil).worst[0].parameter == 3 && check([2, 7]).holds)
    }

    @Test("A NaN is the worst of all")
    func notANumber() throws {
        let data = try Self.data()
        var gradient = Blameless(data, threads: 1).prepared.gradient(at: Self.model)
        gradient.dw[2] = .nan
        let result = check(gradient, data)
        #expect(!result.holds)
        #expect(result.worst[0].parameter == 2)
    }

    @Test("Float is checked with the digits it has")
    func float() throws {
        let data = try Dataset<Float>.synthetic(m: 20, nx: 3, seed: 1)
        let model = Model<Float>.random(3, seed: 4)
        let reference = Reference(data, model)
        var gradient = Gradient<Float>(zeros: 3)
        for j in 0..<3 { gradient.dw[j] = Float(reference.derivatives[j].double / 20) }
        gradient.db = Float(reference.derivatives[3].double / 20)
        let result = GradientCheck(gradient, Problem(data), model, sums: .running)
        #expect(result.holds)
        #expect(result.relativeDistance < 1e-7)
        #expect(result.relativeDistance > 0)
    }

    @Test("Progress is reported, up to the last weight")
    func progress() throws {
        var seen: [Double] = []
        _ = NumericGradient(try Self.data(m: 3), Self.model) { seen.append($0) }
        #expect(seen == [0.2, 0.4, 0.6, 0.8])
    }
}
