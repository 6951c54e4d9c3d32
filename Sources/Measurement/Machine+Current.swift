import Foundation

extension Machine {
    /// This machine, now.
    package static var current: Machine {
        let info = ProcessInfo.processInfo
        return Machine(
            processor: processorModel, processors: info.activeProcessorCount, cores: coreCount,
            isVirtual: cpuinfo("flags").map(isVirtual),
            governor: line(processorFolder + "cpu0/cpufreq/scaling_governor"), caches: currentCaches,
            memoryBytes: Int(clamping: info.physicalMemory), pageBytes: pageSize,
            operatingSystem: info.operatingSystemVersionString, kernel: kernelRelease,
            hugePages: line("/sys/kernel/mm/transparent_hugepage/enabled").flatMap(chosen),
            loadAverage: oneMinuteLoad)
    }

    private static let processorFolder = "/sys/devices/system/cpu/"

    private static var processorModel: String {
        #if canImport(Darwin)
        var size = 0
        guard sysctlbyname("machdep.cpu.brand_string", nil, &size, nil, 0) == 0, size > 0 else {
            return "unknown"
        }
        var bytes = [UInt8](repeating: 0, count: size)
        guard sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0 else { return "unknown" }
        return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        #else
        return cpuinfo("model name") ?? "unknown"
        #endif
    }

    /// What Linux says of the first processor; nil elsewhere, or where it does not say that.
    private static func cpuinfo(_ field: String) -> String? {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(field) }
        return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }

    /// Whether the features of a processor say that it is a virtual one.
    package static func isVirtual(flags: String) -> Bool {
        flags.split(separator: " ").contains("hypervisor")
    }

    /// Processors with the same siblings are one core.
    private static var coreCount: Int? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: processorFolder)) ?? []
        let siblings = names.compactMap { line(processorFolder + $0 + "/topology/thread_siblings_list") }
        return siblings.isEmpty ? nil : Set(siblings).count
    }

    private static var pageSize: Int? {
        let size = sysconf(Int32(_SC_PAGESIZE))
        return size > 0 ? size : nil
    }

    /// As Linux lists them; empty elsewhere.
    private static var currentCaches: [Cache] {
        (0..<8).compactMap { index in
            let folder = processorFolder + "cpu0/cache/index\(index)/"
            guard let level = line(folder + "level").flatMap({ Int($0) }), let kind = line(folder + "type"),
                let bytes = line(folder + "size").flatMap(cacheSize)
            else { return nil }
            return Cache(level: level, kind: kind, bytes: bytes)
        }
    }

    private static var kernelRelease: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return text(name.sysname) + " " + text(name.release) + " " + text(name.machine)
    }

    private static var oneMinuteLoad: Double? {
        var loads = [0.0]
        return getloadavg(&loads, 1) == 1 ? loads[0] : nil
    }

    /// The bytes in `32K`, `1M` or `512`.
    package static func cacheSize(_ text: String) -> Int? {
        let factor =
            switch text.last {
            case "K": 1 << 10
            case "M": 1 << 20
            case "G": 1 << 30
            default: 1
            }
        guard let value = Int(factor == 1 ? text : String(text.dropLast())), value >= 0 else { return nil }
        return value.saturatingProduct(factor)
    }

    /// The word in brackets, as in `always [madvise] never`.
    package static func chosen(_ text: String) -> String? {
        guard let open = text.firstIndex(of: "["), let close = text[open...].firstIndex(of: "]") else {
            return nil
        }
        return String(text[text.index(after: open)..<close])
    }

    private static func line(_ path: String) -> String? {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.split(separator: "\n").first.map(String.init)
    }

    /// What a fixed array of characters of C, up to its 0, says.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
