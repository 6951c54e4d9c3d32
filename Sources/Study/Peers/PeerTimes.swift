import Foundation
import Measurement

/// The times that a peer gives for its runs on some data, held against those seen from outside.
package struct PeerTimes {
    /// Nanoseconds of a run: what the peer says, and what passed between the request and its answer.
    private typealias Run = (inside: Double, outside: Double)

    /// The latest runs of one step, and of several.
    private var single: [Run] = []
    private var several: [Run] = []

    /// Runs in a row that make a judgement: the machine may stand still in one or two.
    private static let enough = 3

    package init() {}

    /// Why a time cannot be right; nil where it may be.
    ///
    /// - Parameters:
    ///   - wall: the nanoseconds that the peer gives.
    ///   - cpu: the nanoseconds of processors that it gives.
    ///   - steps: the steps that they were for.
    ///   - outside: the nanoseconds between the request and its answer.
    package mutating func doubt(about wall: Double, _ cpu: Double, of steps: Int, outside: Double) -> String?
    {
        // Two clocks may differ a little, and one may be read in coarse steps.
        let most = 1.02 * outside + 5e6
        // A nanosecond for each step: the logarithm in J alone takes longer, and steps follow one another.
        let least = Double(steps)
        let processors = Double(ProcessInfo.processInfo.activeProcessorCount)
        guard wall.isFinite, wall >= least, wall <= most, cpu >= 0, cpu <= processors * most + 5e7 else {
            return
                "it gives \(wall) ns, of processors \(cpu) ns, for \(steps) \(steps == 1 ? "step" : "steps") after "
                + "which it answered in \(outside) ns"
        }
        if steps == 1 {
            single = single.suffix(30) + [(wall, outside)]
        } else {
            several = several.suffix(30) + [(wall, outside)]
        }
        // To ask and to answer takes no more for several steps than for one.
        let beside = min(5e8, single.map { $0.outside - $0.inside }.max() ?? 5e8)
        guard Self.exceed(several, by: 5e7 + 3 * beside) || Self.exceed(single, by: 1e9) else { return nil }
        return
            "it gives \(TimeSpan(wall)) for \(steps) steps, which take \(TimeSpan(outside)) as seen from outside; "
            + "expected nanoseconds"
    }

    /// Whether the latest runs took so much longer than ten times what the peer says.
    private static func exceed(_ runs: [Run], by nanoseconds: Double) -> Bool {
        runs.count >= enough && runs.suffix(enough).allSatisfy { $0.outside - 10 * $0.inside > nanoseconds }
    }
}
