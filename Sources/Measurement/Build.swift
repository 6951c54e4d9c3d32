/// How the program was built.
public struct Build: Codable, Sendable, Equatable {
    /// `release` or `debug`. Times of a debug build say nothing.
    public let configuration: String

    /// What the kernels were compiled for, such as `x86-64-v4`.
    public let instructionSet: String

    /// The compiler, such as `Swift 6.3`.
    public let compiler: String

    /// A build.
    public init(configuration: String, instructionSet: String, compiler: String) {
        (self.configuration, self.instructionSet) = (configuration, instructionSet)
        self.compiler = compiler
    }

    /// This build.
    ///
    /// - Parameter instructionSet: what the kernels were compiled for, which only the executable knows.
    public static func current(instructionSet: String) -> Build {
        #if DEBUG
        let configuration = "debug"
        #else
        let configuration = "release"
        #endif
        return Build(configuration: configuration, instructionSet: instructionSet, compiler: compiler)
    }

    /// Whether it is a debug build.
    public var isDebug: Bool { configuration == "debug" }

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
