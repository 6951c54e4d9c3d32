import Foundation
import Problems

/// Small data sets with J and derivatives that were computed outside of Swift (`Fixtures/make_fixtures.py`).
package struct Fixture: Sendable, Codable {
    /// A data set, and J and its derivatives at some models.
    package struct Set: Sendable, Codable {
        package let name: String
        /// The scalar that all its values are exact in.
        package let scalar: ScalarKind
        /// Samples of n_x features.
        package let x: [[Double]]
        package let y: [Double]
        package let models: [Values]
    }

    /// A model, and J, ∂J/∂w and ∂J/∂b there.
    package struct Values: Sendable, Codable {
        package let w: [Double]
        package let b: Double
        package let J: DoubleDouble
        package let dw: [DoubleDouble]
        package let db: DoubleDouble
    }

    package let sets: [Set]
    package let networks: [NetworkSet]
}

/// σ, σ − y and L at one z for the label y, computed outside of Swift.
package struct PointFixture: Sendable, Codable {
    package let z: Double
    package let y: Double
    package let a: DoubleDouble
    package let dz: DoubleDouble
    package let loss: DoubleDouble
}

extension Fixture.Set {
    /// The one sample with the one feature 1, for which w = z makes dw = db = dz and J = L.
    init(_ point: PointFixture, _ scalar: ScalarKind) {
        let values = Fixture.Values(w: [point.z], b: 0, J: point.loss, dw: [point.dz], db: point.dz)
        self.init(name: "z = \(point.z)", scalar: scalar, x: [[1]], y: [point.y], models: [values])
    }
}

/// A whole run of gradient descent, computed outside of Swift.
package struct RunFixture: Sendable, Codable {
    /// The scalar that the standardized data and the learning rate were rounded to.
    package let scalar: ScalarKind
    /// The number of updates from w = 0, b = 0.
    package let steps: Int
    package let learningRate: Double
    package let m, nx: Int
    /// FNV-1a over the bit patterns of the values of X as `Double`.
    package let checksum: String
    /// J, w and b after the last update.
    package let J: DoubleDouble
    package let w: [DoubleDouble]
    package let b: DoubleDouble
}

/// Why fixtures could not be read.
package enum FixtureError: Error, CustomStringConvertible {
    case missing(file: String)
    case unreadable(file: String, reason: String)

    /// The file, and what to do.
    package var description: String {
        switch self {
        case .missing(let file):
            "the file \(file) is missing; keep its folder next to the program, or build the program again"
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason); build the program again"
        }
    }
}

extension Fixture {
    private static func read<Value: Decodable>(_ file: String, as _: Value.Type) throws(FixtureError) -> Value
    {
        guard let path = ResourceFolder.path("Fixtures/" + file, of: "Agreement") else {
            throw .missing(file: ResourceFolder.expectedPath("Fixtures/" + file, of: "Agreement"))
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unreadable(file: path, reason: "\(error)")
        }
    }

    /// The small data sets, and the single points as data sets of one sample, in both scalars; and the networks.
    package static func samples() throws(FixtureError) -> Fixture {
        let points = try points()
        let sets = ScalarKind.allCases.flatMap { scalar in points.map { Set($0, scalar) } }
        return Fixture(
            sets: try read("samples.json", as: [Set].self) + sets,
            networks: try read("networks.json", as: [NetworkSet].self))
    }

    /// Single points of σ and L.
    package static func points() throws(FixtureError) -> [PointFixture] {
        try read("points.json", as: [PointFixture].self)
    }

    /// The runs on the Wisconsin data, one for each scalar.
    package static func runs() throws(FixtureError) -> [RunFixture] {
        try read("wisconsin.json", as: [RunFixture].self)
    }

    /// The runs of networks.
    package static func networkRuns() throws(FixtureError) -> [NetworkRunFixture] {
        try read("network_runs.json", as: [NetworkRunFixture].self)
    }

    /// The run on Fashion-MNIST, classes 0 and 6, by NumPy in `Double` (`Fixtures/make_fashion.py`).
    package static func fashionRuns() throws(FixtureError) -> [RunFixture] {
        try read("fashion.json", as: [RunFixture].self)
    }
}
