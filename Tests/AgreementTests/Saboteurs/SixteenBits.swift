import Problems

/// Another rung on X in 16 bits, and said to be so.
func sixteenBits(_ base: Rung<Float>) -> Rung<Float> {
    let info = RungInfo(
        base.name, after: nil, base.info.idea, sums: base.info.sums, storage: .bfloat16,
        isThreaded: base.info.isThreaded)
    return Rung(info, shapes: { base.shapes }) { _, _ in
        0
    } prepare: { problem, threads in
        base.prepare(problem.data.stored(as: .bfloat16), threads: threads)
    }
}

/// Stores X in 16 bits, and does not say so.
final class RoundsInSecret: Honest<Float> {
    required init(_ data: Dataset<Float>, threads: Int) {
        super.init(data.stored(as: .bfloat16), threads: threads)
    }
}

/// Says that it stores X in 16 bits, and cuts the others off.
final class Truncates: Honest<Float> {
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
