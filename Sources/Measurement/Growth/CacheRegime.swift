/// The nearest place that holds all of X, counted once: a level of cache as one processor sees it, or
/// memory.
///
/// What an implementation holds besides X, and that several threads have several caches, is left out, so
/// that all implementations share the limits.
package enum CacheRegime: Hashable, Comparable, Sendable {
    /// Any size, where the caches are unknown.
    case all
    /// X fits the cache of this level, and none nearer.
    case cache(level: Int)
    /// X is larger than each cache.
    case memory

    /// Where X is, of so many bytes.
    package init(xBytes: Int, caches: [Machine.Cache]) {
        let data = caches.filter { ["Data", "Unified"].contains($0.kind) }
        let level = data.filter { $0.bytes >= xBytes }.map { $0.level }.min()
        self = data.isEmpty ? .all : level.map { .cache(level: $0) } ?? .memory
    }
}

extension CacheRegime: CustomStringConvertible {
    /// `L2`, `memory`, or `anywhere`.
    package var description: String {
        switch self {
        case .all: "anywhere"
        case .cache(let level): "L\(level)"
        case .memory: "memory"
        }
    }
}
