import Foundation
import Problems
import Testing

import Measurement

@Suite("Results can be read back, and files that hold none are rejected")
struct ResultsTests {
    static let results = Results(
        date: "2025-01-02T03:04:05Z", command: "unlooped bench", seed: .max, settings: SamplerSettings(),
        plan: Plan(
            preset: "quick", cells: [Cell(m: 10, nx: 3, scalar: .float, threads: 2)], rungs: ["fake.one"]),
        machine: Machine(
            processor: "P", processors: 2, caches: [.init(level: 1, kind: "Data", bytes: 32768)],
            memoryBytes: 1 << 34, operatingSystem: "OS", kernel: "K", hugePages: nil),
        build: Build(configuration: "release", instructionSet: "x86-64-v3", compiler: "Swift 6.3"),
        cells: [
            CellResult(
                cell: Cell(m: 10, nx: 3, scalar: .float, threads: 2), blocks: [block(0)],
                rungs: [
                    RungResult(
                        rung: Rung.fake().info, work: Rung.fake().work(Shape(10, 3)),
                        preparedBytes: 5, workers: 1,
                        verdict: CellVerdict(
                            error: .infinity, bound: 1e-7, ratio: .infinity, passed: false, element: "J"),
                        samples: [Sample(nanoseconds: 100, steps: 3, round: 0, position: 1)], skipped: "late")
                ])
        ],
        trainings: [
            TrainingOutcome(
                dataset: "d", m: 1, nx: 2, iterations: 3, learningRate: 0.1, reference: "r",
                entries: [
                    .init(
                        rung: "a.b", scalar: .double, cost: 0.1, accuracy: 1, seconds: 2, costDistance: 0,
                        costBound: nil,
                        weightDistance: 0, weightBound: nil)
                ])
        ])

    static func block(_ index: Int) -> Block {
        Block(
            index: index, isFreshProcess: false, startUnixSeconds: 1e9, seconds: 0.5, rounds: 1, end: .budget,
            largePageBytes: nil)
    }

    @Test("What is written is read back bit for bit, infinities too")
    func roundTrip() throws {
        var results = Self.results
        results.ceilings = Ceilings(
            bandwidths: [.init(threads: 1, workingSetBytes: 1024, bytesPerSecond: 1e11)],
            multiplyAddRates: [], wakeUpCosts: [],
            clock: ClockCost(readingNanoseconds: 20.5, resolutionNanoseconds: 1))
        results.advice = Advice.all(of: results)
        #expect(!results.advice.isEmpty)
        #expect(try Results(json: try results.json(), name: "r") == results)
        #expect(try CellResult(json: try results.cells[0].json()) == results.cells[0])
    }

    @Test("Blocks are joined cell by cell, in the order of the plan, and what is missing is known")
    func adding() {
        func cell(_ m: Int) -> Cell { Cell(m: m, nx: 3, scalar: .float, threads: 2) }
        func result(_ m: Int, _ block: Int) -> CellResult {
            CellResult(cell: cell(m), blocks: [Self.block(block)], rungs: [])
        }
        var settings = SamplerSettings()
        settings.blocks = 2
        var results = Results(
            date: "", command: "", seed: 1, settings: settings,
            plan: Plan(cells: [cell(1), cell(2), cell(3)], rungs: []), machine: Self.results.machine,
            build: Self.results.build)
        results.add(result(3, 0))
        results.add(result(1, 0))
        results.add(result(2, 0))
        results.add(result(1, 1))
        #expect(results.cells.map { $0.cell.m } == [1, 2, 3])
        #expect(results.missingBlocks(of: cell(1)).isEmpty)
        #expect(results.missingBlocks(of: cell(2)) == [1])
        #expect(results.missingBlocks(of: cell(4)) == [0, 1])
        #expect(!results.isComplete)
        results.add(result(2, 1))
        results.add(result(3, 1))
        #expect(results.isComplete)
    }

