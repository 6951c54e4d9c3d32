import Foundation
import Measurement

/// What bounds an implementation where it does not reach a target, as far as the results tell: what a step would
/// spend on each of its parts if it did nothing else and did that as fast as the machine can.
struct LimitCause {
    /// From which part of the time on the parts explain it.
    private static let enough = 0.9

    private let finding: LimitFinding
    private let results: Results

    init(_ finding: LimitFinding, of results: Results) { (self.finding, self.results) = (finding, results) }

    /// Sentences.
    var text: String {
        let sentences: [String?] =
            switch finding.subject {
            case .rung(let rung, beside: _, in: let cell):
                [
                    budget(rung, cell), narrowing(rung, cell), weights(cell), pages([cell]),
                    sharing(rung, cell),
                ]
            case .function(let function): [slots(function)]
            case .growth(rung: _, let cells): [reading(cells), pages(cells)]
            }
        return (sentences + [doubt]).compactMap(\.self).joined(separator: " ")
    }

    private var doubt: String? {
        finding.answer == .unclear ? "The interval holds what is asked for: more rounds would tell." : nil
    }

    /// The parts of a step, each as a part of its time.
    private func parts(_ rung: RungResult, _ cell: CellResult) -> [(name: String, part: Double)] {
        guard let time = rung.stepTime?.medianNanoseconds, time > 0 else { return [] }
        let threads = rung.isThreaded ? cell.cell.threads : 1
        let bytes = Double(min(rung.work.bytes, cell.cell.xBytes))
        let read = cell.reading(isThreaded: threads > 1)
            .flatMap { Factor(of: rung.samples, over: $0.samples)?.median }
            .map { $0 * bytes / Double(cell.cell.xBytes) }
        let peak = results.ceilings?.operationsPerSecond(cell.cell.scalar, threads: threads)
        let near = results.ceilings?.bandwidths.first { $0.threads == threads }?.bytesPerSecond
        let loss =
            cell.lossAlone.flatMap { Factor(of: rung.samples, over: $0.samples)?.median }
            ?? results.lossNanoseconds(cell.cell.scalar)
            .map { $0 * Double(cell.cell.m) / Double(threads) / time }
        let values: [(String, Double?)] = [
            ("reading X once", read),
            ("its multiply-adds", peak.map { Double(rung.work.operations) / $0 * 1e9 / time }),
            ("loading each value a second time, from L1", near.map { bytes / $0 * 1e9 / time }),
            ("the loss of \(Prose.grouped(cell.cell.m)) samples", loss),
        ]
        return values.compactMap { name, part in part.map { (name, $0) } }
    }

    private func budget(_ rung: RungResult, _ cell: CellResult) -> String? {
        let parts = parts(rung, cell)
        guard parts.count > 1 else { return nil }
        let sum = parts.reduce(0) { $0 + $1.part }
        let words = Prose.list(parts.map { "\($0.name) \(Figures.percent($0.part))" })
        let rest =
            sum >= Self.enough
            ? "These loads and instructions bound it; all that is left to be gained is that more of them overlap."
            : "The rest goes to what these do not count: loads and stores of w and dw, sums across lanes, loads "
                + "that begin late, and what each block and call costs."
        return "Of its time, each part alone and as fast as the machine can would take: \(words); together "
            + "\(Figures.percent(sum)). \(rest)"
    }

    /// Of X in 16 bits: how much memory bounds the rung that it is beside.
    private func narrowing(_ rung: RungResult, _ cell: CellResult) -> String? {
        guard finding.target == .sixteenBits, case .rung(_, beside: let whole, in: _) = finding.subject,
            let read = cell.reading(isThreaded: cell.cell.threads > 1),
            let part = Factor(of: whole.samples, over: read.samples)?.median
        else { return nil }
        return
            "\(whole.rung), beside it, runs at \(Figures.percent(part)) of the speed of reading X; what else "
            + "a step does is not halved with the bytes."
    }

    /// Where w and dw are too long for L1.
    private func weights(_ cell: CellResult) -> String? {
        let (bytes, first) = (
            2 * cell.cell.nx * cell.cell.scalar.size, CacheSizes(results.machine.caches).first
        )
        guard bytes > first else { return nil }
        return
            "w and dw have \(ByteCount(bytes)) together, which L1 (\(Figures.binary(first))) does not hold."
    }

    /// Where X was not on large pages, though it has several.
    private func pages(_ cells: [CellResult]) -> String? {
        let parts = cells.filter { $0.cell.xBytes >= 4 << 20 }.flatMap { cell in
            cell.blocks.compactMap { $0.largePageBytes.map { Double($0) / Double(cell.cell.xBytes) } }
        }
        guard let least = parts.min(), least < 0.9 else { return nil }
        return "In some block only \(Figures.percent(least)) of X lay on pages of 2 MiB."
    }

    /// What threads add, where there are several.
    private func sharing(_ rung: RungResult, _ cell: CellResult) -> String? {
        guard cell.cell.threads > 1, let one = cell.reading(isThreaded: false),
            let all = cell.reading(isThreaded: true), let factor = Factor(of: all.samples, over: one.samples)
        else { return nil }
        let part = rung.stepTime.flatMap {
            results.ceilings?.wakeUpPart(of: $0, threads: cell.cell.threads)
        }
        return "\(cell.cell.threads) threads read X \(Figures.three(factor.median)) times as fast as one, "
            + "and "
            + (part.map { "waking them takes \(Figures.percent($0)) of the step." }
                ?? "what waking them takes could not be told.")
    }

    /// How many multiply-adds a function has the time of.
    private func slots(_ function: FunctionResult) -> String? {
        guard finding.target == .functionSpeed else {
            return "That is the greatest at \(Prose.grouped(function.arguments)) arguments."
        }
        guard let vector = function.vectorNanoseconds, let other = function.foundationNanoseconds,
            let peak = results.ceilings?.operationsPerSecond(function.scalar, threads: 1)
        else { return nil }
        func count(_ nanoseconds: Double) -> String { Figures.three(nanoseconds * 1e-9 * peak / 2) }
        return "A vector takes as long as \(count(vector)) multiply-adds of vectors at the machine's peak; "
            + "Foundation's \(TimeSpan(other)) for a value would leave \(count(other / finding.target.asked)). "
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
        return "Reading X once, in the same rounds, differs by \(finding.target.text(greatest / least)) over "
            + "these sizes: \(isMemory ? "memory itself does" : "most of it is not memory's")."
    }
}
