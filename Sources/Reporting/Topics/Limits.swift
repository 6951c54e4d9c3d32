import Problems
import Measurement

/// How near the implementations come to what the machine can do: the fraction of each limit, where, and what bounds
/// it. It is there where a run looked for limits, which is what the functions are timed for.
struct LimitsTopic: Topic {
    static let id = "limits"
    static let title = "How near the limits"
    static let about = "The place that is the farthest from each limit, and what bounds it there."

    private let results: Results
    private let findings: [(limit: Limit, all: [LimitFinding])]

    init(results: Results) {
        self.results = results
        findings = Limit.allCases.map { ($0, $0.findings(in: results)) }
    }

    var items: [Item] {
        results.functions == nil ? [] : [.paragraph(about), nearness] + causes + [everything]
    }

    private let about: Phrase = """
        How near the fastest rungs come to what the machine can do. A step includes J. It is compared with \
        reading X once and doing nothing with it, or with the loss alone, timed in the same rounds, so that \
        whatever slows the machine slows both; of each cell the fastest rung counts. The first table has the \
        place that is the farthest from each limit.
        """

    private var nearness: Item {
        let rows = findings.map { limit, findings in
            let farthest = LimitFinding.farthest(findings)
            return [
                limit.title, limit.measure, farthest?.subjectAndPlace ?? Numbers.none,
                farthest?.words.command ?? "unlooped bench --preset limits", farthest?.reached ?? "not timed",
            ]
        }
        return .table(
            "The farthest from each limit",
            DataTable(["limit", "measured", "where", "measured by", "there"], rows, leading: 4))
    }

    /// For each limit what bounds the finding that is the farthest from it, as far as the results show.
    private var causes: [Item] {
        let points = findings.compactMap { limit, findings in
            LimitFinding.farthest(findings).map { finding -> Phrase in
                """
                \(strong: limit.text(finding.value)) \(limit.measure), \(finding.subjectAndPlace). \
                \(LimitCause(finding: finding, results: results).text)
                """
            }
        }
        return points.isEmpty ? [] : [.heading("What bounds it there"), .list(points)]
    }

    private var everything: Item {
        let rows = findings.flatMap { limit, findings in
            findings.map { [limit.title, $0.words.place, $0.words.name] + $0.words.times + [$0.reached] }
        }
        return .table(
            "All that was measured",
            DataTable(["limit", "where", "what", "a step", "compared with", "measured"], rows, leading: 3))
    }
}

extension Limit {
    fileprivate var title: String {
        let nx = Prose.nx
        return switch self {
        case .memory:
            "X at least 4 times the last cache, \(nx) ≥ \(Self.fewestWideFeatures), one thread"
        case .memoryOnAllThreads: "the same on all threads"
        case .secondCache:
            "X in L2 (\(Self.shapeInSecondCache.m) × \(Self.shapeInSecondCache.nx), float), one thread"
        case .lastCache:
            "X in the last cache, \(nx) from \(Self.featuresInLastCache.lowerBound) to "
                + "\(Numbers.grouped(Self.featuresInLastCache.upperBound)), one thread"
        case .loss:
            "\(nx) ≤ \(Self.narrowestFeatures), m ≥ \(Numbers.grouped(Self.fewestSamples)), one thread"
        case .sixteenBits: "X in 16 bits, beyond the caches"
        case .functionSpeed: "exp, sigmoid and loss on an array in L1"
        case .functionError: "the same functions"
        case .growth: "X from 4 times the last cache on, one thread"
        }
    }

    /// The unit of its number.
    fileprivate var measure: String {
        switch self {
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache: "of the speed of reading X once"
        case .loss: "the time of the loss alone, its m values in L1"
        case .sixteenBits: "as fast as X in float"
        case .functionSpeed: "as fast as Foundation's functions of one value"
        case .functionError: "of error, at most"
        case .growth: "from the least time for a value of X to the greatest"
        }
    }

    /// `93.4 %`, `1.62×`, `1.97 ulp`.
    fileprivate func text(_ value: Double) -> String {
        switch self {
        case .memory, .memoryOnAllThreads, .secondCache, .lastCache: Numbers.percent(value, digits: 1)
        case .loss, .sixteenBits, .functionSpeed: Numbers.times(value)
        case .functionError: Numbers.three(value) + " ulp"
        case .growth: Numbers.fixed(value, 3) + "×"
        }
    }
}

