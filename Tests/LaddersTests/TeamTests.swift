import Dispatch
import Foundation
import Ladders
import Problems
import Testing

@Suite("A team of threads")
struct TeamTests {
    /// For tests that wait for workers: another pool than the one whose threads run the tests. On one processor
    /// that one has a single thread, and a test that waits on it would keep the workers from coming.
    private let pool = DispatchQueue.global(qos: .userInitiated)

    @Test(
        "Does each part of each step once, in sight of the caller, and adds them in order",
        arguments: [1, 2, 3, 7], [1, 2, 5, 64])
    func steps(workers: Int, parts: Int) {
        var run = TeamRun(Team(workers: workers, parts: parts, queue: .global()), parts: parts)
        for step in 1...2000 {
            run.makeStep(step)
            #expect((1...workers).contains(run.team.workersInLatestStep))
            if step % 40 == 0 { run.pause() }
        }
    }

    @Test("Several teams at once do not disturb each other")
    func severalTeams() async {
        await withTaskGroup { group in
            for parts in [3, 8, 17, 64] {
                group.addTask {
                    var run = TeamRun(Team(workers: 3, parts: parts, queue: .global()), parts: parts)
                    for step in 1...1000 { run.makeStep(step) }
                }
            }
        }
    }

    @Test("The caller waits for nobody who has not come")
    func nobodyComes() {
        let queue = DispatchQueue(label: "nobody", attributes: .concurrent)
        queue.suspend()
        do {
            var run = TeamRun(Team(workers: 7, parts: 9, queue: queue), parts: 9)
            for step in 1...100 {
                run.makeStep(step)
                #expect(run.team.workersInLatestStep == 1)
            }
            #expect(run.team.isComplete, "all are called, and called once")
        }
        queue.resume()
    }

    @Test("Workers leave when no step begins, come back with the next, and then leave nothing behind")
    func leaving() {
        weak var gone: Team?
        do {
            var run = TeamRun(Team(workers: 3, parts: 9, queue: pool), parts: 9)
            gone = run.team
            #expect(run.team.isIdle)
            for step in 1...3 {
                run.makeStep(step)
                #expect(isSoon { run.team.isIdle })
            }
        }
        #expect(isSoon { gone == nil })
    }

    @Test("A team that is dropped in the middle of a run is gone soon")
    func dropping() {
        for _ in 0..<50 {
            weak var gone: Team?
            do {
                var run = TeamRun(Team(workers: 2, parts: 9, queue: pool), parts: 9)
                gone = run.team
                for step in 1...20 { run.makeStep(step) }
            }
            #expect(isSoon { gone == nil })
        }
    }

    #if os(Linux)
    @Test("A hundred teams hold no more threads than Dispatch's pool")
    func manyTeams() throws {
        func count() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let before = try count()
        var runs = (0..<100).map { _ in TeamRun(Team(workers: 3, parts: 9, queue: .global()), parts: 9) }
        for step in 1...20 {
            for i in runs.indices { runs[i].makeStep(step) }
        }
        // Other tests run meanwhile, and start threads as well.
        #expect(try count() < before + 50)
    }
    #endif

    /// Whether something comes true, on however busy a machine.
    private func isSoon(_ condition: () -> Bool) -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while !condition() {
            if ContinuousClock.now > end { return false }
            usleep(100)
        }
        return true
    }
}

/// Steps of a team whose parts are small and easy to check.
private struct TeamRun {
    let team: Team
    private let parts: Int
    private let work: Work
    private var random = SplitMix64(seed: 7)

    /// Plain memory: what is read too early, or written twice at a time, is wrong, and the thread sanitizer
    /// tells.
    private struct Work: Sendable {
        let input = AlignedBuffer<Double>(zeros: 1)
        let output: AlignedBuffer<Double>

        func callAsFunction(_ part: Int) { output.base[part] += input.base[0] * Double(part + 1) }
    }

    init(_ team: Team, parts: Int) {
        (self.team, self.parts, work) = (team, parts, Work(output: AlignedBuffer(zeros: parts)))
    }

    mutating func makeStep(_ step: Int) {
        work.input.base[0] = Double(step)
        var added: [Int] = []
        team.beginStep()
        if !team.isComplete { team.call { [work] part, _ in work(part) } }
        team.finishStep {
            work($0)
        } add: { part in
            added.append(part)
            work.output.base[part] -= Double(step * (part + 1))
        }
        #expect(added == Array(0..<parts))
        #expect(work.output.elements.allSatisfy { $0 == 0 })
    }

    /// Up to 200 µs: workers still look, give way or leave.
    mutating func pause() {
        let end = ContinuousClock.now + .microseconds(Int.random(in: 0..<200, using: &random))
        while ContinuousClock.now < end {}
    }
}
