import Foundation
import LogisticRegression
import Testing

import Measurement

@Suite("Results can be read back, and what is no result is told")
struct ResultsTests {
    static let results = Results(
        date: "2025-01-02T03:04:05Z", command: "unlooped bench", seed: .max, settings: SamplerSettings(),
        machine: Machine(
            processor: "P", processors: 2, caches: [.init(level: 1, kind: "Data", bytes: 32768)],
            memoryBytes: 1 << 34, operatingSystem: "OS", kernel: "K", hugePages: nil, loadAverage: 0.5),
        build: Build(configuration: "release", instructionSet: "x86-64-v3", compiler: "Swift 6.3"),
        cells: [
            CellResult(
                cell: Cell(m: 10, nx: 3, scalar: .float, threads: 2), end: .budget,
                rungs: [
                    RungResult(
                        rung: FakeImplementation.rung, work: FakeImplementation.work(m: 10, nx: 3),
                        preparedBytes: 5, workers: 1,
                        verdict: CellVerdict(
                            error: .infinity, bound: 1e-7, ratio: .infinity, passed: false, element: "J"),
                        samples: [Sample(nanoseconds: 100, steps: 3, round: 0, position: 1)], skipped: "late")
                ])
        ],
        training: TrainingOutcome(
            dataset: "d", m: 1, nx: 2, iterations: 3, learningRate: 0.1, reference: "r",
            entries: [
                .init(
                    rung: "a.b", scalar: .double, cost: 0.1, accuracy: 1, seconds: 2, costDistance: 0,
                    costBound: nil,
                    weightDistance: 0, weightBound: nil)
            ]))

    @Test("What is written is read back bit for bit, infinities too", arguments: [true, false])
    func roundTrip(pretty: Bool) throws {
        let data = try Self.results.json(pretty: pretty)
        #expect(try Results(json: data, name: "r") == Self.results)
        if !pretty { #expect(!data.contains(UInt8(ascii: "\n"))) }
    }

    @Test("Fields say their units, and the format its version")
    func fields() throws {
        let text = String(decoding: try Self.results.json(pretty: false), as: UTF8.self)
        for field in ["\"schemaVersion\":1", "medianNanoseconds", "preparedBytes", "memoryBytes"] {
            #expect(text.contains(field))
        }
    }

    @Test("A file that is cut off anywhere is an error")
    func truncated() throws {
        let data = try Self.results.json(pretty: false)
        for count in stride(from: 1, to: data.count, by: 97) {
            let error = try #require(throws: ResultsError.self) {
                try Results(json: data.prefix(count), name: "r.json")
            }
            #expect(error.problem == .truncated)
        }
    }

    @Test("Another version, another file and a missing field are told apart")
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
        #expect(problem("{\"schemaVersion\": 1}") != .notResults)
        let text = String(decoding: try Self.results.json(pretty: false), as: UTF8.self)
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
            let old = Self.results.cells[0]
            return CellResult(
                cell: Cell(m: m, nx: 3, scalar: scalar, threads: 1), end: .completed,
                rungs: timed ? old.rungs : [])
        }
        var results = Self.results
        results.cells = [
            cell(9, .double), cell(10, .float), cell(10, .double), cell(99, .double, timed: false),
        ]
        #expect(results.largestCell?.cell.m == 10)
        #expect(results.largestCell?.cell.scalar == .float)
        results.cells = []
        #expect(results.largestCell == nil)
    }
}
