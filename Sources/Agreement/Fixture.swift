import Foundation
public import LogisticRegression

/// Small data sets with J, dw and db that were computed outside of Swift (`Fixtures/make_fixtures.py`).
public struct Fixture: Sendable, Codable {
    /// A data set and what comes of some models on it.
    public struct Set: Sendable, Codable {
        /// What it is called.
        public let name: String
        /// The scalar that all its values are exact in.
        public let scalar: ScalarKind
        /// Samples of n_x features.
        public let x: [[Double]]
        /// Labels.
        public let y: [Double]
        /// Models and their gradients.
        public let models: [Values]
    }

    /// A model, and J, dw and db there.
    public struct Values: Sendable, Codable {
        /// Weights.
        public let w: [Double]
        /// Bias.
        public let b: Double
        /// The cost.
        public let J: DoubleDouble
        /// ∂J/∂w.
        public let dw: [DoubleDouble]
        /// ∂J/∂b.
        public let db: DoubleDouble
    }

    /// The data sets.
    public let sets: [Set]
}

/// σ and L at one z, computed outside of Swift.
public struct PointFixture: Sendable, Codable {
    /// Where.
    public let z: Double
    /// The label.
    public let y: Double
    /// σ(z)
    public let a: DoubleDouble
    /// σ(z) − y
    public let dz: DoubleDouble
    /// L(σ(z), y)
    public let loss: DoubleDouble
}

extension Fixture.Set {
    /// The one sample with the one feature 1, for which w = z makes dw = db = dz and J = L.
    init(_ point: PointFixture, _ scalar: ScalarKind) {
        let values = Fixture.Values(w: [point.z], b: 0, J: point.loss, dw: [point.dz], db: point.dz)
        self.init(name: "z = \(point.z)", scalar: scalar, x: [[1]], y: [point.y], models: [values])
    }
}

/// A whole run of gradient descent, computed outside of Swift.
public struct RunFixture: Sendable, Codable {
    /// The scalar that the standardized data and the learning rate were rounded to.
    public let scalar: ScalarKind
    /// The number of updates from w = 0, b = 0.
    public let steps: Int
    /// α.
    public let learningRate: Double
    /// The shape.
    public let m: Int
    /// The shape.
    public let nx: Int
    /// FNV-1a over the bit patterns of the values of X as `Double`.
    public let checksum: String
    /// J after the last update.
    public let J: DoubleDouble
    /// w after the last update.
    public let w: [DoubleDouble]
    /// b after the last update.
    public let b: DoubleDouble
}

/// Why fixtures could not be read.
public enum FixtureError: Error, CustomStringConvertible {
    /// The folder of fixtures is not beside the program.
    case missing(String)
    /// A file that is not what it should be.
    case unreadable(String, String)

    /// What was looked for, and where.
    public var description: String {
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
    public static func samples() throws(FixtureError) -> Fixture {
        let points = try points()
        let sets = ScalarKind.allCases.flatMap { scalar in points.map { Set($0, scalar) } }
        return Fixture(sets: try read("samples.json", as: [Set].self) + sets)
    }

    /// Single points of σ and L.
    public static func points() throws(FixtureError) -> [PointFixture] {
        try read("points.json", as: [PointFixture].self)
    }

    /// The runs on the Wisconsin data, one for each scalar.
    public static func runs() throws(FixtureError) -> [RunFixture] {
        try read("wisconsin.json", as: [RunFixture].self)
    }

    /// The run on Fashion-MNIST, classes 0 and 6, by NumPy in `Double` (`Fixtures/make_fashion.py`).
    public static func fashionRuns() throws(FixtureError) -> [RunFixture] {
        try read("fashion.json", as: [RunFixture].self)
    }
}