extension LimitFinding {
    /// The value with its interval.
    fileprivate var reached: String {
        limit.text(value) + (interval.map { " (\(limit.text($0.low)) to \(limit.text($0.high)))" } ?? "")
    }

    /// The measured quantity and its place, its time and the time it is compared with, and the command that measures
    /// just that.
    fileprivate var words: (name: String, place: String, times: [String], command: String) {
        switch subject {
        case .rung(let rung, beside: let other, in: let result):
            let cell = result.cell
            return (
                rung.rung, Prose.cell(cell), [Numbers.time(rung.stepTime), Numbers.time(other.stepTime)],
                "unlooped bench --m \(cell.m) --nx \(cell.nx) --scalar \(cell.scalar.rawValue) "
                    + "--threads \(cell.threads) --only simd,dispatch"
            )
        case .function(let function):
            let times = [function.vectorNanoseconds, function.foundationNanoseconds]
            return (
                "a vector at a time", "\(function.function), \(function.scalar.rawValue)",
                times.map(Numbers.nanoseconds), "unlooped functions"
            )
        case .growth(rung: let rung, let cells):
            let sizes = [cells.first, cells.last].compactMap { $0.map { Numbers.binary($0.cell.xBytes) } }
            let rest = cells.first.map { ", \(Prose.nx) = \($0.cell.nx), \($0.cell.scalar.rawValue)" } ?? ""
            return (
                rung, sizes.joined(separator: " to ") + rest, [Numbers.none, Numbers.none],
                "unlooped bench --preset limits"
            )
        }
    }

    /// `simd.fused at m = …`, or the function.
    fileprivate var subjectAndPlace: String {
        if case .function = subject { words.place } else { "\(words.name) at \(words.place)" }
    }
}

/// The bound of an implementation that does not reach a limit, as far as the results show: the time that each part
/// of a step would take alone and as fast as the machine can.
private struct LimitCause {
    /// The fraction of the time from which on the parts explain it.
    private static let enough = 0.9

    let finding: LimitFinding
    let results: Results

    /// Sentences.
    var text: String {
        let sentences: [String?] =
            switch finding.subject {
            case .rung(let rung, beside: let other, in: let cell):
                [
                    budget(rung, cell), narrowing(other, cell), weights(cell), pages([cell]),
                    sharing(rung, cell),
                ]
            case .function(let function): [slots(function)]
            case .growth(rung: _, let cells): [reading(cells), pages(cells)]
            }
        return sentences.compactMap(\.self).joined(separator: " ")
    }

    /// The parts of a step, each as a fraction of its time.
    private func parts(_ rung: RungResult, _ cell: CellResult) -> [(name: String, part: Double)] {
        guard let time = rung.stepTime?.medianNanoseconds, time > 0 else { return [] }
        let threads = rung.isThreaded ? cell.cell.threads : 1
        let bytes = Double(min(rung.work.bytes, cell.cell.xBytes))
        let read = cell.reading(isThreaded: threads > 1)
            .flatMap { BlockEstimate(speedupOf: rung.samples, over: $0.samples)?.median }
            .map { $0 * bytes / Double(cell.cell.xBytes) }
        let peak = results.ceilings?.operationsPerSecond(cell.cell.scalar, threads: threads)
        let near = results.ceilings?.bandwidths.first { $0.threads == threads }?.bytesPerSecond
        let loss =
            cell.lossAlone.flatMap { BlockEstimate(speedupOf: rung.samples, over: $0.samples)?.median }
            ?? results.lossNanoseconds(cell.cell.scalar)
            .map { $0 * Double(cell.cell.m) / Double(threads) / time }
        let values: [(String, Double?)] = [
            ("reading X once", read),
            ("its multiply-adds", peak.map { Double(rung.work.operations) / $0 * 1e9 / time }),
            ("loading each value a second time, from L1", near.map { bytes / $0 * 1e9 / time }),
            ("the loss of \(Numbers.grouped(cell.cell.m)) samples", loss),
        ]
        return values.compactMap { name, part in part.map { (name, $0) } }
    }

