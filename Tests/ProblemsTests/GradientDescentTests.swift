import Foundation
import Problems
import Testing

@Suite("Gradient descent")
struct GradientDescentTests {
    let data = Result {
        try Dataset<Double>(samples: [[0.5, 1], [1.5, -1], [-1, 0.25], [-2, 2]], labels: [1, 1, 0, 1])
    }

    func descent(_ alpha: Double = 0.5, iterations: Int, tolerance: Double? = nil) throws -> GradientDescent<
        Double
    > {
        try GradientDescent(learningRate: alpha, iterations: iterations, tolerance: tolerance)
    }

    @Test("One step on a 2 × 2 example is the one computed by hand")
    func byHand() throws {
        // x⁽¹⁾ = (1, 2), y = 1;  x⁽²⁾ = (3, −1), y = 0.  At w = 0, b = 0: z = 0, a = ½, dz = (−½, ½).
        // J = log 2;  dw = ½·(−½·1 + ½·3, −½·2 + ½·(−1)) = (½, −¾);  db = 0.
        let data = try Dataset<Double>(samples: [[1, 2], [3, -1]], labels: [1, 0])
        let gradient = literalFormulas(data).gradient(at: Model(zeros: 2))
        #expect(abs(gradient.J - log(2)) < 1e-15)
        #expect(gradient.dw == [0.5, -0.75])
        #expect(gradient.db == 0)

        // α = 1: w = (−½, ¾), b = 0;  z = (1, −9/4), and J = ½·(log(1 + e^−1) + log(1 + e^−9/4)).
        let run = try descent(1, iterations: 1).run(literalFormulas(data), from: Model(zeros: 2))
        #expect(run.model == Model(w: [-0.5, 0.75], b: 0))
        #expect(run.costs.count == 2)
        #expect(abs(run.finalCost - (log1p(exp(-1)) + log1p(exp(-2.25))) / 2) < 1e-15)
    }

    @Test("A step is the gradient and then the update")
    func step() throws {
        let implementation = literalFormulas(try data.get())
        var model = Model<Double>(w: [0.1, -0.2], b: 0.3)
        var expected = model
        expected.descend(along: implementation.gradient(at: model), learningRate: 0.5)
        var scratch = Gradient<Double>(zeros: 2)
        implementation.step(&model, learningRate: 0.5, scratch: &scratch)
        #expect(model == expected)
    }

    @Test("With a small learning rate every update lowers the cost")
    func descends() throws {
        let run = try descent(0.1, iterations: 50).run(literalFormulas(data.get()), from: Model(zeros: 2))
        #expect(zip(run.costs, run.costs.dropFirst()).allSatisfy { $0 > $1 })
        #expect(run.end == .iterations)
    }

    @Test("The history has the cost before the first update and after each, the last that of the model")
    func history() throws {
        let implementation = literalFormulas(try data.get())
        let start = Model<Double>(w: [1, -1], b: 2)
        let run = try descent(iterations: 7).run(implementation, from: start)
        #expect(run.costs.count == 8)
        #expect(run.iterations == 7)
        #expect(run.costs.first == implementation.gradient(at: start).J)
        #expect(run.finalCost == implementation.gradient(at: run.model).J)
    }

    @Test("It ends once an update changes the cost by no more than the tolerance")
    func tolerance() throws {
        let implementation = literalFormulas(try data.get())
        let run = try descent(iterations: 100_000, tolerance: 1e-4).run(implementation, from: Model(zeros: 2))
        let changes = zip(run.costs, run.costs.dropFirst()).map { abs($0 - $1) }
        #expect(run.end == .tolerance)
        #expect(run.iterations < 100_000)
        #expect(try #require(changes.last) <= 1e-4)
        #expect(changes.dropLast().allSatisfy { $0 > 1e-4 })
        #expect(run.finalCost == implementation.gradient(at: run.model).J)
    }

    @Test("A tolerance of 0 ends it where nothing changes any more")
    func zeroTolerance() throws {
        let data = try Dataset<Double>(samples: [[0]], labels: [1])
        let run = try descent(1e-30, iterations: 10, tolerance: 0).run(
            literalFormulas(data), from: Model(zeros: 1))
        #expect(run.end == .tolerance)
        #expect(run.iterations == 1)
    }

    @Test("A caller that says no ends it with what was reached")
    func cancellation() throws {
        let implementation = literalFormulas(try data.get())
        var seen: [Double] = []
        let run = try descent(iterations: 100).run(implementation, from: Model(zeros: 2)) {
            updates, gradient, _ in
            #expect(updates == seen.count)
            seen.append(gradient.J)
            return updates < 3
        }
        #expect(run.end == .cancelled)
        #expect(run.iterations == 3)
        #expect(run.costs == seen)
        #expect(run.finalCost == implementation.gradient(at: run.model).J)
    }

    @Test("A cost that is NaN runs on to the last iteration, and is not taken for no change")
    func diverged() throws {
        let data = try Dataset<Double>(samples: [[1]], labels: [1])
        let run = try descent(iterations: 3, tolerance: 1).run(
            literalFormulas(data), from: Model(w: [.nan], b: 0))
        #expect(run.end == .iterations)
        #expect(run.costs.count == 4)
    }

    @Test(
        "A learning rate that is not positive and finite is refused", arguments: [0, -0.5, .infinity, .nan])
    func learningRate(alpha: Double) {
        let error = #expect(throws: GradientDescentError.self) { try descent(alpha, iterations: 1) }
        #expect(
            error?.description == "the learning rate is \(alpha); expected a positive, finite number")
    }

    @Test("Fewer than one iteration are refused", arguments: [0, -3])
    func iterations(count: Int) {
        #expect(throws: GradientDescentError.iterations(count)) { try descent(iterations: count) }
        #expect(
            "\(GradientDescentError.iterations(count))"
                == "the number of iterations is \(count); expected at least 1")
    }

    @Test("A tolerance that is negative or not finite is refused", arguments: [-1e-9, .infinity, .nan])
    func badTolerance(value: Double) {
        let error = #expect(throws: GradientDescentError.self) {
            try descent(iterations: 1, tolerance: value)
        }
        #expect(error?.description == "the tolerance is \(value); expected a finite number, 0 or greater")
    }
}
