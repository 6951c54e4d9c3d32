import Implementations
import LogisticRegression

/// The value of `--implementation`.
struct ImplementationChoice {
    /// The implementation that works where none is named: the fastest at most shapes.
    static var fastest: String { Catalog<Double>.all.last?.rung.name ?? "" }

    private let name: String

    init(_ arguments: Arguments) throws(UsageError) {
        let names = Catalog<Double>.all.map { $0.rung.name }
        name = try arguments.name("--implementation", among: names) ?? Self.fastest
    }

    /// The implementation.
    func type<Scalar: LaneScalar>(for _: Scalar.Type) throws(UsageError) -> ImplementationType<Scalar> {
        if let type = Catalog<Scalar>.all.first(where: { $0.rung.name == name }) { return type }
        throw UsageError("there is no implementation '\(name)' for \(Scalar.kind.rawValue)")
    }
}