    @Test("A run is continued on the same machine with the same build only")
    func resuming() {
        func changed(_ machine: Machine? = nil, _ build: Build? = nil) -> String? {
            let old = Self.results
            let now = Results(
                date: "", command: "", seed: 1, settings: old.settings, plan: old.plan,
                machine: machine ?? old.machine, build: build ?? old.build)
            return old.differenceForResuming(now)
        }
        #expect(changed() == nil)
        let other = Machine(
            processor: "Q", processors: 2, caches: Self.results.machine.caches, memoryBytes: 1 << 34,
            operatingSystem: "OS", kernel: "K", hugePages: nil)
        #expect(changed(other)?.contains("another machine (P, 2 processors") == true)
        let build = Build(configuration: "release", instructionSet: "x86-64-v4", compiler: "Swift 6.3")
        #expect(changed(nil, build)?.contains("another build (release, x86-64-v3, Swift 6.3") == true)
    }

    @Test("A time follows from the samples, whatever is stored; a sample without steps is an error")
    func edited() throws {
        let cell = CellResult(
            cell: Cell(m: 10, nx: 3, scalar: .float, threads: 2), blocks: [Self.block(0)],
            rungs: [
                RungResult(
                    rung: Rung.fake().info, work: Rung.fake().work(Shape(10, 3)),
                    preparedBytes: 5, workers: 1, verdict: nil,
                    samples: [Sample(nanoseconds: 100, steps: 4, round: 0, position: 1)])
            ])
        var results = Self.results
        results.add(cell)
        #expect(results.cells[0].rungs[0].samples.count == 2)
        var whole = Results(
            date: "", command: "", seed: 1, settings: SamplerSettings(), plan: Self.results.plan,
            machine: Self.results.machine, build: Self.results.build, cells: [cell])
        whole.advice = []
        let text = String(decoding: try whole.json(), as: UTF8.self)
        func edited(_ old: String, _ new: String) -> Data {
            #expect(text.contains(old))
            return Data(text.replacingOccurrences(of: old, with: new).utf8)
        }
        let time = edited("\"medianNanoseconds\":25", "\"medianNanoseconds\":20")
        #expect(try Results(json: time, name: "r.json").cells[0].rungs[0].stepTime?.medianNanoseconds == 25)
        let steps = edited("\"steps\":4", "\"steps\":0")
        let error = try #require(throws: ResultsError.self) { try Results(json: steps, name: "r.json") }
        #expect("\(error)".contains("samples[0].steps cannot be 0 (was the file edited?)"))
    }

    @Test("Results on a data set say how it is read, so that no run goes on with random data in its place")
    func dataMissing() throws {
        func read(_ data: [String]?) throws {
            let cell = Cell(m: 10, nx: 3, scalar: .float, threads: 2, data: "d.csv")
            let results = Results(
                date: "", command: "", seed: 1, settings: SamplerSettings(),
                plan: Plan(cells: [cell], rungs: [], data: data), machine: Self.results.machine,
                build: Self.results.build)
            _ = try Results(json: results.json(), name: "r.json")
        }
        try read(["d.csv", "--label=y"])
        for data in [nil, []] as [[String]?] {
            let error = try #require(throws: ResultsError.self) { try read(data) }
            #expect("\(error)".contains("plan.data is missing, which says how to read d.csv"), "\(error)")
        }
    }

    @Test("Fields say their units, and the format its version")
    func fields() throws {
        let text = String(decoding: try Self.results.json(), as: UTF8.self)
        for field in ["\"schemaVersion\": 5", "cpuNanoseconds", "preparedBytes", "memoryBytes"] {
            #expect(text.contains(field))
        }
    }

