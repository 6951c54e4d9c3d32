import Foundation
import Problems

/// The step in the words of the textbook, to run gradient descent with in tests.
struct LiteralFormulas: Implementation {
    static let rung = Rung("test.literal", after: nil, idea: "the formulas as they stand", sums: .running)

    static func work(m: Int, nx: Int) -> Work { .step(Double.self, m: m, nx: nx, passes: 1) }

    let data: Dataset<Double>

    init(_ data: Dataset<Double>, threads: Int = 1) { self.data = data }

    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int { 0 }

    func gradient(at model: Model<Double>, into gradient: inout Gradient<Double>) {
        let m = Double(data.m)
        gradient.reset()
        for (i, y) in data.y.elements.enumerated() {
            let x = data.sample(i)
            let z = zip(model.w, x).map { $0 * $1 }.reduce(model.b, +)
            let a = 1 / (1 + exp(-z))
            gradient.J -= (y * log(a) + (1 - y) * log(1 - a)) / m
            for j in 0..<data.nx { gradient.dw[j] += x[j] * (a - y) / m }
            gradient.db += (a - y) / m
        }
    }
}
