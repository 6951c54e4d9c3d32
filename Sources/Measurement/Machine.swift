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

    /// The caches; empty where unknown.
    public let caches: [Cache]

    /// Physical memory.
    public let memoryBytes: Int

    /// The operating system.
    public let operatingSystem: String

    /// The kernel, with its release.
    public let kernel: String

    /// When Linux gives large pages: `always`, `madvise` or `never`; nil elsewhere.
    public let hugePages: String?

    /// How many programs wanted a processor in the last minute, on average, before the study began; nil
    /// where unknown.
    public let loadAverage: Double?

    /// A machine.
    public init(
        processor: String, processors: Int, caches: [Cache], memoryBytes: Int, operatingSystem: String,
        kernel: String, hugePages: String?, loadAverage: Double?
    ) {
        (self.processor, self.processors, self.caches) = (processor, processors, caches)
        (self.memoryBytes, self.operatingSystem, self.kernel) = (memoryBytes, operatingSystem, kernel)
        (self.hugePages, self.loadAverage) = (hugePages, loadAverage)
    }
}
