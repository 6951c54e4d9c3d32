import Foundation
import Measurement

/// The times that a peer gives for its runs on some data, held against those seen from outside.
package struct PeerTimes {
    /// Nanoseconds of the latest runs of one step, and of several: what the peer says, and what passed outside.
    private var single: [(inside: Double, outside: Double)] = []
    private var several: [(inside: Double, outside: Double)] = []

    /// The fewest runs of several steps that make a judgement.
    private static let fewest = 3

    package init() {}

    /// Why a time cannot be right; nil where it may be.
    ///
    /// - Parameters:
    ///   - wall: the nanoseconds that the peer gives.
    ///   - cpu: the nanoseconds of processors that it gives.
    ///   - steps: the steps that they were for.
    ///   - outside: the nanoseconds between the request and its answer.
    package mutating func doubt(about wall: Double, _ cpu: Double, of steps: Int, outside: Double) -> String? {
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
            several = several.suffix(4) + [(wall, outside)]
        }
        guard several.count >= Self.fewest else { return nil }
        // To ask and to answer takes what it takes for one step. Medians, since the machine may stand still for a while.
        let beside = single.isEmpty ? 5e8 : min(5e8, Self.median(single.map { $0.outside - $0.inside }))
        let excess = Self.median(several.map { $0.outside - 10 * $0.inside }) - beside
        guard excess > 5e7 else { return nil }
        let (inside, seen) = (Self.median(several.map(\.inside)), Self.median(several.map(\.outside)))
        return "it gives \(TimeSpan(inside)) for steps that take \(TimeSpan(seen)) as seen from outside; expected nanoseconds"
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
