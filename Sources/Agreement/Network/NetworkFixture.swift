import Problems

extension Fixture {
    /// A small network on data, and J and its derivatives there, computed outside of Swift
    /// (`Fixtures/make_networks.py`).
    package struct NetworkSet: Sendable, Codable {
        package let name: String
        /// The scalar that all its values are exact in.
        package let scalar: ScalarKind
        package let hidden: [Int]
        package let activation: Activation
        /// Samples of n_x features.
        package let x: [[Double]]
        package let y: [Double]
        package let parameters: [Double]
        package let J: DoubleDouble
        package let derivatives: [DoubleDouble]
    }
}

/// A whole run of gradient descent on a network by NumPy in `Double` (`Fixtures/make_networks.py`).
package struct NetworkRunFixture: Sendable, Codable {
    package let hidden: [Int]
    package let activation: Activation
    package let learningRate: Double
    package let steps: Int
    /// Samples of n_x features.
    package let x: [[Double]]
    package let y: [Double]
    /// The parameters before the first update and after the last one.
    package let start, end: [Double]
    /// J at both.
    package let J: [Double]
}

extension Case {
    /// The networks of a fixture that are in this scalar.
    static func networkFixture(_ fixture: Fixture) -> [Case] {
        fixture.networks.filter { $0.scalar == Scalar.kind }.map { set in
            let shape = Shape(set.x.count, set.x.first?.count ?? 0, hidden: set.hidden)
            return Case(.independent, "fixture \(set.name)", shape, activation: set.activation) {
                let data = Dataset<Scalar>(shape) {
                    Scalar(set.x[$0][$1])
                } label: {
                    Scalar(set.y[$0])
                }
                let problem = Problem(data, Network(hidden: set.hidden, activation: set.activation))
                let model = Model(parameters: set.parameters.map { Scalar($0) })
                let reference = Reference(problem, model)
                let m = DoubleDouble(Double(shape.m))
                let outside = Reference(
                    reference, derivatives: set.derivatives.map { $0 * m }, loss: set.J * m)
                return { rung in
                    let gradient = rung.prepare(problem, threads: 1).gradient(at: model)
                    return [Finding(Comparison(gradient, outside, ErrorBound(reference, rung.info)))]
                }
            }
        }
    }
}
