import Measurement
import Reporting

/// What `unlooped bench` prints of a cell.
struct CellTable {
    let result: CellResult

    /// What the cell is a part of: the ceilings stand there.
    let results: Results

    /// The table, in lines.
    var lines: [String] {
        let head = [
            "rung", "time/step", "±", "GB/s", "GFLOP/s", "of ceiling", "× first", "× before", "error/bound",
        ]
        let rows = (result.rungs + result.peers + result.controls).map(row)
        let notes = (result.rungs + result.peers).compactMap { rung in
            rung.skipped.map { "\(rung.rung): \($0)" }
        }
        return [Terminal.styled("\(result.cell)", .bold, on: .output) + ending]
            + TextTable(head, rows).lines + notes + [standIn, otherX, choice, besidePeers].compactMap(\.self)
    }

    private var ending: String {
        result.budgetEnded ? "; ended early, after the time for a cell (--max-cell-time)" : ""
    }

    private var standIn: String? {
        guard result.referenceIsStandIn, let name = result.reference?.rung else { return nil }
        return "× first: over \(name), the slowest that ran"
    }

    private var otherX: String? {
        let names = result.timed.filter { $0.storage != .scalar }.map { $0.rung }
        guard !names.isEmpty, result.contenders.count < result.timed.count else { return nil }
        return "on X as rounded to 16 bits, so never called the fastest: " + names.joined(separator: ", ")
    }

    private var choice: String? {
        guard let chosen = result.chosen, result.timed.count > 1, let factor = result.factorOfChosen else {
            return nil
        }
        return "where none is named: \(chosen), \(Figures.factor(factor)) as fast as the fastest here"
    }

    private var besidePeers: String? {
        guard let (rung, peer, factor) = result.fastestAndPeer else { return nil }
        let times = result.isIndistinguishable(factor) ? "about" : Figures.factor(factor)
        return "\(rung.rung) is \(times) as fast as \(peer.rung), the fastest peer"
    }

    private func row(_ rung: RungResult) -> [String] {
        [
            rung.rung, Figures.time(rung.stepTime), Figures.spread(rung.stepTime),
            Figures.gigabytesPerSecond(result.rates(rung)), Figures.gigaflops(result.rates(rung)),
            Figures.percent(results.roofline(rung, in: result)?.fraction),
            rung.rung == result.reference?.rung
                ? "1×" : Figures.factor(result.factorOverReference(rung), in: result),
            Figures.factor(result.factorOverPrevious(rung), in: result), Figures.verdict(rung.verdict),
        ]
    }
}
