import Foundation
import Problems

/// All that a study found, with every sample, so that each report can be made again from it.
///
/// Names of fields say their units. In JSON, an infinity is written as `"Infinity"` or `"-Infinity"` and
/// a NaN as `"NaN"`.
package struct Results: Decodable, Sendable, Equatable {
    /// The versions of the format that this program reads. It writes the last one.
    package static let readableSchemaVersions = 3...5

    /// The version of the format that this program writes.
    package static var currentSchemaVersion: Int { readableSchemaVersions.upperBound }

    /// When the study began, in ISO 8601.
    package let date: String
    /// The command that ran it; of merged results, those of all.
    package internal(set) var command: String
    /// The seed of all data and orders.
    package let seed: UInt64
    package let settings: SamplerSettings
    package var plan: Plan
    /// Where it ran.
    package let machine: Machine
    package let build: Build
    /// The best that the machine can do; nil where that was not measured.
    package var ceilings: Ceilings?
    /// The cells, in the order of the plan; those that no block was sampled of are left out.
    package private(set) var cells: [CellResult]
    /// Warnings to read before the numbers are believed. They follow from the rest, and are stored for other readers.
    package var advice: [Advice] = []
    /// Facts about the implementations other than times, in the order of the ladder; nil where there are none.
    package var notes: [RungNote]?
    /// Elementary functions compared with Foundation's; nil where they were not measured.
    package var functions: [FunctionResult]?
    /// The outcome of training, one for each data set.
    package var trainings: [TrainingOutcome]

    package init(
        date: String, command: String, seed: UInt64, settings: SamplerSettings, plan: Plan,
        machine: Machine, build: Build, cells: [CellResult] = [], trainings: [TrainingOutcome] = []
    ) {
        (self.date, self.command, self.seed, self.settings) = (date, command, seed, settings)
        (self.plan, self.machine, self.build) = (plan, machine, build)
        (self.cells, self.trainings) = (cells, trainings)
    }

    /// The result of a cell; nil where no block of it was sampled.
    package subscript(cell: Cell) -> CellResult? { cells.first { $0.cell == cell } }

    /// The note of an implementation of a problem; nil where there is none.
    package func note(of rung: String, _ problem: Cell.ProblemKind = .logistic) -> RungNote? {
        notes?.first { $0.rung == rung && ($0.problem ?? .logistic) == problem }
    }

    /// Adds further blocks of a cell.
    package mutating func add(_ result: CellResult) {
        if let i = cells.firstIndex(where: { $0.cell == result.cell }) {
            cells[i].add(result)
        } else {
            let place = plan.cells.firstIndex(of: result.cell) ?? plan.cells.count
            let next = cells.firstIndex { (plan.cells.firstIndex(of: $0.cell) ?? .max) > place }
            cells.insert(result, at: next ?? cells.count)
        }
    }

    /// The cells with these data: those of the grid, which are random, where nil.
    package func cells(on data: String?) -> [CellResult] { cells.filter { $0.cell.data == data } }

    /// The same, with some of the cells only.
    package func keeping(_ isWanted: (CellResult) -> Bool) -> Results {
        var results = self
        results.cells = cells.filter(isWanted)
        return results
    }

    /// The cell with the most products, of several the one with the most threads, of those the first:
    /// the subject of headlines. One of logistic regression and of the grid, where any was timed.
    package var largestCell: CellResult? {
        let all = cells.filter { $0.fastest != nil }
        let logistic = all.filter { $0.cell.problem == .logistic }
        let timed = logistic.isEmpty ? all : logistic
        let grid = timed.filter { $0.cell.data == nil }
        return (grid.isEmpty ? timed : grid).max {
            ($0.cell.products, $0.cell.threads) < ($1.cell.products, $1.cell.threads)
        }
    }
}

// MARK: - Precision

extension Results {
    /// The precision of each time that is quoted, of the rungs and the peers of all cells.
    package var precisions: [Double] { cells.flatMap { $0.precisions.map { $0.precision } } }

    /// The precision of each speedup over the rung that one builds on; infinite where there is no interval.
    package var speedupPrecisions: [Double] {
        cells.flatMap { cell in
            cell.timed.compactMap { cell.factorOverPrevious($0) }.map { $0.precision ?? .infinity }
        }
    }

