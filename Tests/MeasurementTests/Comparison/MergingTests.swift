import Foundation
import Problems
import Measurement
import Testing

@Suite("Several results of one machine and build can be merged")
struct MergingTests {
    typealias Examples = ComparisonExamples

    static let first = Examples.results([
        Examples.result([Examples.rung("a.b", [100, 102, 101]), Examples.rung("c.d", [200, 202, 201])])
    ])

    @Test("Blocks of a cell are joined, and each keeps rounds of its own")
    func blocks() throws {
        let second = Examples.results(
            [
                Examples.result(
                    [Examples.rung("a.b", [103, 99]), Examples.rung("e.f", [300, 303])], start: 1000)
            ],
            command: "d")
        let merged = try Self.first.merging([second])
        let cell = try #require(merged.cells.first)
        #expect(merged.cells.count == 1)
        #expect(cell.blocks.map { $0.index } == [0, 1, 2, 3, 4])
        #expect(cell.blocks.map { $0.startUnixSeconds } == [0, 1, 2, 1000, 1001])
        let rung = try #require(cell.rung("a.b"))
        #expect(rung.samples.blockMedians == [0: 100, 1: 102, 2: 101, 3: 103, 4: 99])
        #expect(rung.samples.map { $0.round } == Array(0..<15))
        #expect(rung.stepTime == StepTime(rung.samples))
        #expect(cell.rungs.map { $0.rung } == ["a.b", "c.d", "e.f"])
        #expect(cell.rung("e.f")?.samples.blockMedians == [3: 300, 4: 303])
        // Samples that never met in a round are not compared.
        let factor = try #require(
            cell.rung("e.f").flatMap { BlockEstimate(speedupOf: $0.samples, over: rung.samples) })
        #expect(factor.blocks == 2)
        #expect(merged.plan.rungs == ["a.b", "c.d", "e.f"])
        #expect(merged.command == "c; d")
        // It can be stored and read like any other.
        #expect(try Results(json: merged.json(), name: "m") == merged)
    }

    @Test("Cells and plans are united, in the order of the first")
    func cells() throws {
        let second = Examples.results([
            Examples.result([Examples.rung("a.b", [5, 6])], in: Examples.otherCell, start: 50),
            Examples.result([Examples.rung("a.b", [7, 8])], start: 60),
        ])
        let merged = try Self.first.merging([second])
        #expect(merged.cells.map { $0.cell } == [Examples.cell, Examples.otherCell])
        #expect(merged.cells.map { $0.blocks.count } == [5, 2])
        #expect(merged.plan.cells == [Examples.cell, Examples.otherCell])
        #expect(merged.cells[1].blocks.map { $0.index } == [0, 1])
        #expect(try Self.first.merging([]).cells == Self.first.cells)
    }

    @Test("Three can be merged, and a comparison has the blocks of all")
    func three() throws {
        let parts = [1000.0, 2000, 3000].map { start in
            Examples.results([Examples.result([Examples.rung("a.b", [100, 101])], start: start)])
        }
        let merged = try parts[0].merging(Array(parts[1...]))
        let change = ResultsComparison(old: merged, new: parts[0], threshold: 0.05).changes.first
        #expect(change?.old.blocks == 6)
        #expect(change?.new.blocks == 2)
    }

    @Test("Advice is given anew")
    func advice() throws {
        var second = Examples.results([Examples.result([Examples.rung("a.b", [7, 8])], start: 60)])
        second.advice = [Advice(.load, "busy")]
        let merged = try Self.first.merging([second])
        #expect(merged.advice == Advice.all(of: merged) && !merged.advice.contains { $0.message == "busy" })
    }

    @Test("What was not timed alike is refused, and it is said what differs and in which")
    func refused() throws {
        func error(_ machine: Machine = Examples.machine, _ build: Build = Examples.build()) -> MergeError? {
            let good = Examples.results([Examples.result([Examples.rung("a.b", [1, 2])], start: 70)])
            let other = Examples.results(
                [Examples.result([Examples.rung("a.b", [1, 2])], start: 80)], machine: machine, build: build)
            do throws(MergeError) {
                _ = try Self.first.merging([good, other])
                return nil
            } catch {
                return error
            }
        }
        #expect(error() == nil)
        let machine = try #require(error(Examples.machine(processor: "Q")))
        #expect(machine.index == 1)
        #expect(
            "\(machine)".contains("the machines differ (P, 2 processors, 17.2 GB; Q, 2 processors, 17.2 GB)"))
        for (build, text) in [
            (Examples.build("debug"), "the builds differ (release; debug)"),
            (Examples.build(set: "x86-64-v4"), "the instruction sets differ (x86-64-v3; x86-64-v4)"),
            (Examples.build(compiler: "Swift 6.4"), "the compilers differ (Swift 6.3; Swift 6.4)"),
        ] {
            #expect("\(try #require(error(Examples.machine, build)))".contains(text))
        }
    }

    @Test("Peers are joined like rungs, and others of the same name are refused")
    func peers() throws {
        func results(_ version: String, _ name: String = "p", start: Double) -> Results {
            let peer = Peer(name: name, command: "./p", version: version, isThreaded: false)
            var cell = Examples.result([Examples.rung("a.b", [7, 8])], start: start)
            cell.add(CellResult(cell: cell.cell, rungs: [], peers: [Examples.rung(name, [20, 21])]))
            let some = Examples.results([cell])
            return Results(
                date: some.date, command: "c", seed: 1, settings: some.settings,
                plan: Plan(cells: some.plan.cells, rungs: some.plan.rungs, peers: [peer]),
                machine: some.machine, build: some.build, cells: some.cells)
        }
        let first = results("1", start: 0)
        let merged = try first.merging([results("1", start: 50), results("9", "q", start: 90)])
        #expect(merged.plan.peers.map { $0.name } == ["p", "q"])
        #expect(merged.cells[0].peers.map { $0.rung } == ["p", "q"])
        #expect(merged.cells[0].peers.map { Set($0.samples.map { $0.block }) } == [[0, 1, 2, 3], [4, 5]])
        #expect(try Results(json: merged.json(), name: "m") == merged)
        let error = #expect(throws: MergeError.self) { try first.merging([results("2", start: 50)]) }
        #expect("\(try #require(error))".contains("p is not the same in both (1, by './p'; 2, by './p')"))
    }

    @Test("Data of one name and shape that are not the same are refused: other options or contents")
    func data() throws {
        let cell = Cell(m: 100, nx: 4, scalar: .float, threads: 2, data: "d.csv")
        func results(_ words: [String]?, _ fingerprint: String? = nil, start: Double) -> Results {
            Examples.results(
                [
                    Examples.result(
                        [Examples.rung("a.b", [7, 8])], in: words == nil ? Examples.cell : cell, start: start)
                ], data: words, fingerprint: fingerprint)
        }
        let first = results(["x/d.csv", "--label=y"], "0a", start: 0)
        func message(_ others: Results...) -> String {
            do throws(MergeError) {
                _ = try first.merging(others)
                return "merged"
            } catch {
                return "\(error.index): \(error)"
            }
        }
        let same = results(["x/d.csv", "--label=y"], "0a", start: 50)
        #expect(message(same) == "merged")
        // The same file elsewhere.
        #expect(message(same, results(["z/d.csv", "--label=y"], "0a", start: 90)) == "merged")
        #expect(
            message(same, results(["z/d.csv", "--label=y"], start: 90))
                == "1: the data differ (x/d.csv --label=y; z/d.csv --label=y); merge only what was timed on "
                + "one machine with one build and the same data")
        #expect(
            message(results(["x/d.csv", "--label=1"], "0a", start: 50)).contains(
                "--label=y; x/d.csv --label=1"))
        #expect(
            message(results(["x/d.csv", "--label=y"], "0b", start: 50))
                .contains("(x/d.csv --label=y, fingerprint 0a; x/d.csv --label=y, fingerprint 0b)"))
        // One without a fingerprint has none to differ.
        let old = results(["x/d.csv", "--label=y"], start: 50)
        #expect(try old.merging([first]).plan.dataFingerprint == "0a")
        // Random data first: what differs are the second and the third.
        let random = results(nil, start: 70)
        #expect(try random.merging([first]).plan.data == ["x/d.csv", "--label=y"])
        #expect(throws: MergeError.self) {
            try random.merging([first, results(["z/d.csv"], start: 90)])
        }
    }

    @Test("The same run twice is refused, since its blocks would count twice")
    func twice() {
        let error = #expect(throws: MergeError.self) { try Self.first.merging([Self.first]) }
        #expect(error?.problem == .sameBlock(Examples.cell))
        #expect(error?.index == 0)
    }
}

