import Ladders
import Problems
import Testing

@Suite("A prepared instance")
struct PreparedInstanceTests {
    #if DEBUG
    static let shapes = [(1, 1), (16, 16), (37, 19)]
    #else
    static let shapes = [(1, 1), (16, 16), (37, 19), (1030, 5), (2100, 70)]
    #endif

    func keepsNothing<Scalar: LaneScalar>(_ kinds: [Rung<Scalar>]) throws {
        for (m, nx) in Self.shapes {
            var problem = try SampleProblem<Scalar>(m: m, nx: nx)
            let diverged = Model<Scalar>(w: Array(repeating: .infinity, count: nx), b: .nan)
            let models = [problem.model(), Model(zeros: nx), problem.model(), diverged, problem.model()]
            for kind in kinds {
                let kept = kind.prepare(problem.data, threads: 2)
                var gradient = Gradient<Scalar>(zeros: nx)
                for (call, model) in models.enumerated() where model != diverged {
                    kept.gradient(at: model, into: &gradient)
                    let fresh = kind.prepare(problem.data, threads: 2).gradient(at: model)
                    #expect(gradient.bits == fresh.bits, "\(kind.name), \(m) × \(nx), call \(call)")
                }
                kept.gradient(at: diverged, into: &gradient)
                kept.gradient(at: models[0], into: &gradient)
                let fresh = kind.prepare(problem.data, threads: 2).gradient(at: models[0])
                #expect(gradient.bits == fresh.bits, "\(kind.name), \(m) × \(nx), after NaN")
            }
        }
    }

    @Test("Called again and again, it gives what a fresh one gives, to the last bit, in Float")
    func float() throws { try keepsNothing(LogisticLadder.rungs(Float.self)) }

    @Test("Called again and again, it gives what a fresh one gives, to the last bit, in Double")
    func double() throws { try keepsNothing(LogisticLadder.rungs(Double.self)) }

    @Test("The result does not depend on what stood in the gradient before")
    func overwrites() throws {
        var problem = try SampleProblem<Float>(m: 21, nx: 6)
        let model = problem.model()
        for kind in LogisticLadder.rungs(Float.self) {
            let instance = kind.prepare(problem.data, threads: 1)
            var gradient = Gradient<Float>(zeros: 6)
            (gradient.J, gradient.dw, gradient.db) = (.nan, [1, .nan, .infinity, -7, 9, 9], .nan)
            instance.gradient(at: model, into: &gradient)
            #expect(gradient.bits == instance.gradient(at: model).bits, "\(kind.name)")
        }
    }

    @Test("It changes neither the data nor the zeros behind them")
    func readsOnly() throws {
        for kind in LogisticLadder.rungs(Double.self) {
            var problem = try SampleProblem<Double>(m: 21, nx: 5)
            let (x, y) = (problem.data.x, problem.data.y)
            let before = [x, y].map { Array(UnsafeRawBufferPointer(start: $0.base, count: $0.byteCount)) }
            _ = kind.prepare(problem.data, threads: 2).gradient(at: problem.model())
            let after = [x, y].map { Array(UnsafeRawBufferPointer(start: $0.base, count: $0.byteCount)) }
            #expect(before == after, "\(kind.name)")
        }
    }

    @Test("It says how many bytes it holds, never fewer than none")
    func bytes() throws {
        for kind in LogisticLadder.rungs(Float.self) {
            let prepared = kind.preparedBytes(Shape(50, 20), threads: 1)
            #expect(prepared >= 0, "\(kind.name)")
            if kind.name == "loops.flat" { #expect(prepared == 4 * (50 * 20 + 50)) }
        }
    }
}