    /// The part of the time of blocks for which other programs had a processor, on average over the blocks whose
    /// surroundings are known: 1 is one processor all the time. Nil where that was not recorded.
    package var othersProcessors: Double? {
        let known = cells.flatMap { $0.blocks }.compactMap { block in
            block.conditions?.othersSeconds.map { (others: $0, all: block.seconds) }
        }
        let all = known.reduce(0) { $0 + $1.all }
        return all > 0 ? known.reduce(0) { $0 + $1.others } / all : nil
    }

    /// How many of the samples of rungs and peers were disturbed, and how many there are.
    package var disturbedSamples: (disturbed: Int, all: Int) {
        let samples = cells.flatMap { ($0.rungs + $0.peers).flatMap { $0.samples } }
        return (samples.count { $0.isDisturbed }, samples.count)
    }
}

// MARK: - Resuming

extension Results {
    /// Numbers of the blocks of a cell that the plan has and the results lack. Those that a precision asked for in
    /// addition are not in the plan.
    package func missingBlocks(of cell: Cell) -> [Int] {
        let done = Set(self[cell]?.blocks.map { $0.index } ?? [])
        return (0..<settings.blocks).filter { !done.contains($0) }
    }

    /// Whether every block of every cell is there.
    package var isComplete: Bool { plan.cells.allSatisfy { missingBlocks(of: $0).isEmpty } }

    /// Why results that were begun as `self` cannot be continued by a run that would begin as `now`; nil
    /// where they can.
    package func differenceForResuming(_ now: Results) -> String? {
        if !machine.isSame(as: now.machine) {
            return "it was begun on another machine (\(machine.summary); this is \(now.machine.summary))"
        }
        if !build.isSame(as: now.build) {
            return "it was begun with another build (\(build.summary); this is \(now.build.summary))"
        }
        return nil
    }
}

// MARK: - JSON

extension Results {
    /// The results as JSON text: a line for each field, and a line for each of the cells.
    package func json() throws -> Data {
        let coder = JSONEncoder.ofResults
        var text = Data("{\n".utf8)
        func add(_ name: String, _ value: (some Encodable)?) throws {
            guard let value else { return }
            text += Data("\"\(name)\": ".utf8) + (try coder.encode(value)) + Data(",\n".utf8)
        }
        try add("schemaVersion", Self.currentSchemaVersion)
        try add("date", date)
        try add("command", command)
        try add("seed", seed)
        try add("settings", settings)
        try add("plan", plan)
        try add("machine", machine)
        try add("build", build)
        try add("advice", advice)
        try add("notes", notes)
        try add("ceilings", ceilings)
        try add("functions", functions)
        try add("trainings", trainings)
        text += Data("\"cells\": [".utf8)
        for (i, cell) in cells.enumerated() {
            text += Data((i == 0 ? "\n" : ",\n").utf8) + (try coder.encode(cell))
        }
        return text + Data("\n]\n}\n".utf8)
    }

    /// The results in a file.
    package init(contentsOf path: String) throws(ResultsError) {
        var info = stat()
        guard stat(path, &info) == 0 else {
            throw ResultsError(path, errno == ENOENT || errno == ENOTDIR ? .missing : .unreadable)
        }
        // A plain file that fits into memory, or a pipe: some devices have no end.
        let kind = info.st_mode & S_IFMT
        guard kind == S_IFREG || kind == S_IFIFO, info.st_size <= AvailableMemory.bytes,
            let data = try? Data(contentsOf: URL(fileURLWithPath: path))
        else { throw ResultsError(path, .unreadable) }
        try self.init(json: data, name: path)
    }

