import Foundation
import Problems
import Measurement
import Testing

@Suite("The best rung of each cell is compared with its peers")
struct PeerComparisonTests {
    /// Something whose step takes each of `times` in one block; a block less for each nil.
    private func result(
        _ name: String, _ times: [Int?], passed: Bool? = true, skipped: String? = nil, threaded: Bool = false
    ) -> RungResult {
        RungResult(
            rung: RungInfo(name, after: nil, "version", sums: .running, isThreaded: threaded),
            work: Work(operations: 1, bytes: 1), preparedBytes: 0, workers: 1,
            verdict: passed.map {
                CellVerdict(error: 1, bound: 2, ratio: $0 ? 0.5 : 2, passed: $0, element: "J")
            },
            samples: times.enumerated().compactMap { round, time in
                time.map {
                    Sample(
                        block: round, round: round, position: 0, steps: 1, nanoseconds: $0, cpuNanoseconds: 0)
                }
            }, skipped: skipped)
    }

    private func steady(_ name: String, _ time: Int) -> RungResult {
        result(name, Array(repeating: time, count: 7))
    }

    private func cell(
        _ rungs: [RungResult], peers: [RungResult], m: Int = 100, nx: Int = 4,
        scalar: ScalarKind = .float, threads: Int = 1, controls: [RungResult] = []
    ) -> CellResult {
        CellResult(
            cell: Cell(m: m, nx: nx, scalar: scalar, threads: threads), rungs: rungs, controls: controls,
            peers: peers)
    }

    private func comparison(_ cells: [CellResult]) -> PeerComparison {
        PeerComparison(
            Results(
                date: "", command: "", seed: 1, settings: SamplerSettings(),
                plan: Plan(cells: cells.map { $0.cell }, rungs: []),
                machine: Machine(
                    processor: "", processors: 1, caches: [], memoryBytes: 1, operatingSystem: "", kernel: "",
                    hugePages: nil),
                build: Build(configuration: "release", instructionSet: "", compiler: ""), cells: cells))
    }

    @Test("The best of each are those with the shortest medians that the judge did not reject")
    func best() throws {
        let found = cell(
            [steady("slow", 900), steady("fast", 100), result("wrong", [1, 1, 1], passed: false)],
            peers: [steady("a", 700), steady("b", 250), result("cheat", [1, 1, 1], passed: false)])
        let match = try #require(comparison([found]).matches.first)
        #expect(match.rung.rung == "fast" && match.peer.rung == "b")
        #expect(match.factor.median == 2.5 && match.outcome == .ahead)
    }

    @Test("Factors are taken round by round, and rounds of one alone do not count")
    func rounds() throws {
        let found = cell(
            [result("r", [100, 10, 400, 100])], peers: [result("p", [300, 20, 400, nil, 700])])
        let factor = try #require(comparison([found]).matches.first?.factor)
        #expect(factor.median == 2 && factor.blocks == 3 && factor.interval == nil)
        let apart = cell([result("r", [100, nil])], peers: [result("p", [nil, 100])])
        #expect(comparison([apart]).matches.isEmpty)
    }

    @Test("A peer is ahead, behind, or without a clear difference; a cell whose controls differ is left out")
    func outcomes() throws {
        func outcome(_ rung: Int, _ peer: Int, control: Int? = nil) -> PeerMatch.Outcome? {
            let rungs = [steady("r", rung)]
            let again = control.map { time in
                RungResult(
                    rung: RungInfo("r again", after: "r", "", sums: .running),
                    work: Work(operations: 1, bytes: 1), preparedBytes: 0, workers: 1, verdict: nil,
                    samples: steady("", time).samples)
            }
            let found = cell(rungs, peers: [steady("p", peer)], controls: again.map { [$0] } ?? [])
            return comparison([found]).matches.first?.outcome
        }
        #expect(outcome(100, 120) == .ahead)
        #expect(outcome(120, 100) == .behind)
        #expect(outcome(100, 100) == .unclear)
        // A difference within the 2 % that controls may have between them is one all the same.
        #expect(outcome(100, 120, control: 101) == .ahead)
        #expect(outcome(1000, 1005, control: 1010) == .ahead)
        #expect(outcome(100, 120, control: 80) == nil)
    }

    @Test("Of many that are equally fast the luckiest is not called faster: it is measured on other blocks")
    func selection() throws {
        var generator = SplitMix64(seed: 3)
        var (naive, honest) = (0.0, 0.0)
        let studies = 200
        for _ in 0..<studies {
            func noisy(_ name: String) -> RungResult {
                result(name, (0..<6).map { _ in Int.random(in: 95_000...105_000, using: &generator) })
            }
            let (rungs, peers) = ((0..<20).map { noisy("r\($0)") }, [noisy("p")])
            let found = cell(rungs, peers: peers)
            let best = try #require(found.fastest)
            naive += log(try #require(found.factor(of: best, over: peers[0])).median)
            honest += log(try #require(found.fastestAndPeer).factor.median)
        }
        #expect(naive / Double(studies) > 0.01)
        #expect((honest / Double(studies)).magnitude < 0.005)
    }

    @Test("The rung that is taken where none is named has a match of its own with the best peer")
    func choices() throws {
        var found = cell([steady("fast", 100), steady("taken", 200)], peers: [steady("p", 150)])
        found.chosen = "taken"
        let comparison = comparison([found])
        #expect(comparison.matches.first?.factor.median == 1.5)
        #expect(comparison.choices.map { $0.rung.rung } == ["taken"])
        #expect(comparison.choices.first?.factor.median == 0.75)
        #expect(found.factorOfChosen?.median == 0.5)
        found.chosen = nil
        #expect(self.comparison([found]).choices.isEmpty)
    }

    @Test("Each peer is compared with the best rung, in its own cells, and its absences are kept")
    func standings() throws {
        let cells = [
            cell([steady("r", 100)], peers: [steady("a", 200), steady("b", 400)]),
            cell(
                [steady("r", 100)], peers: [steady("a", 50), result("b", [], skipped: "it died")], m: 200),
            cell(
                [steady("r", 100)], peers: [result("a", [300], passed: false), steady("late", 100)], m: 300),
        ]
        let comparison = comparison(cells)
        #expect(comparison.standings.map { $0.name } == ["a", "b", "late"])
        let a = comparison.standings[0]
        #expect(a.matches.map { $0.factor.median } == [2, 0.5])
        #expect(a.verdict?.passed == false && a.version == "version")
        let summary = try #require(PeerSummary(a.matches))
        #expect((summary.geometricMean - 1).magnitude < 1e-12)
        #expect(summary.count == 2 && summary.worst.cell.cell == cells[1].cell)
        #expect([.ahead, .unclear, .behind].map(summary.count(of:)) == [1, 0, 1])
        #expect(comparison.standings[1].matches.count == 1)
        #expect(comparison.matches.map { $0.peer.rung } == ["a", "a", "late"])
        #expect(PeerSummary([]) == nil)
        #expect(self.comparison([cell([steady("r", 100)], peers: [])]).standings.isEmpty)
    }

    @Test("Groups go by scalar and threads, and none is empty")
    func groups() {
        let places: [(ScalarKind, Int)] = [(.double, 2), (.float, 2), (.float, 1)]
        let cells = places.map {
            cell([steady("r", 1)], peers: [steady("p", 2)], scalar: $0.0, threads: $0.1)
        }
        let groups = comparison(cells).groups
        #expect(groups.map { "\($0.scalar) \($0.threads)" } == ["float 1", "float 2", "double 2"])
        #expect(groups.allSatisfy { $0.matches.count == 1 })
    }
}
