import Ladders
import Problems
import Testing

@Suite("The rungs that store X in 16 bits")
struct BFloat16RungTests {
    static var kinds: [Rung<Float>] {
        LogisticLadder.rungs(Float.self).filter { $0.info.storage == .bfloat16 }
    }

    /// Each way through the kernel: a tail only, half a tile, a tile, several, and beyond 8192 features four
    /// samples in step; with samples of odd length, which begin in the middle of a word, and one block and more.
    static let shapes = [
        (1, 1), (3, 31), (130, 33), (200, 63), (150, 64), (140, 101), (67, 128), (70, 161), (40, 256),
        (21, 300), (35, 1030), (9, 8193),
    ]

    @Test("There are two, one of them threaded")
    func areListed() {
        #expect(Self.kinds.map { $0.name } == ["simd.bfloat16", "dispatch.bfloat16"])
    }

    @Test("They make the step of X rounded to 16 bits", arguments: shapes)
    func roundX(m: Int, nx: Int) throws {
        var problem = try SampleProblem<Float>(m: m, nx: nx)
        let model = problem.model()
        let stored = problem.data.stored(as: .bfloat16)
        #expect(Array(stored.x.elements) != Array(problem.data.x.elements))
        let expected = LogisticLadder.rungs(Double.self)[0].prepare(try doubled(stored), threads: 1).gradient(
            at: Model(w: model.w.map { Double($0) }, b: Double(model.b)))
        for kind in Self.kinds {
            let gradient = kind.prepare(problem.data, threads: 2).gradient(at: model)
            #expect(gradient.bits == kind.prepare(stored, threads: 2).gradient(at: model).bits)
            // z has n_x terms of at most 1, and so many roundings.
            let tolerance = 0x1p-24 * Double(nx + 20)
            #expect(abs(Double(gradient.J) - expected.J) <= 4 * tolerance, "\(kind.name)")
            #expect(abs(Double(gradient.db) - expected.db) <= tolerance, "\(kind.name)")
            for (found, right) in zip(gradient.dw, expected.dw) {
                #expect(abs(Double(found) - right) <= tolerance, "\(kind.name)")
            }
        }
    }

    @Test("Values too great for 16 bits count as the greatest that there is, and nothing becomes infinite")
    func saturate() throws {
        let most = Float.greatestFiniteMagnitude
        let data = try Dataset<Float>(samples: [[most, 1, 2], [-most, 3, 4]], labels: [1, 1])
        for kind in Self.kinds {
            let gradient = kind.prepare(data, threads: 1).gradient(at: Model(w: [0, 0, 0], b: 0))
            #expect(gradient.dw == [0, -1, -1.5] && gradient.db == -0.5, "\(kind.name)")
            // What is read behind the end of a sample, with a weight of 0, is finite too.
            let far = kind.prepare(data, threads: 1).gradient(at: Model(w: [0x1p-127, 0, 0], b: 0))
            #expect(far.J.isFinite && far.dw.allSatisfy { $0.isFinite }, "\(kind.name)")
        }
    }

    @Test("They read 2 bytes of each value, and hold as many")
    func countBytes() {
        for kind in Self.kinds {
            #expect(kind.work(Shape(1000, 128)).bytes == 1000 * (2 * 128 + 4))
            let (few, many) = (
                kind.preparedBytes(Shape(1000, 1024), threads: 1),
                kind.preparedBytes(Shape(2000, 1024), threads: 1)
            )
            // The parts of a threaded rung have sums of their own, a hundredth of that at most.
            #expect((many - few).magnitude < 1000 * 1024 * 3 && many - few >= 1000 * 1024 * 2)
        }
    }

    private func doubled(_ data: Dataset<Float>) throws -> Dataset<Double> {
        try Dataset(
            x: AlignedBuffer(data.x.elements.map { Double($0) }),
            y: AlignedBuffer(data.y.elements.map { Double($0) }), nx: data.nx)
    }
}
