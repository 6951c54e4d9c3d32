import Foundation
import Problems

/// Small data sets with J, dw and db that were computed outside of Swift (`Fixtures/make_fixtures.py`).
package struct Fixture: Sendable, Codable {
    /// A data set and what comes of some models on it.
    package struct Set: Sendable, Codable {
        /// What it is called.
        package let name: String
        /// The scalar that all its values are exact in.
        package let scalar: ScalarKind
        /// Samples of n_x features.
        package let x: [[Double]]
        /// Labels.
        package let y: [Double]
        /// Models and their gradients.
        package let models: [Values]
    }

    /// A model, and J, dw and db there.
    package struct Values: Sendable, Codable {
        /// Weights.
        package let w: [Double]
        /// Bias.
        package let b: Double
        /// The cost.
        package let J: DoubleDouble
        /// ∂J/∂w.
        package let dw: [DoubleDouble]
        /// ∂J/∂b.
        package let db: DoubleDouble
    }

    /// The data sets.
    package let sets: [Set]
}

/// σ and L at one z, computed outside of Swift.
package struct PointFixture: Sendable, Codable {
    /// Where.
    package let z: Double
    /// The label.
    package let y: Double
    /// σ(z)
    package let a: DoubleDouble
    /// σ(z) − y
    package let dz: DoubleDouble
    /// L(σ(z), y)
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
    /// α.
    package let learningRate: Double
    /// The shape.
    package let m: Int
    /// The shape.
    package let nx: Int
    /// FNV-1a over the bit patterns of the values of X as `Double`.
    package let checksum: String
    /// J after the last update.
    package let J: DoubleDouble
    /// w after the last update.
    package let w: [DoubleDouble]
    /// b after the last update.
    package let b: DoubleDouble
}

/// Why fixtures could not be read.
package enum FixtureError: Error, CustomStringConvertible {
    /// The folder of fixtures is not beside the program.
    case missing(String)
    /// A file that is not what it should be.
    case unreadable(String, String)

    /// What was looked for, and where.
    package var description: String {
        switch self {
        case .missing(let folder):
            "the folder \(folder) is missing; keep it beside the program, or build the program again"
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason); build the program again"
        }
    }
}

extension Fixture {
    /// The fixtures' folder, beside the program that runs (links followed).
    private static func folder() throws(FixtureError) -> URL {
        let name = "unlooped_Agreement.resources"
        let program = (Bundle.main.executableURL ?? Bundle.main.bundleURL).resolvingSymlinksInPath()
        for parent in [program.deletingLastPathComponent(), Bundle.main.bundleURL] {
            let folder = parent.appendingPathComponent(name).appendingPathComponent("Fixtures")
            if FileManager.default.fileExists(atPath: folder.path) { return folder }
        }
        throw .missing(program.deletingLastPathComponent().appendingPathComponent(name).path)
    }

    private static func read<Value: Decodable>(_ file: String, as _: Value.Type) throws(FixtureError) -> Value
    {
        let file = try folder().appendingPathComponent(file)
        do {
            return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
        } catch {
            throw .unreadable(file.path, "\(error)")
        }
    }

    /// The small data sets, and the single points as data sets of one sample, in both scalars.
    package static func samples() throws(FixtureError) -> Fixture {
        let points = try points()
        let sets = ScalarKind.allCases.flatMap { scalar in points.map { Set($0, scalar) } }
        return Fixture(sets: try read("samples.json", as: [Set].self) + sets)
    }

    /// Single points of σ and L.
    package static func points() throws(FixtureError) -> [PointFixture] {
        try read("points.json", as: [PointFixture].self)
    }

    /// The runs on the Wisconsin data, one for each scalar.
    package static func runs() throws(FixtureError) -> [RunFixture] {
        try read("wisconsin.json", as: [RunFixture].self)
    }

    /// The run on Fashion-MNIST, classes 0 and 6, by NumPy in `Double` (`Fixtures/make_fashion.py`).
    package static func fashionRuns() throws(FixtureError) -> [RunFixture] {
        try read("fashion.json", as: [RunFixture].self)
    }
}
