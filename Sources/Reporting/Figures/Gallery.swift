import Problems
import Measurement

/// The figures that results hold data for. They are made from the results alone.
package struct Gallery: Sendable {
    private let results: Results
    private let linesOfCode: [String: Int]

    /// Figures of `results`.
    ///
    /// - Parameter linesOfCode: how many lines each rung has, by its name; rungs may be missing.
    package init(_ results: Results, linesOfCode: [String: Int] = [:]) {
        (self.results, self.linesOfCode) = (results, linesOfCode)
    }

    /// The ladder in the largest cell, called `ladder`; nil where nothing was timed.
    package var ladder: Figure? { results.largestCell.flatMap { ladder($0, id: "ladder") } }

    /// The ladder in a cell; nil where nothing was timed in it.
    package func ladder(_ cell: CellResult, id: String) -> Figure? { LadderFigure(cell)?.figure(id: id) }

    /// Time against m and against n_x, of a step and for each value of X, in both scalars.
    package var growth: [Figure] {
        ScalarKind.allCases.flatMap { scalar in
            GrowthAxis.allCases.flatMap { axis in
                [false, true].compactMap {
                    GrowthFigure(results, along: axis, scalar, perValue: $0)?.figure
                }
            }
        }
    }

    /// Which rung is the fastest at which m and n_x, and where threads pay, in both scalars.
    package var maps: [Figure] {
        ScalarKind.allCases.compactMap { WinnerMapFigure(results, $0)?.figure }
            + ScalarKind.allCases.compactMap { ThreadMapFigure(results, $0)?.figure }
    }

    /// Where the best rung is ahead of the best peer, on one thread and on as many as the largest cell has.
    package var peers: [Figure] {
        let most = results.largestCell?.cell.threads ?? 1
        return ScalarKind.allCases.flatMap { scalar in
            Set([1, most]).sorted().compactMap { PeerMapFigure(results, scalar, threads: $0)?.figure }
        }
    }

    /// The rungs of the largest cell, and of the same in the other scalar, under the machine's roofs.
    package var rooflines: [Figure] {
        largestCells.compactMap {
            RooflineFigure($0, results)?.figure(id: "roofline-\($0.cell.scalar.rawValue)")
        }
    }

    /// The largest cell, and the same in the other scalar.
    private var largestCells: [CellResult] {
        guard let largest = results.largestCell?.cell else { return [] }
        return results.cells(on: largest.data).filter {
            $0.fastest != nil
                && ($0.cell.m, $0.cell.nx, $0.cell.threads) == (largest.m, largest.nx, largest.threads)
        }
    }

    /// What threads gain as there are more of them, in both scalars.
    package var threads: [Figure] {
        ScalarKind.allCases.flatMap { scalar in
            ThreadsFigure.Kind.allCases.compactMap { ThreadsFigure(results, scalar, $0)?.figure }
        }
    }

    /// `Double` against `Float` at the largest shape; nil where only one of them was timed there.
    package var scalars: Figure? {
        results.largestCell.flatMap { ScalarFigure($0.cell, results)?.figure }
    }

    /// The greatest error of each rung beside its speed, and errors against m in both scalars.
    package var agreement: [Figure] {
        [AgreementFigure(results)?.figure].compactMap(\.self)
            + ScalarKind.allCases.compactMap { ErrorFigure(results, $0)?.figure }
    }

    /// The ladder on the first data set that has a name, in both scalars, where random data were timed too;
    /// on as many threads as were tried.
    package var realData: [Figure] {
        guard results.largestCell?.cell.data == nil,
            let name = results.cells.lazy.compactMap({ $0.cell.data }).first
        else { return [] }
        return ScalarKind.allCases.compactMap { scalar in
            let cells = results.cells(on: name).filter { $0.cell.scalar == scalar && $0.fastest != nil }
            return cells.max { $0.cell.threads < $1.cell.threads }
                .flatMap { ladder($0, id: "ladder-data-\(scalar.rawValue)") }
        }
    }

    /// How J falls in the training at this place among all, and how long that takes; none beyond as many
    /// places as there are names for.
    package func training(_ place: Int) -> [Figure] {
        guard place < Self.trainings, results.trainings.indices.contains(place) else { return [] }
        let outcome = results.trainings[place]
        let falls =
            [CostFigure(updatesOf: outcome)] + ScalarKind.allCases.map { CostFigure(timesOf: outcome, $0) }
        func id(_ name: String) -> String { Self.trainingID(name, place) }
        return falls.compactMap { fall in fall.flatMap { $0.figure(id: id($0.name)) } }
            + [TrainingFigure(outcome)?.figure(id: id("training"))].compactMap(\.self)
    }

    /// How fast the machine reads; nil where that was not measured.
    package var bandwidth: Figure? { BandwidthFigure(results)?.figure }

    /// Lines of code beside speed, in the largest cell; nil without counts.
    package var code: Figure? {
        results.largestCell.flatMap { CodeFigure($0, lines: linesOfCode)?.figure }
    }

    /// All of them, in the order of a report.
    package var all: [Figure] {
        [ladder].compactMap(\.self) + growth + maps + peers + rooflines + threads
            + [scalars].compactMap(\.self) + agreement + realData
            + results.trainings.indices.flatMap(training) + [code, bandwidth].compactMap(\.self)
    }
}
