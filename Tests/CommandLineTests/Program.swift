import Foundation

/// The program that is tested, run as users run it.
enum Program {
    /// What a run left.
    struct Run {
        let code: Int32
        let output: String
        let error: String
    }

    /// SwiftPM builds the program into the folder of the tests.
    static var executable: URL {
        get throws {
            let candidates =
                [Bundle.main.executableURL, URL(fileURLWithPath: CommandLine.arguments[0])]
                .compactMap { $0?.resolvingSymlinksInPath() } + Bundle.allBundles.map(\.bundleURL)
            for candidate in candidates {
                let program = candidate.deletingLastPathComponent().appendingPathComponent("unlooped")
                if FileManager.default.isExecutableFile(atPath: program.path) { return program }
            }
            throw CocoaError(.fileNoSuchFile)
        }
    }

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - interruptOnOutput: text that, once it was printed, is answered with Ctrl-C.
    ///   - interruptWhen: asked again and again; once it is true, Ctrl-C is pressed.
    ///   - signal: what is sent then, in place of Ctrl-C's.
    ///   - limit: seconds after which a run is ended.
    static func run(
        _ arguments: String..., environment: [String: String] = [:], from program: URL? = nil,
        interruptOnOutput: String? = nil, interruptWhen: (@Sendable () -> Bool)? = nil,
        signal: Int32 = SIGINT, limit: TimeInterval = 300
    ) async throws -> Run {
        try await run(
            arguments: arguments, environment: environment, from: program,
            interruptOnOutput: interruptOnOutput, interruptWhen: interruptWhen, signal: signal, limit: limit)
    }

    /// The same with the arguments in a list.
    static func run(
        arguments: [String], environment: [String: String] = [:], from program: URL? = nil,
        interruptOnOutput: String? = nil, interruptWhen: (@Sendable () -> Bool)? = nil,
        signal: Int32 = SIGINT, limit: TimeInterval = 300
    ) async throws -> Run {
        let process = Process()
        process.executableURL = try program ?? executable
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        // Files, since a full pipe that nobody reads would hold the program up.
        let folder = try TemporaryFolder()
        process.standardOutput = try folder.handle("output")
        process.standardError = try folder.handle("error")
        process.standardInput = FileHandle.nullDevice
        let isTime =
            interruptWhen
            ?? interruptOnOutput.map { text -> @Sendable () -> Bool in
                { (try? folder.text("output").contains(text)) == true }
            }
        try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in done.resume() }
            do { try process.run() } catch { return done.resume(throwing: error) }
            // On a thread of its own: the threads of the pools may be busy with other tests. A program that
            // hangs fails its test, and no more than that.
            let end = ContinuousClock.now + .seconds(limit)
            Thread.detachNewThread {
                var isTime = isTime
                while process.isRunning {
                    if isTime?() == true {
                        kill(process.processIdentifier, signal)
                        isTime = nil
                    }
                    if ContinuousClock.now > end { kill(process.processIdentifier, SIGKILL) }
                    usleep(10_000)
                }
            }
        }
        return Run(
            code: process.terminationStatus, output: try folder.text("output"),
            error: try folder.text("error"))
    }

    /// Runs a line of the shell, in which `$unlooped` is the program.
    static func shell(_ line: String) async throws -> Run {
        try await run(
            "-c", line, environment: ["unlooped": try executable.path], from: URL(fileURLWithPath: "/bin/sh"))
    }
}
