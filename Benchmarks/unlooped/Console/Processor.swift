import Foundation

/// Whether this processor has what the kernels were compiled for.
///
/// It runs before anything else, and must itself run on any processor of the architecture. The
/// executable is compiled for the baseline, but a generic function specialized here and in a module of
/// kernels exists once in the program, maybe in the newer form; so there are no collections, no
/// strings and no generic code here, only pointers and calls of the C library.
enum Processor {
    /// Ends the program with one line on standard error where the processor lacks something.
    ///
    /// Reads /proc/cpuinfo, or the file named in UNLOOPED_CPUINFO, which is there to try the check.
    /// Where there is no such file, or no line of flags in it, it lets the program go on.
    static func check() {
        #if REQUIRES_X86_64_V2
        let override = getenv(pointer("UNLOOPED_CPUINFO"))
        guard let file = fopen(override ?? mutablePointer("/proc/cpuinfo"), pointer("r")) else { return }
        defer { fclose(file) }
        // getline makes room for a line of any length.
        var line: UnsafeMutablePointer<CChar>?
        var capacity = 0
        defer { free(line) }
        while getline(&line, &capacity, file) > 0 {
            guard let flags = line, strncmp(flags, pointer("flags"), 5) == 0 else { continue }
            requireLevels(in: flags)
            return  // Processors of one machine have the same flags.
        }
        #endif
    }

    #if REQUIRES_X86_64_V2
    /// The names are those of Linux, as in Package.swift.
    private static func requireLevels(in flags: UnsafePointer<CChar>) {
        let v2: StaticString = "x86-64-v2"
        require("cx16", v2, flags, offersOlder: false)
        require("lahf_lm", v2, flags, offersOlder: false)
        require("popcnt", v2, flags, offersOlder: false)
        require("sse4_1", v2, flags, offersOlder: false)
        require("sse4_2", v2, flags, offersOlder: false)
        require("ssse3", v2, flags, offersOlder: false)
        #if REQUIRES_X86_64_V3
        let v3: StaticString = "x86-64-v3"
        require("abm", v3, flags)
        require("avx", v3, flags)
        require("avx2", v3, flags)
        require("bmi1", v3, flags)
        require("bmi2", v3, flags)
        require("f16c", v3, flags)
        require("fma", v3, flags)
        require("movbe", v3, flags)
        #endif
        #if REQUIRES_X86_64_V4
        let v4: StaticString = "x86-64-v4"
        require("avx512f", v4, flags)
        require("avx512bw", v4, flags)
        require("avx512cd", v4, flags)
        require("avx512dq", v4, flags)
        require("avx512vl", v4, flags)
        #endif
    }

    /// Ends the program unless `feature` is a whole word of `flags`.
    private static func require(
        _ feature: StaticString, _ level: StaticString, _ flags: UnsafePointer<CChar>,
        offersOlder: Bool = true
    ) {
        let name = pointer(feature)
        let length = strlen(name)
        var rest = flags
        while let found = strstr(rest, name) {
            // The line starts with "flags", so that there is a character before every feature.
            let (before, after) = ((found - 1).pointee, (found + length).pointee)
            if isSpace(before) && (isSpace(after) || after == 0) { return }
            rest = UnsafePointer(found + length)
        }
        say("unlooped: this build needs a processor with ")
        say(feature)
        say(" (")
        say(level)
        say("), which this one lacks; rebuild here")
        if offersOlder { say(", or with UNLOOPED_MARCH=x86-64-v2") }
        say("\n")
        exit(69)  // ExitCode.unavailable
    }

    private static func isSpace(_ character: CChar) -> Bool {
        character == 0x20 || character == 0x09 || character == 0x0A
    }

    private static func say(_ text: StaticString) { _ = write(2, pointer(text), strlen(pointer(text))) }

    private static func pointer(_ text: StaticString) -> UnsafePointer<CChar> {
        UnsafePointer(mutablePointer(text))
    }

    private static func mutablePointer(_ text: StaticString) -> UnsafeMutablePointer<CChar> {
        let raw = UnsafeMutableRawPointer(mutating: UnsafeRawPointer(text.utf8Start))
        return raw.assumingMemoryBound(to: CChar.self)
    }
    #endif
}