    @Test("A file that is cut off anywhere is an error")
    func truncated() throws {
        let data = try Self.results.json()
        for count in stride(from: 1, to: data.count, by: 97) {
            let error = try #require(throws: ResultsError.self) {
                try Results(json: data.prefix(count), name: "r.json")
            }
            #expect(error.problem == .truncated)
        }
    }

    @Test("Another version, another file and a missing field are different errors")
    func wrong() throws {
        func problem(_ text: String) -> ResultsError.Problem? {
            #expect(throws: ResultsError.self) { try Results(json: Data(text.utf8), name: "r.json") }?.problem
        }
        #expect(problem("") == .empty)
        #expect(problem("a,y\n1,2\n") == .notResults)
        #expect(problem("[1, 2]") == .notResults)
        #expect(problem("3") == .notResults)
        #expect(problem("{\"a\": 1}") == .notResults)
        #expect(problem("{\"schemaVersion\": 2}") == .version(2))
        #expect(problem("{\"schemaVersion\": 6}") == .version(6))
        for version in 3...5 {
            let problem = problem("{\"schemaVersion\": \(version)}")
            #expect(problem != .notResults && problem != .version(version))
        }
        let text = String(decoding: try Self.results.json(), as: UTF8.self)
        let damaged = text.replacingOccurrences(of: "\"steps\":3", with: "\"steps\":\"x\"")
        guard case .field(let field, _) = problem(damaged) else {
            Issue.record("a wrong type went unnoticed")
            return
        }
        #expect(field == "cells[0].rungs[0].samples[0].steps")
        let missing = #expect(throws: ResultsError.self) { try Results(contentsOf: "/nonexistent/r.json") }
        #expect(missing?.problem == .missing)
        #expect("\(missing!)".contains("'/nonexistent/r.json' does not exist"))
    }

    @Test("The largest cell is the one with the most values, and of those the first")
    func largest() {
        func cell(_ m: Int, _ scalar: ScalarKind, timed: Bool = true) -> CellResult {
            let rung = RungResult(
                rung: Rung.fake().info, work: Rung.fake().work(Shape(m, 3)),
                preparedBytes: 5, workers: 1, verdict: nil,
                samples: [Sample(nanoseconds: 100, steps: 3, round: 0, position: 1)])
            return CellResult(
                cell: Cell(m: m, nx: 3, scalar: scalar, threads: 1), rungs: timed ? [rung] : [])
        }
        func results(_ cells: [CellResult]) -> Results {
            Results(
                date: "", command: "", seed: 1, settings: SamplerSettings(), plan: Self.results.plan,
                machine: Self.results.machine, build: Self.results.build, cells: cells)
        }
        let some = results([
            cell(9, .double), cell(10, .float), cell(10, .double), cell(99, .double, timed: false),
        ])
        #expect(some.largestCell?.cell.m == 10)
        #expect(some.largestCell?.cell.scalar == .float)
        #expect(results([]).largestCell == nil)
    }
}

@Suite("Schemas 3 and 4 are read as well: the first knew no other problem than logistic regression")
struct ResultsSchemaVersionTests {
    private func json(_ cell: String, version: Int) throws -> Data {
        var results = ComparisonExamples.results([
            ComparisonExamples.result([ComparisonExamples.rung("a.b", [100, 101])])
        ])
        results.advice = []
        let text = String(decoding: try results.json(), as: UTF8.self)
            .replacing("\"schemaVersion\": 5", with: "\"schemaVersion\": \(version)")
        let written = try String(
            decoding: JSONEncoder.sorted.encode(ComparisonExamples.cell), as: UTF8.self)
        #expect(text.contains(written))
        return Data(text.replacing(written, with: cell).utf8)
    }

    private func read(_ cell: String, version: Int = 5) throws -> Results {
        try Results(json: json(cell, version: version), name: "r.json")
    }

