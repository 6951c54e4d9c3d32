import Problems
import Testing

@Suite("A penalty on the weights is added to J and to its derivatives")
struct PenaltyTests {
    /// J = 10, with derivatives of 1.
    let prepared = Prepared<Double> { _, gradient in
        gradient.J = 10
        for j in gradient.derivatives.indices { gradient.derivatives[j] = 1 }
    }

    @Test("Weights count, biases do not")
    func logistic() {
        let gradient = prepared.penalized(l2: 0.5, Shape(4, 2)).gradient(at: Model(w: [3, -4], b: 100))
        // ½·½·25.
        #expect(gradient.J == 16.25)
        #expect(gradient.derivatives == [2.5, -1, 1])
        #expect(Model(w: [3, -4], b: 100).penalty(l2: 0.5, Shape(4, 2)) == 6.25)
    }

    @Test("Of a network the matrices of all layers count")
    func network() {
        let shape = Shape(4, 1, hidden: [2])
        let model = Model(parameters: [1.0, 2, 50, 60, 3, 4, 70])
        let gradient = prepared.penalized(l2: 2, shape).gradient(at: model)
        #expect(gradient.J == 40 && gradient.derivatives == [3, 5, 1, 1, 7, 9, 1])
    }

    @Test("A penalty of 0 changes nothing, also where a weight is infinite")
    func none() {
        let gradient = prepared.penalized(l2: 0, Shape(4, 1)).gradient(at: Model(w: [.infinity], b: 0))
        #expect(gradient.J == 10 && gradient.derivatives == [1, 1])
    }
}
