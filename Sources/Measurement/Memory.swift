import Foundation

/// This machine's memory.
package enum Memory {
    /// Bytes that programs can still have without swapping: what Linux estimates as `MemAvailable`;
    /// elsewhere, or where that cannot be read, all of the physical memory.
    package static var availableBytes: Int {
        #if os(Linux)
        if let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8),
            let bytes = available(in: text)
        {
            return bytes
        }
        #endif
        return Int(clamping: ProcessInfo.processInfo.physicalMemory)
    }

    /// `MemAvailable` of the text of /proc/meminfo, in bytes.
    package static func available(in text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        guard let words = line?.split(separator: " "), words.count >= 2, let kibibytes = Int(words[1]),
            kibibytes >= 0
        else { return nil }
        return kibibytes.saturatingProduct(1024)
    }
}
