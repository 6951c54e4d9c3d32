import Foundation
import Measurement

/// A way to try the instrument itself: the rung named in UNLOOPED_SLOWED, such as `simd.fused:10`, takes so
/// many percent longer. `compare` must then find it, and nothing else; `.ci/steady` tries that.
enum SlowedRung {
    /// `contestant`, slowed down where it is the one that is named.
    static func applied(to contestant: Contestant) -> Contestant {
        guard let (name, percent) = named, contestant.rung.name == name else { return contestant }
        return Contestant(slowing: contestant, by: percent / 100)
    }

    /// Says that a rung is slowed down, where one is.
    static func warn() {
        guard let (name, percent) = named else { return }
        Terminal.warn("\(name) is slowed down by \(percent) %, as UNLOOPED_SLOWED says")
    }

    private static let named: (name: String, percent: Double)? = {
        let parts = ProcessInfo.processInfo.environment["UNLOOPED_SLOWED"]?.split(separator: ":") ?? []
        guard parts.count == 2, let percent = Double(parts[1]), percent.isFinite, percent > 0 else {
            return nil
        }
        return (String(parts[0]), percent)
    }()
}
