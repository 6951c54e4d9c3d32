import Implementations
import LogisticRegression
import Measurement

/// The value of `--implementation`.
struct ImplementationChoice {
    /// The name; nil where none was given.
    private let name: String?

    init(_ arguments: Arguments) throws(UsageError) {
        name = try arguments.name("--implementation", among: Catalog<Double>.all.map { $0.rung.name })
    }

    /// The implementation that was named, or the fastest at most shapes: the last of the Catalog whose
    /// copies of the data fit into memory.
    ///
    /// - Throws: `InputError` where there is no room for what the named one prepares.
    func type<Scalar: LaneScalar>(
        for data: Dataset<Scalar>, threads: Int
    ) throws(InputError) -> ImplementationType<Scalar> {
        let all = Catalog<Scalar>.all
        let room = Memory.availableBytes
        func needs(_ type: ImplementationType<Scalar>) -> Int {
            type.preparedBytes(m: data.m, nx: data.nx, threads: threads)
        }
        let chosen = name.map { name in all.filter { $0.rung.name == name } } ?? all
        if let type = chosen.last(where: { needs($0) <= room }) { return type }
        throw InputError(
            message:
                "\(name ?? "each implementation") needs \((chosen.map(needs).min() ?? 0) >> 20) MiB beside "
                + "the data, and \(room >> 20) MiB are free; name another one of 'unlooped list', such as "
                + "dispatch.fused")
    }
}
