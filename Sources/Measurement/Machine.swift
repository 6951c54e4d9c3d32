import Foundation

/// What is known of a machine. It is read and reported; nothing is ever set.
package struct Machine: Codable, Sendable, Equatable {
    /// One level of cache, as the first processor sees it.
    package struct Cache: Codable, Sendable, Equatable {
        /// 1 is the nearest.
        package let level: Int
        /// `Data`, `Instruction` or `Unified`.
        package let kind: String
        /// Its size.
        package let bytes: Int

        /// A cache.
        package init(level: Int, kind: String, bytes: Int) {
            (self.level, self.kind, self.bytes) = (level, kind, bytes)
        }
    }

    /// The processor's model.
    package let processor: String

    /// Processors that this program may use.
    package let processors: Int

    /// Cores of the whole machine, each of which may be several processors; nil where unknown.
    package let cores: Int?

    /// Whether it says that it is a virtual machine; nil where unknown.
    package let isVirtual: Bool?

    /// What sets the clock rate of the first processor, such as `performance`; nil where that cannot be
    /// seen, as in most virtual machines.
    package let governor: String?

    /// The caches; empty where unknown.
    package let caches: [Cache]

    /// Physical memory.
    package let memoryBytes: Int

    /// An ordinary page of memory; nil where unknown.
    package let pageBytes: Int?

    /// The operating system.
    package let operatingSystem: String

    /// The kernel, with its release.
    package let kernel: String

    /// When Linux gives large pages: `always`, `madvise` or `never`; nil elsewhere.
    package let hugePages: String?

    /// How many programs wanted a processor in the last minute, on average, before the study began; nil
    /// where unknown.
    package let loadAverage: Double?

    /// A machine. What may be unknown need not be given.
    package init(
        processor: String, processors: Int, cores: Int? = nil, isVirtual: Bool? = nil,
        governor: String? = nil, caches: [Cache], memoryBytes: Int, pageBytes: Int? = nil,
        operatingSystem: String, kernel: String, hugePages: String?, loadAverage: Double?
    ) {
        (self.processor, self.processors, self.cores) = (processor, processors, cores)
        (self.isVirtual, self.governor, self.caches) = (isVirtual, governor, caches)
        (self.memoryBytes, self.pageBytes) = (memoryBytes, pageBytes)
        (self.operatingSystem, self.kernel) = (operatingSystem, kernel)
        (self.hugePages, self.loadAverage) = (hugePages, loadAverage)
    }
}
