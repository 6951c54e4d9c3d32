import Ladders
import Problems
import Testing

@Suite("The ladder of networks")
struct NetworkLadderTests {
    static let networks: [(Int, Network)] = [
        (1, Network(hidden: [1], activation: .tanh)), (3, Network(hidden: [4], activation: .tanh)),
        (5, Network(hidden: [3, 2], activation: .sigmoid)),
        (17, Network(hidden: [9, 33, 5], activation: .leaky)),
        (40, Network(hidden: [20, 7, 5], activation: .relu)), (7, Network(hidden: [6], activation: .linear)),
        (2, Network(hidden: [4], activation: .tanh)), (2, Network(hidden: [10, 5], activation: .relu)),
        (3, Network(hidden: [20, 3], activation: .sigmoid)),
        (600, Network(hidden: [7, 3], activation: .leaky)),
    ]

    static func problem<Scalar: RealScalar>(
        _ m: Int, _ nx: Int, _ network: Network, _: Scalar.Type
    ) throws -> (Problem<Scalar>, Model<Scalar>) {
        let problem = Problem(try Dataset<Scalar>.synthetic(m: m, nx: nx, seed: 3), network)
        var model = Model<Scalar>(initial: problem.shape, .xavier, seed: 5)
        for layer in problem.shape.layers {
            for u in 0..<layer.units { model.parameters[layer.biases + u] = Scalar(u % 5 - 2) / 8 }
        }
        return (problem, model)
    }

    @Test("The derivatives of the explicit loops are those of numeric differences", arguments: networks)
    func numericDifferences(_ nx: Int, _ network: Network) throws {
        let (problem, model) = try Self.problem(6, nx, network, Double.self)
        let loops = NetworkLadder.rungs(Double.self)[0].prepare(problem, threads: 1)
        let gradient = loops.gradient(at: model)
        let h = 0x1p-20
        for j in model.parameters.indices {
            var (above, below) = (model, model)
            above.parameters[j] += h
            below.parameters[j] -= h
            let slope = (loops.gradient(at: above).J - loops.gradient(at: below).J) / (2 * h)
            #expect(abs(slope - gradient.derivatives[j]) < 1e-8, "\(problem.shape.parameterName(j))")
        }
    }

    @Test("The derivatives of the explicit loops are those of the computation graph", arguments: networks)
    func computationGraph(_ nx: Int, _ network: Network) throws {
        let (problem, model) = try Self.problem(6, nx, network, Double.self)
        let gradient = NetworkLadder.rungs(Double.self)[0].prepare(problem, threads: 1).gradient(at: model)
        let found = ComputationGraph.network(problem, at: model).gradient(of: problem)
        #expect(abs(found.J - gradient.J) < 1e-13)
        for (j, (d, e)) in zip(found.derivatives, gradient.derivatives).enumerated() {
            #expect(abs(d - e) < 1e-13, "\(problem.shape.parameterName(j))")
        }
    }

    @Test(
        "Every rung agrees with the explicit loops, on any width and number of samples", arguments: networks)
    func agreement(_ nx: Int, _ network: Network) throws {
        for m in [1, 7, 8, 9, 33, 300] {
            try agree(m, nx, network, tolerance: 1e-12, Double.self)
            try agree(m, nx, network, tolerance: 1e-4, Float.self)
        }
    }

    private func agree<Scalar: LaneScalar>(
        _ m: Int, _ nx: Int, _ network: Network, tolerance: Scalar, _: Scalar.Type
    ) throws {
        let (problem, model) = try Self.problem(m, nx, network, Scalar.self)
        let rungs = NetworkLadder.rungs(Scalar.self)
        let expected = rungs[0].prepare(problem, threads: 1).gradient(at: model)
        for rung in rungs.dropFirst() {
            let prepared = rung.prepare(problem, threads: 3)
            for _ in 0..<2 {
                let gradient = prepared.gradient(at: model)
                #expect(abs(gradient.J - expected.J) < tolerance, "\(rung.name), m = \(m)")
                for (j, (d, e)) in zip(gradient.derivatives, expected.derivatives).enumerated()
                where !(abs(d - e) < tolerance) {
                    Issue.record(
                        "\(rung.name), m = \(m): d\(problem.shape.parameterName(j)) is \(d), not \(e)")
                    return
                }
            }
        }
    }

    @Test("A network without hidden layers is logistic regression")
    func noHiddenLayers() throws {
        let (problem, model) = try Self.problem(50, 19, .logistic, Double.self)
        let expected = LogisticLadder.rungs(Double.self)[0].prepare(problem, threads: 1).gradient(at: model)
        for rung in NetworkLadder.rungs(Double.self) {
            let gradient = rung.prepare(problem, threads: 2).gradient(at: model)
            #expect(abs(gradient.J - expected.J) < 1e-14, "\(rung.name)")
            for (d, e) in zip(gradient.derivatives, expected.derivatives) {
                #expect(abs(d - e) < 1e-14, "\(rung.name)")
            }
        }
    }
}