    /// The results in JSON text.
    ///
    /// - Parameter name: the name that errors give the text: its file.
    package init(json data: Data, name: String) throws(ResultsError) {
        guard !data.isEmpty else { throw ResultsError(name, .empty) }
        if let place = data.placeOfLongString {
            throw ResultsError(name, .field("byte \(place + 1)", "begins a text of more than 1 MiB"))
        }
        guard let object = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed) else {
            let opening = data.first { !" \n\r\t".utf8.contains($0) }
            throw ResultsError(name, opening == UInt8(ascii: "{") ? .truncated : .notResults)
        }
        guard let fields = object as? [String: Any], let version = fields["schemaVersion"] as? Int else {
            throw ResultsError(name, .notResults)
        }
        guard Self.readableSchemaVersions.contains(version) else {
            throw ResultsError(name, .version(version))
        }
        do {
            self = try JSONDecoder.ofResults.decode(Results.self, from: data)
        } catch let error as DecodingError {
            throw ResultsError(name, .field(error.place, error.reason))
        } catch {
            throw ResultsError(name, .field("the file", "\(error)"))
        }
        if let (field, what) = contradiction {
            throw ResultsError(name, .field(field, "\(what) (was the file edited?)"))
        }
        advice = Advice.all(of: self)
    }
}

extension Data {
    /// Where in JSON text a string begins that is longer than any that is written, and would be copied many times.
    fileprivate var placeOfLongString: Int? {
        guard count > 1 << 20 else { return nil }
        return withUnsafeBytes { bytes in
            var (start, place) = (-1, 0)
            while place < bytes.count {
                switch bytes[place] {
                case UInt8(ascii: "\\"): place += 1
                case UInt8(ascii: "\""): start = start < 0 ? place : -1
                default: if start >= 0, place - start > 1 << 20 { return start }
                }
                place += 1
            }
            return nil
        }
    }
}

extension CellResult {
    /// The result as JSON text on one line.
    package func json() throws -> Data { try JSONEncoder.ofResults.encode(self) }

    /// The result in JSON text.
    package init(json: Data) throws {
        self = try JSONDecoder.ofResults.decode(CellResult.self, from: json)
        if let (field, what) = contradiction { throw ResultsError("a block", .field(field, what)) }
    }
}

extension JSONEncoder {
    fileprivate static var ofResults: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return encoder
    }
}

extension JSONDecoder {
    fileprivate static var ofResults: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
        return decoder
    }
}

/// A file that should hold results, and does not.
package struct ResultsError: Error, Equatable {
    package enum Problem: Sendable, Equatable {
        case missing
        case unreadable
        case empty
        /// It starts like results and does not end like them.
        case truncated
        case notResults
        /// A version of the format that this program does not read.
        case version(Int)
        /// A field that is missing or not as expected, and what is wrong with it.
        case field(String, String)
    }

    package let path: String
    package let problem: Problem

    init(_ path: String, _ problem: Problem) { (self.path, self.problem) = (path, problem) }
}

extension ResultsError: CustomStringConvertible {
    package var description: String {
        let expected = "expected results that 'unlooped' or 'unlooped bench' wrote"
        let versions = Results.readableSchemaVersions
        return switch problem {
        case .missing: "'\(path)' does not exist; \(expected)"
        case .unreadable: "'\(path)' cannot be read; \(expected)"
        case .empty: "'\(path)' is empty; \(expected)"
        case .truncated: "'\(path)' is cut off or damaged: it is not a complete JSON text; make it again"
        case .notResults: "'\(path)' holds no results; \(expected)"
        case .version(let version):
            "'\(path)' has schema version \(version); expected \(versions.lowerBound) to "
                + "\(versions.upperBound): read it with the program that wrote it, or make it again"
        case .field(let field, let what): "'\(path)': \(field) \(what); \(expected)"
        }
    }
}

// MARK: - Checking

/// A field that no run can have written, though it can be read, and what is wrong with it.
private typealias Contradiction = (field: String, what: String)

extension Results {
    /// Bytes beyond these are those of no cache, and could not be multiplied by a number of threads.
    private static let sizes = 0..<1 << 40

