/// How the program was built.
package struct Build: Codable, Sendable, Equatable {
    /// `release` or `debug`. Times of a debug build say nothing.
    package let configuration: String

    /// How the compiler optimized: `-O` or `-Onone`; nil where a result does not say.
    package let optimization: String?

    /// What the kernels were compiled for, such as `x86-64-v4`.
    package let instructionSet: String

    /// The compiler, such as `Swift 6.3`.
    package let compiler: String

    /// The git commit of the checkout that the program lay in when it ran, with `-dirty` behind it where
    /// files differed from it; nil where unknown.
    package let commit: String?

    /// A hash of the program's file: two builds with the same one are the same; nil where unknown.
    package let fingerprint: String?

    /// A build. What may be unknown need not be given.
    package init(
        configuration: String, optimization: String? = nil, instructionSet: String, compiler: String,
        commit: String? = nil, fingerprint: String? = nil
    ) {
        (self.configuration, self.optimization) = (configuration, optimization)
        (self.instructionSet, self.compiler) = (instructionSet, compiler)
        (self.commit, self.fingerprint) = (commit, fingerprint)
    }

    /// This build. What the arguments say only the executable can know.
    ///
    /// - Parameters:
    ///   - instructionSet: what the kernels were compiled for.
    ///   - commit: the git commit of the checkout that the program lies in.
    ///   - fingerprint: a hash of the program's file.
    package static func current(instructionSet: String, commit: String?, fingerprint: String?) -> Build {
        #if DEBUG
        let (configuration, optimization) = ("debug", "-Onone")
        #else
        let (configuration, optimization) = ("release", "-O")
        #endif
        return Build(
            configuration: configuration, optimization: optimization, instructionSet: instructionSet,
            compiler: compiler, commit: commit, fingerprint: fingerprint)
    }

    /// Whether it is a debug build.
    package var isDebug: Bool { configuration == "debug" }

    /// A program cannot ask for its compiler's version, only compare it.
    private static var compiler: String {
        #if compiler(>=6.5)
        "Swift 6.5 or later"
        #elseif compiler(>=6.4)
        "Swift 6.4"
        #elseif compiler(>=6.3)
        "Swift 6.3"
        #elseif compiler(>=6.2)
        "Swift 6.2"
        #else
        "Swift 6.1 or earlier"
        #endif
    }
}