    @Test("A kept report of schema 3 is read, and written as schema 5")
    func keptReport() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path = root.appending(path: "Reports/2-core-epyc/results.json").path
        #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("{\n\"schemaVersion\": 3,"))
        let results = try Results(contentsOf: path)
        #expect(results.cells.count == 110 && results.isComplete)
        #expect(
            results.cells.map { $0.cell }.allSatisfy {
                $0.problem == .logistic && $0.hidden.isEmpty && $0.activation == nil
            })
        let written = try results.json()
        #expect(String(decoding: written.prefix(40), as: UTF8.self).contains("\"schemaVersion\": 5,"))
        #expect(try Results(json: written, name: "written") == results)
    }

    @Test("A cell may name its problem, hidden layers and activation, or leave them out")
    func keys() throws {
        let shape = "\"m\":100,\"nx\":4,\"scalar\":\"float\",\"threads\":2"
        for version in 3...5 {
            #expect(try read("{\(shape)}", version: version).cells[0].cell == ComparisonExamples.cell)
        }
        let logistic = try read("{\(shape),\"problem\":\"logistic\",\"hidden\":[]}")
        #expect(logistic.cells[0].cell == ComparisonExamples.cell)
        let network = try read(
            "{\(shape),\"problem\":\"network\",\"hidden\":[64,32],\"activation\":\"relu\"}")
        let cell = Cell(
            problem: .network, m: 100, nx: 4, hidden: [64, 32], activation: "relu", scalar: .float,
            threads: 2)
        #expect(network.cells[0].cell == cell && network.plan.cells == [cell])
        #expect("\(cell)" == "m = 100, n_x = 4, hidden 64 × 32 relu, float, 2 threads")
        #expect(try Results(json: network.json(), name: "again") == network)
    }

    @Test("An unknown problem, a layer without units and layers of no network are rejected")
    func impossible() throws {
        let shape = "\"m\":100,\"nx\":4,\"scalar\":\"float\",\"threads\":2"
        for (fields, message) in [
            ("\"problem\":\"poetry\"", "plan.cells[0].problem cannot be understood"),
            ("\"problem\":\"network\",\"hidden\":[8,0]", "plan.cells[0] cannot be timed"),
            ("\"hidden\":[8]", "plan.cells[0] cannot be timed"),
            ("\"problem\":\"network\",\"hidden\":8", "plan.cells[0].hidden is not what was expected"),
        ] {
            let error = #expect(throws: ResultsError.self) { try read("{\(shape),\(fields)}") }
            #expect("\(try #require(error))".contains(message))
        }
    }

    @Test("Problem, hidden layers and activation make another cell, in a plan, in merging and in comparing")
    func identity() throws {
        func cell(_ hidden: [Int], _ activation: String? = nil) -> Cell {
            Cell(
                problem: .network, m: 100, nx: 4, hidden: hidden, activation: activation, scalar: .float,
                threads: 2)
        }
        let cells = [
            ComparisonExamples.cell, cell([]), cell([8]), cell([8, 8]), cell([8], "relu"), cell([8], "tanh"),
        ]
        #expect(Set(cells).count == cells.count)
        let parts = cells.enumerated().map { i, cell in
            let result = ComparisonExamples.result(
                [ComparisonExamples.rung("a.b", [100, 101])], in: cell, start: Double(10 * i))
            return ComparisonExamples.results([result])
        }
        let merged = try parts[0].merging(Array(parts[1...]))
        #expect(merged.cells.map { $0.cell } == cells && merged.plan.cells == cells)
        #expect(merged.cells.allSatisfy { $0.blocks.map { $0.index } == [0, 1] })
        let comparison = ResultsComparison(old: merged, new: parts[2], threshold: 0.05)
        #expect(comparison.changes.map { $0.cell } == [cells[2]])
        #expect(comparison.unmatched.map { $0.cell } == cells.filter { $0 != cells[2] })
        #expect(parts[2].missingBlocks(of: cells[4]).count == parts[2].settings.blocks)
    }
}

extension JSONEncoder {
    fileprivate static var sorted: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }
}
