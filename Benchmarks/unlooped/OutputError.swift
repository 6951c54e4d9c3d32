/// A file or folder that cannot be written.
package struct OutputError: ExitingError, Equatable {
    /// The file that was to be written.
    package let path: String

    /// What could not be done, and the reason that the system gives.
    package let reason: String

    /// What to do.
    package var advice = "name a file in a folder that you may write to"

    /// An output that cannot be made.
    package var exitCode: ExitCode { .cannotCreate }

    /// What could not be written, why, and what to do.
    package var description: String {
        "cannot write '\(path)': \(reason); \(advice)"
    }
}
