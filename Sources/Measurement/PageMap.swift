import Foundation

/// What pages memory lies on. Those of 2 MiB are found with fewer steps than those of 4 KiB.
package enum PageMap {
    /// How many of the bytes at `start` lie on pages of 2 MiB; nil where the system does not tell.
    package static func largePageBytes(at start: UnsafeRawPointer, count: Int) -> Int? {
        #if os(Linux)
        guard let text = try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8) else { return nil }
        return largePageBytes(at: UInt(bitPattern: start), count: count, in: text)
        #else
        return nil
        #endif
    }

    /// The same of the text of /proc/self/smaps: a line such as `7f12a000-7f12c000 rw-p …` for each
    /// mapping, and below it `AnonHugePages:    2048 kB` among others.
    package static func largePageBytes(at start: UInt, count: Int, in text: String) -> Int? {
        var isWanted = false
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if let range = words.first?.split(separator: "-"), range.count == 2,
                let low = UInt(range[0], radix: 16), let high = UInt(range[1], radix: 16)
            {
                isWanted = low <= start && start < high
            } else if isWanted, words.first == "AnonHugePages:", words.count > 1,
                let kibibytes = Int(words[1])
            {
                return min(count, kibibytes.saturatingProduct(1024))
            }
        }
        return nil
    }
}
