import Measurement

/// How fast X can be read at best from one place: a level of cache, or memory.
struct BandwidthRoof {
    /// Where X is.
    let regime: CacheRegime

    /// How many workers read.
    let threads: Int

    let bytesPerSecond: Double

    /// The roofs of each place, from the nearest on, that was measured with that many threads.
    ///
    /// Of a cache it is the greatest rate of working sets that its copies hold together and that those of
    /// the cache before it do not; whether threads share a copy is not known, and does not matter for the
    /// greatest. Of memory it is that of working sets at least twice as large as the last cache's copies,
    /// or of the largest one.
    static func all(_ ceilings: Ceilings, _ machine: Machine, threads: Int) -> [BandwidthRoof] {
        let measured = ceilings.bandwidths.filter {
            $0.threads == threads && $0.bytesPerSecond > 0 && $0.bytesPerSecond.isFinite
        }
        guard let largest = measured.last else { return [] }
        let caches = machine.dataCaches
        guard let last = caches.last else {
            let greatest = measured.map { $0.bytesPerSecond }.max() ?? 0
            return [BandwidthRoof(regime: .all, threads: threads, bytesPerSecond: greatest)]
        }
        var roofs: [BandwidthRoof] = []
        var below = 0
        for cache in caches {
            let fitting = measured.filter {
                $0.workingSetBytes > below && $0.workingSetBytes <= cache.bytes * threads
            }
            if let rate = fitting.map({ $0.bytesPerSecond }).max() {
                roofs.append(
                    BandwidthRoof(regime: .cache(level: cache.level), threads: threads, bytesPerSecond: rate))
            }
            below = cache.bytes * threads
        }
        guard largest.workingSetBytes > last.bytes else { return roofs }
        let beyond = measured.filter { $0.workingSetBytes >= 2 * last.bytes }
        let rate = beyond.map { $0.bytesPerSecond }.max() ?? largest.bytesPerSecond
        return roofs + [BandwidthRoof(regime: .memory, threads: threads, bytesPerSecond: rate)]
    }
}
