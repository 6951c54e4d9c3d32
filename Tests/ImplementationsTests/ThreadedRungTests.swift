import Implementations
import LogisticRegression
import Testing

@Suite("The threaded rungs")
struct ThreadedRungTests {
    /// Several parts (a part has 65 536 values of X or more), and a tail in the last one.
    #if DEBUG
    static let (m, nx) = (72, 2731)
    #else
    static let (m, nx) = (20_003, 33)
    #endif

    func sameBits<Scalar: LaneScalar>(_ kinds: [ImplementationType<Scalar>]) throws {
        var problem = try SampleProblem<Scalar>(m: Self.m, nx: Self.nx)
        let model = problem.model()
        for kind in kinds where kind.rung.isThreaded {
            let alone = kind.init(problem.data, threads: 1).gradient(at: model)
            #expect(alone.J.isFinite)
            for threads in [2, 3, 7] {
                let instance = kind.init(problem.data, threads: threads)
                for _ in 0..<2 {
                    let shared = instance.gradient(at: model)
                    #expect(shared.bits == alone.bits, "\(kind.rung.name), \(threads) threads")
                    #expect((1...threads).contains(instance.workersInLatestGradient), "\(kind.rung.name)")
                }
            }
        }
    }

    @Test("The bits do not depend on the number of threads, in Float")
    func float() throws { try sameBits(Catalog<Float>.all) }

    @Test("The bits do not depend on the number of threads, in Double")
    func double() throws { try sameBits(Catalog<Double>.all) }

    @Test("Two instances on one data set do not disturb each other")
    func concurrentInstances() async throws {
        var problem = try SampleProblem<Float>(m: Self.m, nx: Self.nx)
        let (data, model) = (problem.data, problem.model())
        let kind = try #require(Catalog<Float>.all.last)
        let expected = kind.init(data, threads: 1).gradient(at: model).bits
        let all = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    Catalog<Float>.all.last?.init(data, threads: 2).gradient(at: model).bits ?? []
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count == 3 && all.allSatisfy { $0 == expected })
    }

    @Test("One that is not threaded ignores the number of threads, and works alone")
    func serial() throws {
        var problem = try SampleProblem<Float>(m: 40, nx: 8)
        let model = problem.model()
        for kind in Catalog<Float>.all where !kind.rung.isThreaded {
            let (one, seven) = (kind.init(problem.data, threads: 1), kind.init(problem.data, threads: 7))
            #expect(one.gradient(at: model).bits == seven.gradient(at: model).bits, "\(kind.rung.name)")
            #expect(
                kind.preparedBytes(m: 40, nx: 8, threads: 1) == kind.preparedBytes(m: 40, nx: 8, threads: 7),
                "\(kind.rung.name)")
            #expect(seven.workersInLatestGradient == 1, "\(kind.rung.name)")
        }
    }
}
