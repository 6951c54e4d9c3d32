import Agreement
import DataFiles
import Foundation
import Ladders
import Problems
import Testing

@Suite("Whole runs on the Wisconsin data")
struct TrainingTests {
    /// The standardized data. Read from the sources: the copy beside the executable is the same file.
    static func standardized() throws -> Dataset<Double> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Benchmarks/unlooped/Data/wdbc.csv")
        let table = try CSV(label: .name("malignant")).read(file.path, as: Double.self)
        return try Standardization(table.data).applied(to: table.data)
    }

    static func run(_ scalar: ScalarKind) throws -> RunFixture {
        try #require(try Fixture.runs().first { $0.scalar == scalar })
    }

    @Test("The standardized data are, to the bit, those that the values outside of Swift were made from")
    func hasTheSameData() throws {
        let data = try Self.standardized()
        let count = data.x.count
        #expect(try Self.run(.double).checksum == Self.checksum(count) { data.x.base[$0] })
        #expect(try Self.run(.float).checksum == Self.checksum(count) { Double(Float(data.x.base[$0])) })
    }

    static func checksum(_ count: Int, _ value: (Int) -> Double) -> String {
        var h: UInt64 = 0xCBF2_9CE4_8422_2325
        for i in 0..<count { h = (h ^ value(i).bitPattern) &* 0x100_0000_01B3 }
        return String(format: "%016lx", h)
    }

    @Test("L of these data is 3.32, so that α = 0.1 is stable")
    func knowsL() throws {
        let bound = RunBound(try Self.standardized(), learningRate: 0.1, steps: 1, sums: .running)
        #expect(bound.lipschitz > 3.31 && bound.lipschitz < 3.37 && bound.isStable)
    }

    @Test(
        "Every implementation ends within the bound of the exact run, at 0.98 accuracy; another run does not")
    func endsWhereItShould() throws {
        let data = try Self.standardized()
        try check(data)
        try check(try Dataset<Float>(rounding: data))
    }

    /// Where Debian's dataset-fashion-mnist puts it.
    static let fashion = "/usr/share/datasets/fashion-mnist/train"

    /// Vectors are slow in debug builds: 500 steps on 9 million values would take minutes.
    static var hasTimeForFashion: Bool {
        #if DEBUG
        false
        #else
        FileManager.default.fileExists(atPath: fashion + "-images-idx3-ubyte.gz")
        #endif
    }

    @Test(
        "On T-shirts and shirts of Fashion-MNIST J after 500 steps is NumPy's to 1e-10, and so are w and b",
        .enabled(if: hasTimeForFashion, "a release build, and dataset-fashion-mnist"))
    func fashionMNIST() throws {
        let data: Dataset<Double> = try IDX(negative: 0, positive: 6)
            .read(
                images: Self.fashion + "-images-idx3-ubyte.gz", labels: Self.fashion + "-labels-idx1-ubyte.gz"
            )
            .data
        let exact = try #require(try Fixture.fashionRuns().first)
        #expect((data.m, data.nx) == (exact.m, exact.nx) && exact.steps == 500)
        #expect(exact.checksum == Self.checksum(data.x.count) { data.x.base[$0] })
        let descent = try GradientDescent(learningRate: exact.learningRate, iterations: exact.steps)
        for type in Self.types(Double.self) where ["simd.fused", "dispatch.fused"].contains(type.name) {
            let run = descent.run(type.prepare(data, threads: 2), from: Model(zeros: data.nx))
            let distance = RunDistance(run, from: exact)
            #expect(distance.cost <= 1e-10 * exact.J.double, "\(type.name): \(distance)")
            // The length of w is 1.5.
            #expect(distance.parameters <= 1e-10, "\(type.name): \(distance)")
        }
    }

    private func check<S: LaneScalar>(_ data: Dataset<S>) throws {
        let exact = try Self.run(S.kind)
        let descent = try GradientDescent<S>(learningRate: S(exact.learningRate), iterations: exact.steps)
        var bounds: [Storage: [Summation: RunBound]] = [:]
        for type in Self.types(S.self) {
            let (sums, storage) = (type.info.sums, type.info.storage)
            let bound =
                bounds[storage]?[sums]
                ?? RunBound(
                    data, learningRate: descent.learningRate, steps: exact.steps, sums: sums,
                    storage: storage)
            bounds[storage, default: [:]][sums] = bound
            let run = descent.run(type.prepare(data, threads: 2), from: Model(zeros: data.nx))
            let distance = RunDistance(run, from: exact)
            #expect(distance.isWithin(bound), "\(type.name) \(S.kind): \(distance), \(bound)")
            #expect(run.model.accuracy(on: data) >= 0.98)
        }
        // The bounds are not so wide that a tenth more of α could hide in them, where X is as it was.
        let other = try GradientDescent<S>(learningRate: descent.learningRate * 1.1, iterations: exact.steps)
        let run = other.run(
            LogisticLadder.rungs(S.self)[1].prepare(data, threads: 1), from: Model(zeros: data.nx))
        for bound in bounds[.scalar, default: [:]].values {
            #expect(!RunDistance(run, from: exact).isWithin(bound))
        }
    }

    /// In debug builds, where vectors are slow, the foot of the ladder only.
    static func types<S: LaneScalar>(_: S.Type) -> [Rung<S>] {
        #if DEBUG
        Array(LogisticLadder.rungs(S.self).prefix(3))
        #else
        LogisticLadder.rungs(S.self)
        #endif
    }
}