@Suite("A file that was edited is recognized by values that no run can have written")
struct ContradictionTests {
    @Test(
        "A number that cannot be names its field",
        arguments: [
            ("\"blocks\":6,", "\"blocks\":0,", "settings.blocks"),
            ("\"blocks\":6,", "\"blocks\":-1,", "settings.blocks"),
            ("\"rounds\":18}", "\"rounds\":0}", "settings.rounds"),
            ("\"index\":1,", "\"index\":0,", "cells[0].blocks[1].index"),
            ("\"index\":2,", "\"index\":9223372036854775807,", "cells[0].blocks[2].index"),
            ("\"block\":2,", "\"block\":-2,", "cells[0].rungs[0].samples[6].block"),
            ("\"round\":8,", "\"round\":9223372036854775807,", "cells[0].rungs[0].samples[8].round"),
            (
                "\"cpuNanoseconds\":", "\"cpuNanoseconds\":922337203685477580",
                "cells[0].rungs[0].samples[0].cpuNanoseconds"
            ),
            (
                "\"caches\":[", "\"caches\":[{\"level\":1,\"kind\":\"Data\",\"bytes\":\(Int.max)},",
                "machine.caches[0].bytes"
            ),
        ])
    func edited(field: String, by other: String, name: String) throws {
        let text = String(decoding: try MergingTests.first.json(), as: UTF8.self)
        let edited = text.replacingOccurrences(of: field, with: other)
        #expect(edited != text)
        let error = #expect(throws: ResultsError.self) { try Results(json: Data(edited.utf8), name: "r") }
        guard case .field(let found, let what)? = error?.problem else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found == name)
        #expect(what.contains("was the file edited?"))
    }

    @Test("A cell that is there twice is rejected")
    func twice() throws {
        let text = String(decoding: try MergingTests.first.json(), as: UTF8.self)
        let lines = text.split(separator: "\n")
        let cell = try #require(lines.first { $0.hasPrefix("{\"blocks\"") || $0.hasPrefix("{\"cell\"") })
        let doubled = text.replacingOccurrences(of: cell, with: "\(cell),\n\(cell)")
        let error = #expect(throws: ResultsError.self) { try Results(json: Data(doubled.utf8), name: "r") }
        #expect("\(try #require(error))".contains("cells[1] is the same cell as one before it: m = 100"))
    }
}
