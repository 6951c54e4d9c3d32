import Foundation

/// What is known of a machine. It is read and reported; nothing is ever set.
public struct Machine: Codable, Sendable, Equatable {
    /// One level of cache, as the first processor sees it.
    public struct Cache: Codable, Sendable, Equatable {
        /// 1 is the nearest.
        public let level: Int
        /// `Data`, `Instruction` or `Unified`.
        public let kind: String
        /// Its size.
        public let bytes: Int

        /// A cache.
        public init(level: Int, kind: String, bytes: Int) {
            (self.level, self.kind, self.bytes) = (level, kind, bytes)
        }
    }

    /// The processor's model.
    public let processor: String

    /// Processors that this program may use.
    public let processors: Int

    /// Cores of the whole machine, each of which may be several processors; nil where unknown.
    public let cores: Int?

    /// Whether it says that it is a virtual machine; nil where unknown.
    public let isVirtual: Bool?

    /// What sets the clock rate of the first processor, such as `performance`; nil where that cannot be
    /// seen, as in most virtual machines.
    public let governor: String?

    /// The caches; empty where unknown.
    public let caches: [Cache]

    /// Physical memory.
    public let memoryBytes: Int

    /// An ordinary page of memory; nil where unknown.
    public let pageBytes: Int?

    /// The operating system.
    public let operatingSystem: String

    /// The kernel, with its release.
    public let kernel: String

    /// When Linux gives large pages: `always`, `madvise` or `never`; nil elsewhere.
    public let hugePages: String?

    /// How many programs wanted a processor in the last minute, on average, before the study began; nil
    /// where unknown.
    public let loadAverage: Double?

    /// A machine. What may be unknown need not be given.
    public init(
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
