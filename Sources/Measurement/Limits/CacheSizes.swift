/// The caches for data by their sizes, as one processor sees them. What a machine does not tell is as large
/// as in many processors, so that shapes can follow from it.
package struct CacheSizes: Sendable, Equatable {
    /// L1, in bytes; 32 KiB where unknown.
    package let first: Int

    /// L2, in bytes; 1 MiB where unknown.
    package let second: Int

    /// The largest of all, in bytes; 32 MiB where unknown.
    package let last: Int

    /// The sizes of `caches`.
    package init(_ caches: [Machine.Cache]) {
        let data = caches.filter { ["Data", "Unified"].contains($0.kind) && $0.bytes > 0 }
        func size(_ level: Int) -> Int? { data.first { $0.level == level }?.bytes }
        (first, second) = (size(1) ?? 32 << 10, size(2) ?? 1 << 20)
        last = data.map { $0.bytes }.max() ?? 32 << 20
    }

    /// The least X that is beyond the caches: four times the last one, so that nearly all of it comes from
    /// memory each time.
    package var beyond: Int { last.saturatingProduct(4) }
}
