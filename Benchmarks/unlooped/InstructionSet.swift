extension Processor {
    /// What the kernels were compiled for, as far as Package.swift told this executable.
    static var instructionSet: String {
        #if REQUIRES_X86_64_V4
        "x86-64-v4"
        #elseif REQUIRES_X86_64_V3
        "x86-64-v3"
        #elseif REQUIRES_X86_64_V2
        "x86-64-v2"
        #elseif arch(x86_64)
        "x86-64"
        #elseif arch(arm64)
        "arm64"
        #else
        "unknown"
        #endif
    }
}
