import Foundation
import Problems
import Testing

@Suite("The activation and the loss")
struct LogisticTests {
    static let moderate = stride(from: -8, through: 8, by: 0.37).map { Double($0) }

    @Test("σ(0) is exactly one half, and L there is log 2")
    func zero() {
        for z in [0.0, -0.0] {
            #expect(sigmoid(z) == 0.5)
            for y in [0.0, 1.0] {
                #expect(logistic(z, label: y).a == 0.5)
                #expect(logistic(z, label: y).loss == log(2))
            }
        }
        #expect(sigmoid(Float(0)) == 0.5)
    }

    @Test("Where the textbook formulas are safe both agree with them", arguments: moderate)
    func textbook(z: Double) {
        let a = 1 / (1 + Foundation.exp(-z))
        for y in [0.0, 1.0] {
            let loss = -(y * log(a) + (1 - y) * log(1 - a))
            let result = logistic(z, label: y)
            #expect(abs(result.a - a) <= 4e-16 * a)
            #expect(abs(result.loss - loss) <= 1e-12 * loss)
            #expect(result.a == sigmoid(z))
        }
    }

    @Test("A label of 1 is a label of 0 at −z, to the last bit", arguments: moderate)
    func symmetry(z: Double) {
        #expect(logistic(z, label: 1).loss == logistic(-z, label: 0).loss)
        #expect(abs(sigmoid(z) + sigmoid(-z) - 1) <= 0x1p-52)
    }

    @Test("A saturated sample keeps its loss: that of a wrong one is |z|, that of a right one tiny")
    func saturation() {
        for z in [50.0, 300, 709, 1e5, 1e300] {
            #expect(logistic(z, label: 0).loss == z)
            #expect(logistic(-z, label: 1).loss == z)
            #expect(logistic(z, label: 1).loss == Foundation.exp(-z))
            #expect(logistic(-z, label: 0).loss == Foundation.exp(-z))
            #expect(sigmoid(z) == 1)
        }
        #expect(sigmoid(-50.0) == Foundation.exp(-50.0))
        #expect(sigmoid(-700.0) > 0)
        #expect(sigmoid(-1e5) == 0)
        #expect(sigmoid(Float(-80)) > 0)
        #expect(logistic(Float(200), label: 0).loss == 200)
    }

    @Test("At infinity both are the limits")
    func infinity() {
        #expect(sigmoid(Double.infinity) == 1)
        #expect(sigmoid(-Double.infinity) == 0)
        #expect(logistic(Double.infinity, label: 1) == (1, 0))
        #expect(logistic(Double.infinity, label: 0) == (1, .infinity))
        #expect(logistic(-Double.infinity, label: 0) == (0, 0))
        #expect(logistic(-Double.infinity, label: 1) == (0, .infinity))
    }

    @Test("A NaN gives NaN")
    func nan() {
        #expect(sigmoid(Double.nan).isNaN && sigmoid(Float.nan).isNaN)
        for y in [0.0, 1.0] {
            let (a, loss) = logistic(Double.nan, label: y)
            #expect(a.isNaN && loss.isNaN)
        }
    }

    @Test("A is never less at a greater z")
    func monotonic() {
        let z = stride(from: Float(-120), through: 120, by: 0.125)
        let a = z.map { sigmoid($0) }
        #expect(zip(a, a.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(a.allSatisfy { 0 <= $0 && $0 <= 1 })
    }
}
