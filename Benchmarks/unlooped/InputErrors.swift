import DataFiles
import Measurement

extension FileError: ExitingError {
    /// Input that cannot be read, that takes a program which is missing, or that makes no sense.
    package var exitCode: ExitCode {
        switch kind {
        case .missing, .unreadable: .noInput
        case .unavailable: .unavailable
        case .invalid: .data
        }
    }
}

extension ResultsError: ExitingError {
    /// Results that cannot be read, or that are none.
    package var exitCode: ExitCode {
        switch problem {
        case .missing, .unreadable: .noInput
        default: .data
        }
    }
}

/// Data that were read well, but that what was asked for cannot be done with.
struct InputError: ExitingError {
    /// What is wrong, where, and what to do.
    let message: String

    /// Input that makes no sense.
    var exitCode: ExitCode { .data }

    /// The message.
    var description: String { message }
}
