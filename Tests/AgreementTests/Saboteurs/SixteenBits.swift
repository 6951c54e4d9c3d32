import Problems

/// Another implementation on X in 16 bits, and said to be so.
struct SixteenBits<Base: Implementation>: Implementation where Base.Scalar == Float {
    static var rung: Rung {
        let base = Base.rung
        return Rung(
            base.name, after: nil, idea: base.idea, sums: base.sums, storage: .bfloat16,
            isThreaded: base.isThreaded)
    }
    static func work(m: Int, nx: Int) -> Work {
        .step(Float.self, m: m, nx: nx, passes: 1, storage: .bfloat16)
    }
    static func preparedBytes(m: Int, nx: Int, threads: Int) -> Int { 0 }

    private let base: Base

    init(_ data: Dataset<Float>, threads: Int) {
        base = Base(data.stored(as: .bfloat16), threads: threads)
    }

    var workersInLatestGradient: Int { base.workersInLatestGradient }

    func gradient(at model: Model<Float>, into gradient: inout Gradient<Float>) {
        base.gradient(at: model, into: &gradient)
    }
}

/// An implementation of the judge's list, on X in 16 bits.
func sixteenBits(_ type: ImplementationType<Float>) -> ImplementationType<Float> {
    func wrapped<Base: Implementation<Float>>(_: Base.Type) -> ImplementationType<Float> {
        SixteenBits<Base>.self
    }
    return wrapped(type)
}

/// Stores X in 16 bits, and does not say so.
final class RoundsInSecret: Honest<Float>, Implementation {
    required init(_ data: Dataset<Float>, threads: Int) {
        super.init(data.stored(as: .bfloat16), threads: threads)
    }
}

/// Says that it stores X in 16 bits, and cuts the others off.
final class Truncates: Honest<Float>, Implementation {
    override class var storage: Storage { .bfloat16 }

    required init(_ data: Dataset<Float>, threads: Int) {
        let cut = AlignedBuffer(data.x.elements.map { Float(bitPattern: $0.bitPattern & 0xffff_0000) })
        do {
            try super.init(Dataset(x: cut, y: data.y, nx: data.nx), threads: threads)
        } catch {
            preconditionFailure("values that are not finite: \(error)")
        }
    }
}
