import Foundation
import Problems

/// The step in the words of the textbook, to run gradient descent with in tests.
func literalFormulas(_ data: Dataset<Double>) -> Prepared<Double> {
    Prepared { model, gradient in
        let m = Double(data.m)
        let (w, b) = (model.w, model.b)
        gradient.reset()
        for (i, y) in data.y.elements.enumerated() {
            let x = data.sample(i)
            let z = zip(w, x).map { $0 * $1 }.reduce(b, +)
            let a = 1 / (1 + exp(-z))
            gradient.J -= (y * log(a) + (1 - y) * log(1 - a)) / m
            for j in 0..<data.nx { gradient.dw[j] += x[j] * (a - y) / m }
            gradient.db += (a - y) / m
        }
    }
}
