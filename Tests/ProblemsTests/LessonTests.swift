import Foundation
import Problems
import Testing

@Suite("The lessons compute what they explain")
struct LessonTests {
    func derivatives(_ graph: ComputationGraph) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.name, $0.derivative.number) })
    }

    func values(_ graph: ComputationGraph) -> [String: Double] {
        Dictionary(uniqueKeysWithValues: graph.nodes.map { ($0.name, $0.value.number) })
    }

    @Test("J = 3(a + b·c) has the values and derivatives of the book")
    func example() {
        let graph = ComputationGraph.example()
        #expect(values(graph) == ["a": 5, "b": 3, "c": 2, "u": 6, "v": 11, "J": 33])
        #expect(derivatives(graph) == ["J": 1, "v": 3, "a": 3, "u": 3, "b": 6, "c": 9])
    }

    @Test("A value that is used several times adds up its derivatives")
    func reuse() throws {
        var graph = ComputationGraph()
        let x = graph.input("x", 3)
        let square = graph.apply(.product, "s", x, x)
        let sum = graph.apply(.sum, "t", square, x, x)
        graph.differentiate(sum)
        // t = x² + 2x
        #expect(graph[sum].value == 15)
        #expect(graph[x].derivative == 8)
        // Another output, in the same graph: what does not lead to it has no part in it.
        graph.differentiate(square)
        #expect(graph[x].derivative == 6)
        #expect(graph[sum].derivative == 0)
    }

    @Test("The neuron's derivatives are those that implementations compute", arguments: [0.0, 1])
    func neuron(y: Double) throws {
        let graph = ComputationGraph.neuron(x1: 1.5, x2: -2, w1: 0.3, w2: 0.7, b: -0.2, y: y)
        let found = derivatives(graph)
        let data = try Dataset<Double>(samples: [[1.5, -2]], labels: [y])
        let model = Model(w: [0.3, 0.7], b: -0.2)
        let gradient = literalFormulas(data).gradient(at: model)
        func near(_ a: Double?, _ b: Double) -> Bool { abs((a ?? .nan) - b) < 1e-14 }
        #expect(near(values(graph)["L"], gradient.J))
        #expect(near(found["w1"], gradient.dw[0]))
        #expect(near(found["w2"], gradient.dw[1]))
        #expect(near(found["b"], gradient.db))
        #expect(near(found["z"], (values(graph)["a"] ?? 0) - y))
    }

    @Test(
        "Every slope is the difference quotient of its operation",
        arguments: [
            (.sum, [2, 3, -1]), (.product, [2, -3]), (.multiple(3), [2]), (.activation(.sigmoid), [0.7]),
            (.activation(.tanh), [0.7]), (.activation(.relu), [-0.7]), (.activation(.leaky), [-0.7]),
            (.crossEntropy(labels: [1]), [0.3]), (.crossEntropy(labels: [0]), [0.3]), (.linear, [2, 3, -1]),
        ] as [(ComputationGraph.Operation, [Double])])
    func slopes(operation: ComputationGraph.Operation, inputs: [Double]) {
        /// The derivative by each input, and the value.
        func run(_ inputs: [Double]) -> (slopes: [Double], value: Double) {
            var graph = ComputationGraph()
            let variables = inputs.enumerated().map { graph.input("p\($0)", .init($1)) }
            let output =
                switch variables.count {
                case 1: graph.apply(operation, "r", variables[0])
                case 2: graph.apply(operation, "r", variables[0], variables[1])
                default: graph.apply(operation, "r", variables[0], variables[1], variables[2])
                }
            graph.differentiate(output)
            return (variables.map { graph[$0].derivative.number }, graph[output].value.number)
        }
        let h = 1e-6
        for k in inputs.indices {
            var (up, down) = (inputs, inputs)
            up[k] += h
            down[k] -= h
            let quotient = (run(up).value - run(down).value) / (2 * h)
            #expect(abs(run(inputs).slopes[k] - quotient) < 1e-8)
        }
    }

    @Test("Formulas are written with names and with numbers")
    func formulas() {
        typealias Operation = ComputationGraph.Operation
        #expect(Operation.sum.formula(["a", "−2", "b"]) == "a + (−2) + b")
        #expect(Operation.product.formula(["−1", "x"]) == "(−1)·x")
        #expect(Operation.multiple(3).formula(["v"]) == "3·v")
        #expect(Operation.multiple(2.5).formula(["−4"]) == "2.5·(−4)")
        #expect(Operation.linear.formula(["W1", "X", "b1"]) == "W1·X + b1")
        #expect(Operation.activation(.relu).formula(["Z1"]) == "ReLU(Z1)")
        func share(_ operation: Operation, _ k: Int, _ d: String, _ p: [String], _ value: String) -> String {
            operation.shareFormula(k, of: d, p, value: value)
        }
        #expect(share(.activation(.sigmoid), 0, "da", ["z"], "a") == "da·a(1 − a)")
        #expect(share(.product, 0, "du", ["b", "c"], "u") == "du·c")
        #expect(share(.product, 0, "−3", ["1", "−2"], "−2") == "(−3)·(−2)")
        #expect(share(.crossEntropy(labels: [0]), 0, "dL", ["a"], "L") == "dL·1/(1 − a)")
        #expect(
            (0..<3).map { share(.linear, $0, "dZ2", ["W2", "A1", "b2"], "Z2") } == [
                "dZ2·A1ᵀ", "W2ᵀ·dZ2", "Σ dZ2",
            ])
    }

    @Test("A layer's derivatives are the difference quotients of each of its numbers")
    func layer() {
        let inputs: [ComputationGraph.Matrix] = [
            .init(rows: 2, [1, -2, 0.5, 3, 0.25, -1]), .init(rows: 3, [1, 2, -1, 0.5, 2, -3]),
            .init(rows: 2, [0.5, -1]),
        ]
        /// The loss of two samples behind a layer of two tanh units, and its derivatives by the three inputs.
        func run(_ inputs: [ComputationGraph.Matrix]) -> (L: Double, derivatives: [[Double]]) {
            var graph = ComputationGraph()
            let variables = inputs.enumerated().map { graph.input("p\($0)", $1) }
            let z = graph.apply(.linear, "z", variables[0], variables[1], variables[2])
            let a = graph.apply(.activation(.tanh), "a", z)
            let (w, b) = (graph.input("w", .init(rows: 1, [0.5, -1])), graph.input("b", 0.25))
            let last = graph.apply(.linear, "y", w, a, b)
            let L = graph.apply(
                .crossEntropy(labels: [1, 0]), "L", graph.apply(.activation(.sigmoid), "s", last))
            graph.differentiate(L)
            return (graph[L].value.number, variables.map { graph[$0].derivative.elements })
        }
        let h = 1e-6
        let found = run(inputs).derivatives
        for k in inputs.indices {
            for e in inputs[k].elements.indices {
                func moved(_ by: Double) -> Double {
                    var (changed, elements) = (inputs, inputs[k].elements)
                    elements[e] += by
                    changed[k] = .init(rows: inputs[k].rows, elements)
                    return run(changed).L
                }
                #expect(
                    abs(found[k][e] - (moved(h) - moved(-h)) / (2 * h)) < 1e-8, "input \(k), element \(e)")
            }
        }
    }

    @Test(
        "Each network of parity is right on every input, and as large as it is said to be", arguments: 2...10)
    func parity(n: Int) throws {
        let data = try Parity.inputs(bits: n)
        #expect(data.m == 1 << n)
        let layers = (1...).first { 1 << $0 >= n } ?? 0
        for parity in Parity.allCases {
            let (network, model) = parity.network(bits: n)
            let z = network.linear(data, at: model)
            for i in 0..<data.m {
                let ones = data.sample(i).reduce(0, +)
                #expect(z[i] == (Int(ones) % 2 == 1 ? 10 : -10), "\(parity), \(n) bits, input \(i)")
            }
            switch parity {
            case .tree:
                #expect(network.hidden.count == layers)
                let units = network.hidden.reduce(0, +)
                #expect(
                    1 << layers == n
                        ? units == 2 * (n - 1) : units > 2 * (n - 1) && units < 2 * (n - 1) + layers)
            case .patterns: #expect(network.hidden == [1 << (n - 1)])
            case .zigzag: #expect(network.hidden == [n])
            case .fold: #expect(network.hidden == Array(repeating: 2, count: layers))
            }
        }
    }

    @Test("The literal loss is right where a is not saturated, and nothing where it is")
    func literalLoss() {
        for z in stride(from: -3.0, through: 3, by: 0.5) {
            for y in [0.0, 1] {
                let difference =
                    Problems.literalLoss(sigmoid(z), label: y) - logistic(z, label: y).loss
                #expect(abs(difference) < 1e-14)
            }
        }
        #expect(Problems.literalLoss(Float(1), label: 1).isNaN)
        #expect(Problems.literalLoss(Float(1), label: 0) == .infinity)
    }

    @Test("Cross-entropy is convex along a line, and squared error is not")
    func costLine() throws {
        let data = try Dataset<Double>(samples: [[-1], [0.5], [1], [2], [8]], labels: [0, 0, 1, 1, 0])
        let line = CostLine(
            data, from: Model(w: [0], b: 0), along: Model(w: [1], b: 0), over: -3...5, steps: 320)
        #expect(line.points.count == 321)
        #expect((line.points[0].t, line.points[320].t) == (-3, 5))
        let start = try #require(line.points.first { $0.t == 0 })
        #expect(abs(start.crossEntropy - log(2)) < 1e-15)
        #expect(start.squaredError == 0.125)
        #expect(line.minima(of: \.crossEntropy).count == 1)
        #expect(line.minima(of: \.squaredError).count == 2)
        #expect(line.bulge(of: \.crossEntropy) == nil)
        let bulge = try #require(line.bulge(of: \.squaredError))
        #expect(bulge.cost > bulge.chord + 0.03)
        #expect(abs(bulge.t.left + bulge.t.right - 2 * bulge.t.middle) < 1e-12)
        let ends = line.points.filter { $0.t == bulge.t.left || $0.t == bulge.t.right }
        #expect(abs(ends.reduce(0) { $0 + $1.squaredError } / 2 - bulge.chord) < 1e-15)
    }

    @Test("A line may go through w and b at once")
    func direction() throws {
        let data = try Dataset<Double>(samples: [[2, 1]], labels: [1])
        let line = CostLine(
            data, from: Model(w: [1, 0], b: -1), along: Model(w: [0, 2], b: 1), over: 0...1, steps: 1)
        // z = 2·1 − 1 = 1 at one end, and 2·1 + 1·2 + 0 = 4 at the other.
        #expect(line.points.map(\.crossEntropy) == [1.0, 4].map { logistic($0, label: 1).loss })
    }
}
