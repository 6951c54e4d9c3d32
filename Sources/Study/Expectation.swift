import Ladders
import Measurement
import Problems

/// About how long a plan will take, from a moment's trial of every implementation on a small X: for
/// `--dry-run`. An X beyond the caches takes longer than this predicts.
package struct Expectation {
    /// Nanoseconds for each value of X.
    private struct Speed {
        /// Of a step, by rung.
        var step: [String: Double] = [:]
        /// Of drawing data, judging and preparing.
        var setup = 0.0
    }

    private var speeds: [ScalarKind: Speed] = [:]
    private let settings: SamplerSettings

    /// Tries all implementations of `plan`, in a fraction of a second.
    package init(_ plan: Plan, _ settings: SamplerSettings) throws {
        self.settings = settings
        for scalar in ScalarKind.allCases {
            guard let threads = plan.cells.first(where: { $0.scalar == scalar })?.threads else { continue }
            let cell = Cell(m: 512, nx: 64, scalar: scalar, threads: threads)
            let trial = SamplerSettings(
                rounds: 1, blocks: 1, minimumSampleNanoseconds: 200_000,
                maximumCellNanoseconds: 10_000_000_000)
            var request = BlockRequest(
                cell, block: 0, trial, maximumNanoseconds: trial.maximumCellNanoseconds, seed: 1,
                names: plan.rungs)
            request.controls = []
            let start = ContinuousClock.now
            guard let result = try CellRunner(request).run() else { return }
            let all = (ContinuousClock.now - start) / .nanoseconds(1)
            let sampling = (result.blocks.first?.seconds ?? 0) * 1e9
            var speed = Speed(setup: max(0, all - sampling) / Double(cell.values))
            for rung in result.timed {
                speed.step[rung.rung] = (rung.stepTime?.minimumNanoseconds ?? 0) / Double(cell.values)
            }
            speeds[scalar] = speed
        }
    }

    /// Seconds for all blocks of a cell.
    package func seconds(_ cell: Cell) -> Double {
        guard let speed = speeds[cell.scalar] else { return 0 }
        let values = Double(cell.values)
        let sampling = speed.step.values.reduce(0) { total, perValue in
            let step = perValue * values
            if step > Double(settings.maximumStepNanoseconds) { return total + step }
            // Each round has a step that does not count, and each block about three samples of warm-up.
            let sample = max(step, Double(settings.minimumSampleNanoseconds))
            return total + Double(settings.rounds) * (sample + step) + Double(settings.blocks) * 3 * sample
        }
        let limited = min(sampling, Double(settings.maximumCellNanoseconds))
        // A fresh process takes a few hundredths of a second to start.
        return (limited + Double(settings.blocks) * speed.setup * values) / 1e9 + 0.05
    }
}