    private func budget(_ rung: RungResult, _ cell: CellResult) -> String? {
        let parts = parts(rung, cell)
        guard parts.count > 1 else { return nil }
        let sum = parts.reduce(0) { $0 + $1.part }
        let words = Prose.list(parts.map { "\($0.name) \(Numbers.percent($0.part))" })
        let rest =
            sum >= Self.enough
            ? "These loads and instructions bound it; all that is left to be gained is that more of them overlap."
            : "The rest goes to what these do not count: loads and stores of w and dw, sums across lanes, loads "
                + "that begin late, and what each block and call costs."
        return "Of its time, each part alone and as fast as the machine can would take: \(words); together "
            + "\(Numbers.percent(sum)). \(rest)"
    }

    /// For X in 16 bits: how much memory bounds the rung that it is compared with.
    private func narrowing(_ whole: RungResult, _ cell: CellResult) -> String? {
        guard finding.limit == .sixteenBits, let read = cell.reading(isThreaded: cell.cell.threads > 1),
            let part = BlockEstimate(speedupOf: whole.samples, over: read.samples)?.median
        else { return nil }
        return "\(whole.rung), which it is compared with, runs at \(Numbers.percent(part)) of the speed of "
            + "reading X; what else a step does is not halved with the bytes."
    }

    /// Where w and dw are too long for L1.
    private func weights(_ cell: CellResult) -> String? {
        let bytes = 2 * cell.cell.nx * cell.cell.scalar.size
        let first = CacheSizes(results.machine.caches).first
        guard bytes > first else { return nil }
        return
            "w and dw have \(ByteCount(bytes)) together, which L1 (\(Numbers.binary(first))) does not hold."
    }

    /// Where X was not on large pages, though it has several.
    private func pages(_ cells: [CellResult]) -> String? {
        let parts = cells.filter { $0.cell.xBytes >= 4 << 20 }.flatMap { cell in
            cell.blocks.compactMap { $0.largePageBytes.map { Double($0) / Double(cell.cell.xBytes) } }
        }
        guard let least = parts.min(), least < 0.9 else { return nil }
        return "In some block only \(Numbers.percent(least)) of X lay on pages of 2 MiB."
    }

    /// How much faster several threads read, and what waking them takes.
    private func sharing(_ rung: RungResult, _ cell: CellResult) -> String? {
        guard cell.cell.threads > 1, let one = cell.reading(isThreaded: false),
            let all = cell.reading(isThreaded: true),
            let factor = BlockEstimate(speedupOf: all.samples, over: one.samples)
        else { return nil }
        let part = rung.stepTime.flatMap {
            results.ceilings?.wakeUpPart(of: $0, threads: cell.cell.threads)
        }
        return "\(cell.cell.threads) threads read X \(Numbers.three(factor.median)) times as fast as one, "
            + "and "
            + (part.map { "waking them takes \(Numbers.percent($0)) of the step." }
                ?? "what waking them takes could not be told.")
    }

    /// How many multiply-adds a function has the time of.
    private func slots(_ function: FunctionResult) -> String? {
        guard finding.limit == .functionSpeed else {
            return "That is the greatest at \(Numbers.grouped(function.arguments)) arguments."
        }
        guard let vector = function.vectorNanoseconds, let other = function.foundationNanoseconds,
            let peak = results.ceilings?.operationsPerSecond(function.scalar, threads: 1)
        else { return nil }
        func count(_ nanoseconds: Double) -> String { Numbers.three(nanoseconds * 1e-9 * peak / 2) }
        return "A vector takes as long as \(count(vector)) multiply-adds of vectors at the machine's peak; "
            + "Foundation's \(TimeSpan(other)) for a value are as long as \(count(other)). "
            + "Its instructions bound it, as the arrays are in L1."
    }

    /// How much reading X alone grows over the same cells.
    private func reading(_ cells: [CellResult]) -> String? {
        let times = cells.compactMap { cell in
            cell.reading(isThreaded: false)?.stepTime
                .map { $0.medianNanoseconds / Double(max(1, cell.cell.values)) }
        }
        guard times.count == cells.count, let least = times.min(), let greatest = times.max() else {
            return nil
        }
        let isMemory = greatest / least - 1 >= (finding.value - 1) / 2
        return "Reading X once, in the same rounds, differs by \(finding.limit.text(greatest / least)) over "
            + "these sizes: \(isMemory ? "memory itself does" : "most of it is not memory's")."
    }
}
