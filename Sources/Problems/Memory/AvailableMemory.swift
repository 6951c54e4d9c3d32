import Foundation

/// The memory that this process can still have: to ask for more ends it.
package enum AvailableMemory {
    /// The least of what the system has without swapping, of what the groups that the process is in (cgroups) may still
    /// have, and of its own limits.
    package static var bytes: Int {
        let system =
            text("/proc/meminfo").flatMap(inSystem) ?? Int(clamping: ProcessInfo.processInfo.physicalMemory)
        return max(0, ([system] + leftByLimits + leftByGroups).min() ?? system)
    }

    /// `MemAvailable`, Linux's estimate, in the text of /proc/meminfo, in bytes.
    package static func inSystem(_ text: String) -> Int? {
        let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
        guard let words = line?.split(separator: " "), words.count >= 2, let kibibytes = Int(words[1]),
            kibibytes >= 0
        else { return nil }
        return kibibytes > .max >> 10 ? .max : kibibytes << 10
    }

    /// The memory that RLIMIT_AS and RLIMIT_DATA leave.
    private static var leftByLimits: [Int] {
        // Pages in all, and, as the sixth number, those of data and stacks.
        let pages = text("/proc/self/statm")?.split(separator: " ").compactMap { Int($0) } ?? []
        guard pages.count > 5 else { return [] }
        return [(RLIMIT_AS, pages[0]), (RLIMIT_DATA, pages[5])].compactMap { resource, used in
            var limit = rlimit()
            #if canImport(Glibc)
            let isKnown = getrlimit(.init(resource.rawValue), &limit) == 0
            #else
            let isKnown = getrlimit(resource, &limit) == 0
            #endif
            guard isKnown, limit.rlim_cur < rlim_t(1) << 60 else { return nil }
            return Int(limit.rlim_cur) - used * Int(sysconf(Int32(_SC_PAGESIZE)))
        }
    }

    /// The memory that the groups leave, by version 2 of their file system or by version 1.
    private static var leftByGroups: [Int] {
        var left: [Int] = []
        for line in text("/proc/self/cgroup")?.split(separator: "\n") ?? [] {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3, parts[1].isEmpty || parts[1].split(separator: ",").contains("memory")
            else { continue }
            let isSecond = parts[1].isEmpty
            let root = isSecond ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
            let (limit, used, cache) =
                isSecond
                ? ("memory.max", "memory.current", "file")
                : ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_cache")
            var path = parts[2]
            while true {
                let folder = root + path + "/"
                if let most = number(folder + limit), let current = number(folder + used) {
                    // What is kept of files is given back where it is needed.
                    let lines = text(folder + "memory.stat")?.split(separator: "\n") ?? []
                    let kept = lines.first { $0.hasPrefix(cache + " ") }?.split(separator: " ").last.flatMap {
                        Int($0)
                    }
                    left.append(most - current + (kept ?? 0))
                }
                guard let slash = path.lastIndex(of: "/") else { break }
                path = path[..<slash]
            }
        }
        return left
    }

    private static func number(_ path: String) -> Int? {
        text(path).flatMap { Int($0.filter { $0 != "\n" }) }
    }

    private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
