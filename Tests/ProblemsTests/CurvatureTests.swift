import Problems
import Testing

@Suite("The learning rate 1/L follows from the data")
struct CurvatureTests {
    /// ¼ of the greater eigenvalue of ((Σx², Σx), (Σx, m)) / m, in closed form.
    func closedForm(_ x: [Double]) -> Double {
        let m = Double(x.count)
        let (squares, sum) = (x.reduce(0) { $0 + $1 * $1 } / m, x.reduce(0, +) / m)
        let half = (squares + 1) / 2
        return (half + (half * half - (squares - sum * sum)).squareRoot()) / 4
    }

    @Test(
        "L is a quarter of the greatest eigenvalue of X̃X̃ᵀ/m",
        arguments: [
            [1, 2, 3, 4], [0], [0, 0, 0], [-5, 5], [1e-8, 2e-8], [1e6, 2e6, 4e6], [1], [1, -1, 2],
        ])
    func closedForm(x: [Double]) throws {
        let data = try Dataset<Double>(samples: x.map { [$0] }, labels: x.map { _ in 1 })
        let found = try #require(Curvature.greatest(of: data))
        #expect(abs(found - closedForm(x)) <= 1e-5 * closedForm(x), "\(found), \(closedForm(x))")
    }

    @Test("Any number of features, those beyond groups of four too, and Float", arguments: 1...9)
    func features(nx: Int) throws {
        // Each feature is √3 in one sample of its own and 0 elsewhere, and one sample is 0: with m = nx + 1,
        // the greatest eigenvalue is that of ((3/m)·1, …; √3/m …, 1): (3/m + 1)/2 + √(…).
        let m = Double(nx + 1)
        let samples = (0...nx).map { i in (0..<nx).map { j -> Float in i == j ? 2 : 0 } }
        let data = try Dataset<Float>(samples: samples, labels: samples.map { _ in 0 })
        // On vectors (s, …, s, t): 4s/m + 2t/m and 2·nx·s/m + t.
        let (p, q, r) = (4 / m, 4 * Double(nx) / (m * m), 1.0)
        let expected = ((p + r) / 2 + ((p - r) * (p - r) / 4 + q).squareRoot()) / 4
        let found = try #require(Curvature.greatest(of: data))
        #expect(abs(found - expected) <= 1e-5 * expected, "\(found), \(expected)")
    }

    @Test("With 1/L the cost falls in every step, whatever the scale", arguments: [1e-3, 1, 100])
    func descent(scale: Double) throws {
        let drawn = try Dataset<Double>.synthetic(m: 60, nx: 3, seed: 4)
        let data = try Dataset<Double>(
            x: AlignedBuffer(drawn.x.elements.map { ($0 + 1) * scale }), y: drawn.y, nx: 3)
        let alpha = 1 / (try #require(Curvature.greatest(of: data)))
        let run = try GradientDescent(learningRate: alpha, iterations: 200)
            .run(literalFormulas(data), from: Model(zeros: 3))
        #expect(zip(run.costs, run.costs.dropFirst()).allSatisfy { $0 >= $1 })
    }

    @Test("Values whose squares are too large give infinity, and a caller may cancel")
    func extremes() throws {
        let data = try Dataset<Double>(samples: [[1e200]], labels: [1])
        #expect(Curvature.greatest(of: data) == .infinity)
        #expect(Curvature.greatest(of: data, isCancelled: { true }) == nil)
    }
}
