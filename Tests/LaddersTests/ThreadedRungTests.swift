import Foundation
import Ladders
import Problems
import Testing

@Suite("The threaded rungs")
struct ThreadedRungTests {
    /// Several parts, and a tail in the last one.
    #if DEBUG
    static let (m, nx) = (75, 2731)
    #else
    static let (m, nx) = (40_003, 33)
    #endif

    func sameBits<Scalar: LaneScalar>(_ kinds: [Rung<Scalar>]) throws {
        var problem = try SampleProblem<Scalar>(m: Self.m, nx: Self.nx)
        let model = problem.model()
        for kind in kinds where kind.info.isThreaded {
            let alone = kind.prepare(problem.data, threads: 1).gradient(at: model)
            #expect(alone.J.isFinite)
            for threads in [2, 3, 7] {
                let instance = kind.prepare(problem.data, threads: threads)
                for _ in 0..<2 {
                    let shared = instance.gradient(at: model)
                    #expect(shared.bits == alone.bits, "\(kind.name), \(threads) threads")
                    #expect((1...threads).contains(instance.workersInLatestGradient), "\(kind.name)")
                }
            }
        }
    }

    @Test("The bits do not depend on the number of threads, in Float")
    func float() throws { try sameBits(LogisticLadder.rungs(Float.self)) }

    @Test("The bits do not depend on the number of threads, in Double")
    func double() throws { try sameBits(LogisticLadder.rungs(Double.self)) }

    @Test("Thousands of small steps with pauses between them have the bits that one thread gives")
    func smallSteps() throws {
        #if DEBUG
        let (m, nx, steps) = (75, 31, 1000)
        #else
        let (m, nx, steps) = (203, 701, 5000)
        #endif
        var problem = try SampleProblem<Float>(m: m, nx: nx)
        let models = (0..<3).map { _ in problem.model() }
        var random = SplitMix64(seed: 3)
        for kind in LogisticLadder.rungs(Float.self) where kind.name == "dispatch.team" {
            let alone = kind.prepare(problem.data, threads: 1)
            let expected = models.map { alone.gradient(at: $0) }
            for threads in [2, 3, 7] {
                let team = kind.prepare(problem.data, threads: threads)
                var gradient = Gradient<Float>(zeros: nx)
                for step in 0..<steps {
                    team.gradient(at: models[step % 3], into: &gradient)
                    #expect(gradient == expected[step % 3], "step \(step) on \(threads) threads")
                    if step % 50 == 0 { usleep(UInt32.random(in: 0..<300, using: &random)) }
                }
            }
        }
    }

    @Test("Two instances on one data set do not disturb each other")
    func concurrentInstances() async throws {
        var problem = try SampleProblem<Float>(m: Self.m, nx: Self.nx)
        let (data, model) = (problem.data, problem.model())
        let kind = try #require(LogisticLadder.rungs(Float.self).last)
        let expected = kind.prepare(data, threads: 1).gradient(at: model).bits
        let all = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<3 {
                group.addTask {
                    LogisticLadder.rungs(Float.self).last?.prepare(data, threads: 2).gradient(at: model).bits
                        ?? []
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count == 3 && all.allSatisfy { $0 == expected })
    }

    @Test("A step too small to share is that of the single-threaded twin, on the calling thread")
    func smallShapes() throws {
        var problem = try SampleProblem<Double>(m: 31, nx: 40)
        let model = problem.model()
        let all = LogisticLadder.rungs(Double.self)
        for kind in all where kind.info.isThreaded {
            let twin = try #require(all.first { $0.name == kind.info.after })
            let (alone, instance) = (
                twin.prepare(problem.data, threads: 1), kind.prepare(problem.data, threads: 7)
            )
            #expect(instance.gradient(at: model).bits == alone.gradient(at: model).bits, "\(kind.name)")
            #expect(instance.workersInLatestGradient == 1, "\(kind.name)")
            #expect(
                kind.preparedBytes(Shape(31, 40), threads: 7) == twin.preparedBytes(Shape(31, 40), threads: 1)
            )
        }
    }

    @Test("One that is not threaded ignores the number of threads, and works alone")
    func serial() throws {
        var problem = try SampleProblem<Float>(m: 40, nx: 8)
        let model = problem.model()
        for kind in LogisticLadder.rungs(Float.self) where !kind.info.isThreaded {
            let (one, seven) = (
                kind.prepare(problem.data, threads: 1), kind.prepare(problem.data, threads: 7)
            )
            #expect(one.gradient(at: model).bits == seven.gradient(at: model).bits, "\(kind.name)")
            #expect(
                kind.preparedBytes(Shape(40, 8), threads: 1) == kind.preparedBytes(Shape(40, 8), threads: 7),
                "\(kind.name)")
            #expect(seven.workersInLatestGradient == 1, "\(kind.name)")
        }
    }
}
