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
            outside(
                set.name, x: set.x, y: set.y, Network(hidden: set.hidden, activation: set.activation),
                parameters: set.parameters, J: set.J, derivatives: set.derivatives)
        }
    }
}
