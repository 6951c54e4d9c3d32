import Problems
import Testing

@Suite("A model and its gradient")
struct ModelTests {
    let data = Result {
        try Dataset<Double>(samples: [[1, 0], [0, 1], [-3, 1], [0, 0]], labels: [1, 0, 1, 1])
    }

    @Test("It predicts σ(wᵀx + b) of each sample")
    func predict() throws {
        let data = try data.get()
        let model = Model(w: [2, -1], b: 0.5)
        #expect(model.linear(data.sample(2)) == -6.5)
        #expect(model.predict(data) == [sigmoid(2.5), sigmoid(-0.5), sigmoid(-6.5), sigmoid(0.5)])
        #expect(model.probability(data.sample(0)) == sigmoid(2.5))
    }

    @Test("It decides for 1 from a probability of exactly one half on")
    func decide() {
        #expect(Model<Double>.decide(0.5) == 1)
        #expect(Model<Double>.decide(0.5.nextDown) == 0)
        #expect(Model<Double>.decide(1) == 1)
        #expect(Model<Double>.decide(0) == 0)
        #expect(Model<Float>.decide(.nan) == 0)
    }

    @Test("Accuracy is the fraction of labels that it finds")
    func accuracy() throws {
        let data = try data.get()
        #expect(Model(w: [2, -1], b: 0.5).accuracy(on: data) == 0.75)
        #expect(Model(w: [-2, 1], b: -0.5).accuracy(on: data) == 0.25)
        #expect(Model(zeros: 2).accuracy(on: data) == 0.75, "all are decided as 1 where w = 0 and b = 0")
    }

    @Test("It starts at zero")
    func zeros() {
        #expect(Model<Float>(zeros: 3) == Model(w: [0, 0, 0], b: 0))
    }

    @Test("An update goes α along the gradient, downwards")
    func descend() {
        var model = Model<Double>(w: [1, 2], b: 3)
        var gradient = Gradient<Double>(zeros: 2)
        (gradient.J, gradient.dw, gradient.db) = (9, [4, -8], 2)
        model.descend(along: gradient, learningRate: 0.25)
        #expect(model == Model(w: [0, 4], b: 2.5))
    }

    @Test("A gradient divides by m, rounded once, and not by way of 1/m")
    func divide() {
        var gradient = Gradient<Float>(zeros: 2)
        (gradient.J, gradient.dw, gradient.db) = (7, [41, -5], 3)
        gradient.divide(by: 41)
        #expect(gradient.J == 7.0 / 41)
        #expect(gradient.dw == [1, -5.0 / 41], "41 · (1/41) is less than 1 in binary")
        #expect(Float(41) * (1 / Float(41)) != 1)
        #expect(gradient.db == 3.0 / 41)
    }

    @Test("A gradient is reset to zeros of the same size")
    func reset() {
        var gradient = Gradient<Double>(zeros: 2)
        (gradient.J, gradient.dw, gradient.db) = (1, [.nan, 2], 3)
        gradient.reset()
        #expect(gradient == Gradient(zeros: 2))
    }
}
