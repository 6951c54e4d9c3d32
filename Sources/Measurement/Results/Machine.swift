import Foundation
import Problems

/// The facts known of a machine. They are read and reported; nothing is ever set.
package struct Machine: Codable, Sendable, Equatable {
    /// One level of cache, as the first processor sees it.
    package struct Cache: Codable, Sendable, Equatable {
        /// 1 is the nearest.
        package let level: Int
        /// `Data`, `Instruction` or `Unified`.
        package let kind: String
        package let bytes: Int

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
    /// Whether it reports that it is a virtual machine; nil where unknown.
    package let isVirtual: Bool?
    /// The governor of the first processor's clock rate, such as `performance`; nil where it cannot be
    /// seen, as in most virtual machines.
    package let governor: String?
    /// Empty where unknown.
    package let caches: [Cache]
    /// Physical memory.
    package let memoryBytes: Int
    /// An ordinary page of memory; nil where unknown.
    package let pageBytes: Int?
    package let operatingSystem: String
    /// The kernel, with its release.
    package let kernel: String
    /// When Linux gives large pages: `always`, `madvise` or `never`; nil elsewhere.
    package let hugePages: String?

    package init(
        processor: String, processors: Int, cores: Int? = nil, isVirtual: Bool? = nil,
        governor: String? = nil, caches: [Cache], memoryBytes: Int, pageBytes: Int? = nil,
        operatingSystem: String, kernel: String, hugePages: String?
    ) {
        (self.processor, self.processors, self.cores) = (processor, processors, cores)
        (self.isVirtual, self.governor, self.caches) = (isVirtual, governor, caches)
        (self.memoryBytes, self.pageBytes) = (memoryBytes, pageBytes)
        (self.operatingSystem, self.kernel) = (operatingSystem, kernel)
        self.hugePages = hugePages
    }

    /// Whether times taken on the two can be compared.
    func isSame(as other: Machine) -> Bool {
        (processor, processors, memoryBytes) == (other.processor, other.processors, other.memoryBytes)
            && caches == other.caches
    }

    /// In a few words: `AMD EPYC, 2 processors, 25.0 GB`.
    package var summary: String { "\(processor), \(processors) processors, \(ByteCount(memoryBytes))" }
}

// MARK: - Reading it

extension Machine {
    /// This machine, now.
    package static var current: Machine {
        let info = ProcessInfo.processInfo
        return Machine(
            processor: processorModel, processors: info.activeProcessorCount, cores: coreCount,
            isVirtual: isCurrentVirtual,
            governor: line(processorFolder + "cpu0/cpufreq/scaling_governor"), caches: currentCaches,
            memoryBytes: Int(clamping: info.physicalMemory), pageBytes: pageSize,
            operatingSystem: info.operatingSystemVersionString, kernel: kernelRelease,
            hugePages: line("/sys/kernel/mm/transparent_hugepage/enabled").flatMap(chosen))
    }

    static let processorFolder = "/sys/devices/system/cpu/"

    private static var processorModel: String {
        #if canImport(Darwin)
        var (bytes, size) = ([UInt8](repeating: 0, count: 256), 256)
        let isKnown = sysctlbyname("machdep.cpu.brand_string", &bytes, &size, nil, 0) == 0
        return isKnown ? String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) : "unknown"
        #else
        if let name = cpuinfo("model name") { return name }
        guard let implementer = cpuinfo("CPU implementer"), let part = cpuinfo("CPU part") else {
            return "unknown"
        }
        return armModel(implementer: implementer, part: part)
        #endif
    }

    /// A field of the first processor in Linux's list; nil elsewhere, or where it is missing.
    private static func cpuinfo(_ field: String) -> String? {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix(field) }
        return line?.split(separator: ":", maxSplits: 1).last?.trimmingCharacters(in: .whitespaces)
    }

    /// Whether a processor's flags say that it is a virtual one.
    package static func isVirtual(flags: String) -> Bool {
        flags.split(separator: " ").contains("hypervisor")
    }

    /// The name of an arm64 processor, of which Linux gives two numbers: those of Arm's own cores are in the reference
    /// manual of each, MIDR_EL1.
    package static func armModel(implementer: String, part: String) -> String {
        let cores = [
            "0xd08": "Cortex-A72", "0xd0b": "Cortex-A76", "0xd0c": "Neoverse N1", "0xd40": "Neoverse V1",
            "0xd49": "Neoverse N2", "0xd4f": "Neoverse V2", "0xd83": "Neoverse V3AE", "0xd84": "Neoverse V3",
            "0xd8e": "Neoverse N3",
        ]
        switch implementer {
        case "0x41": return "Arm " + (cores[part] ?? "core \(part)")
        case "0x61": return "Apple core \(part)"
        case "0xc0": return part == "0xac3" ? "Ampere-1" : "Ampere core \(part)"
        default: return "arm64 core \(part) of implementer \(implementer)"
        }
    }

    #if canImport(Darwin)
    private static func systemNumber(_ name: String) -> Int? {
        var value: Int64 = 0  // a number of four bytes is its lower half
        var size = MemoryLayout<Int64>.size
        return sysctlbyname(name, &value, &size, nil, 0) == 0 ? Int(value) : nil
    }
    #endif

    /// The caches by macOS's numbers: those of its faster cores where there are two kinds.
    package static func caches(_ number: (_ name: String) -> Int?) -> [Cache] {
        let all = [
            (1, "Data", "l1dcachesize"), (1, "Instruction", "l1icachesize"), (2, "Unified", "l2cachesize"),
            (3, "Unified", "l3cachesize"),
        ]
        return all.compactMap { level, kind, name in
            let bytes = number("hw.perflevel0." + name) ?? number("hw." + name) ?? 0
            return bytes > 0 ? Cache(level: level, kind: kind, bytes: bytes) : nil
        }
    }

    private static var isCurrentVirtual: Bool? {
        #if canImport(Darwin)
        return systemNumber("kern.hv_vmm_present").map { $0 != 0 }
        #else
        return cpuinfo("flags").map(isVirtual)
        #endif
    }

    /// Processors with the same siblings are one core.
    private static var coreCount: Int? {
        #if canImport(Darwin)
        return systemNumber("hw.physicalcpu")
        #else
        let names = (try? FileManager.default.contentsOfDirectory(atPath: processorFolder)) ?? []
        let siblings = names.compactMap { line(processorFolder + $0 + "/topology/thread_siblings_list") }
        return siblings.isEmpty ? nil : Set(siblings).count
        #endif
    }

    private static var pageSize: Int? {
        let size = sysconf(Int32(_SC_PAGESIZE))
        return size > 0 ? size : nil
    }

    /// As the system lists them.
    private static var currentCaches: [Cache] {
        #if canImport(Darwin)
        return caches(systemNumber)
        #else
        return (0..<8).compactMap { index in
            let folder = processorFolder + "cpu0/cache/index\(index)/"
            guard let level = line(folder + "level").flatMap({ Int($0) }), let kind = line(folder + "type"),
                let bytes = line(folder + "size").flatMap(cacheSize)
            else { return nil }
            return Cache(level: level, kind: kind, bytes: bytes)
        }
        #endif
    }

    private static var kernelRelease: String {
        var name = utsname()
        guard uname(&name) == 0 else { return "unknown" }
        return text(name.sysname) + " " + text(name.release) + " " + text(name.machine)
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

    /// The first line of a file; nil where it cannot be read or has none.
    static func line(_ path: String) -> String? {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        return text?.split(separator: "\n").first.map(String.init)
    }

    /// The text in a fixed array of C characters, up to its 0.
    private static func text<Characters>(_ characters: Characters) -> String {
        withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}

/// This machine's memory.
package enum Memory {
    /// Bytes that this process can still have without swapping.
    package static var availableBytes: Int { AvailableMemory.bytes }

    /// How many of the bytes at `start` lie on pages of 2 MiB, whose addresses are translated in fewer steps
    /// than those of small pages; nil where the system does not report it.
    package static func largePageBytes(at start: UnsafeRawPointer, count: Int) -> Int? {
        let text = try? String(contentsOfFile: "/proc/self/smaps", encoding: .utf8)
        return text.flatMap { largePageBytes(at: UInt(bitPattern: start), count: count, in: $0) }
    }

    /// The same from the text of /proc/self/smaps: a line such as `7f12a000-7f12c000 rw-p …` for each
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

/// How the program was built.
package struct Build: Codable, Sendable, Equatable {
    /// `release` or `debug`. Times of a debug build say nothing.
    package let configuration: String
    /// How the compiler optimized: `-O` or `-Onone`; nil where a result does not say.
    package let optimization: String?
    /// The instruction set of the kernels, such as `x86-64-v4`.
    package let instructionSet: String
    /// The compiler, such as `Swift 6.3`.
    package let compiler: String
    /// The git commit of the checkout that the program lay in when it ran, followed by `-dirty` where
    /// files differed from it; nil where unknown.
    package let commit: String?
    /// A hash of the program's file: two builds with the same one are the same; nil where unknown.
    package let fingerprint: String?

    package init(
        configuration: String, optimization: String? = nil, instructionSet: String, compiler: String,
        commit: String? = nil, fingerprint: String? = nil
    ) {
        (self.configuration, self.optimization) = (configuration, optimization)
        (self.instructionSet, self.compiler) = (instructionSet, compiler)
        (self.commit, self.fingerprint) = (commit, fingerprint)
    }

    /// This build. Only the executable knows the arguments.
    package static func current(instructionSet: String, commit: String?, fingerprint: String?) -> Build {
        #if DEBUG
        let (configuration, optimization) = ("debug", "-Onone")
        #else
        let (configuration, optimization) = ("release", "-O")
        #endif
        return Build(
            configuration: configuration, optimization: optimization, instructionSet: instructionSet,
            compiler: currentCompiler, commit: commit, fingerprint: fingerprint)
    }

    package var isDebug: Bool { configuration == "debug" }

    /// A program cannot ask for its compiler's version, only compare it.
    private static var currentCompiler: String {
        #if compiler(>=6.5)
        "Swift 6.5 or later"
        #elseif compiler(>=6.4)
        "Swift 6.4"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #else
        "Swift 6.2"
        #endif
    }

    /// Whether the same program runs. The commit does not decide that: files may have changed since.
    func isSame(as other: Build) -> Bool {
        (configuration, instructionSet, compiler) == (
            other.configuration, other.instructionSet, other.compiler
        )
            && fingerprint == other.fingerprint
    }

    /// In a few words.
    var summary: String {
        "\(configuration), \(instructionSet), \(compiler)" + (fingerprint.map { ", fingerprint \($0)" } ?? "")
    }
}