    /// The first contradiction; the rest of the program counts on there being none.
    private var contradiction: Contradiction? {
        if let (field, what) = settings.contradiction { return ("settings.\(field)", what) }
        for (field, cells) in [("plan.cells", plan.cells), ("cells", cells.map { $0.cell })] {
            if let i = cells.firstIndex(where: { !$0.isPossible }) {
                return ("\(field)[\(i)]", "cannot be timed: \(cells[i])")
            }
        }
        if plan.data?.isEmpty != false, let cell = plan.cells.first(where: { $0.data != nil }) {
            return ("plan.data", "is missing, which says how to read \(cell)")
        }
        if let name = (plan.rungs + plan.peers.map(\.name)).first(where: { !CellResult.isName($0) }) {
            return ("plan", "has what is no name: '\(name.prefix(40))'")
        }
        if let i = machine.caches.firstIndex(where: { !Self.sizes.contains($0.bytes) }) {
            return ("machine.caches[\(i)].bytes", "cannot be \(machine.caches[i].bytes)")
        }
        var seen: Set<Cell> = []
        for (i, cell) in cells.enumerated() {
            if !seen.insert(cell.cell).inserted {
                return ("cells[\(i)]", "is the same cell as one before it: \(cell.cell)")
            }
            if let (field, what) = cell.contradiction { return ("cells[\(i)].\(field)", what) }
        }
        return nil
    }
}

extension SamplerSettings {
    fileprivate var contradiction: Contradiction? {
        let times = Self.possibleNanoseconds
        for (field, value, possible) in [
            ("blocks", blocks, Self.possibleBlocks), ("rounds", rounds, Self.possibleRounds),
            ("minimumSampleNanoseconds", minimumSampleNanoseconds, times),
            ("maximumCellNanoseconds", maximumCellNanoseconds, times),
            ("maximumRunNanoseconds", maximumRunNanoseconds ?? times.upperBound, times),
            ("refiningNanoseconds", refiningNanoseconds ?? times.upperBound, times),
        ] where !possible.contains(value) {
            return (field, "is \(value); expected \(possible.lowerBound) to \(possible.upperBound)")
        }
        if let precision, !(precision > 0 && precision < 1) {
            return ("precision", "is \(precision); expected a number between 0 and 1")
        }
        return learningRate.isFinite
            ? nil : ("learningRate", "is \(learningRate); expected a finite number")
    }
}

extension CellResult {
    fileprivate var contradiction: Contradiction? {
        var seen: Set<Int> = []
        for (i, block) in blocks.enumerated() {
            let field = "blocks[\(i)].index"
            if !Sample.numbers.contains(block.index) { return (field, "cannot be \(block.index)") }
            if !seen.insert(block.index).inserted { return (field, "is \(block.index), as of one before it") }
        }
        let roles = [
            ("rungs", rungs), ("controls", controls), ("ceilings", ceilings), ("peers", peers),
        ]
        for (name, results) in roles {
            for (i, rung) in results.enumerated() {
                if !Self.isName(rung.rung) {
                    return ("\(name)[\(i)].rung", "is no name: '\(rung.rung.prefix(40))'")
                }
                for (j, sample) in rung.samples.enumerated() {
                    guard let (field, value) = sample.impossibleField else { continue }
                    return ("\(name)[\(i)].samples[\(j)].\(field)", "cannot be \(value)")
                }
            }
        }
        return nil
    }
}

extension CellResult {
    /// Whether a text may be the name of a rung or a peer, as they are printed, and put into tables.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first?.properties,
            first.isAlphabetic || first.numericType != nil,
            text.utf8.count <= 200
        else { return false }
        return !text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}

extension Sample {
    /// Greater numbers count nothing that was timed, and would overflow when results are merged.
    fileprivate static let numbers = 0..<1 << 40
    private static let counts = 1..<1 << 40

    /// As long as the longest sample that can be requested, on as many processors as there may be.
    private static let times = 1..<SamplerSettings.possibleNanoseconds.upperBound + 1
    private static let processorTimes = 0..<1_000_000_000_000_000_001

    /// A field that no run can have written, and its value; nil where there is none.
    fileprivate var impossibleField: (name: String, value: Int)? {
        let fields = [
            ("block", block, Self.numbers), ("round", round, Self.numbers), ("steps", steps, Self.counts),
            ("nanoseconds", nanoseconds, Self.times), ("cpuNanoseconds", cpuNanoseconds, Self.processorTimes),
        ]
        return fields.first { !$0.2.contains($0.1) }.map { ($0.0, $0.1) }
    }
}
