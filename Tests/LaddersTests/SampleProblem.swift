import Ladders
import Problems

/// Data and models for smoke tests; the judge has its own. The same numbers in every run.
struct SampleProblem<Scalar: LaneScalar> {
    let data: Dataset<Scalar>
    private var random: Generator

    init(m: Int, nx: Int, seed: UInt64 = 1) throws {
        random = Generator(state: seed &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(m) << 32 &+ UInt64(nx))
        let x = AlignedBuffer<Scalar>(zeros: m * nx)
        let y = AlignedBuffer<Scalar>(zeros: m)
        for i in 0..<m * nx { x.base[i] = Scalar(random.next()) }
        for i in 0..<m { y.base[i] = random.next() < 0 ? 0 : 1 }
        data = try Dataset(x: x, y: y, nx: nx)
    }

    /// Parameters between −1 and 1.
    mutating func model() -> Model<Scalar> {
        Model(w: (0..<data.nx).map { _ in Scalar(random.next()) }, b: Scalar(random.next()))
    }

    /// The generator of Numerical Recipes, 3rd ed., §7.1.4, which is good enough to fill tests.
    private struct Generator {
        var state: UInt64

        /// From −1 up to 1, in steps of 2⁻²³.
        mutating func next() -> Double {
            state = state &* 2_862_933_555_777_941_757 &+ 3_037_000_493
            return Double(state >> 40) * 0x1p-23 - 1
        }
    }
}

extension Gradient {
    /// J, dw and db as bits, so that a comparison sees the sign of zero and takes a NaN for itself.
    var bits: [String] {
        ([J] + dw + [db]).map { "\($0.sign) \($0.exponentBitPattern) \($0.significandBitPattern)" }
    }

    /// The greatest difference to `other` in J, dw and db.
    func distance(to other: Gradient) -> Double {
        let (mine, theirs) = ([J] + dw + [db], [other.J] + other.dw + [other.db])
        let differences = zip(mine, theirs).map { Double(($0 - $1).magnitude) }
        return differences.contains(where: \.isNaN) ? .nan : differences.max() ?? .nan
    }
}
