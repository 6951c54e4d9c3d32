import DataFiles
import Measurement

extension CSVError: ExitingError {
    /// Input that cannot be read, or that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .file: .noInput
        default: .data
        }
    }
}

extension NPYError: ExitingError {
    /// Input that cannot be read, or that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .file: .noInput
        default: .data
        }
    }
}

extension IDXError: ExitingError {
    /// Input that cannot be read, a program that is missing for it, or input that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .file: .noInput
        case .noGzip: .unavailable
        default: .data
        }
    }
}

extension NetpbmError: ExitingError {
    /// Input that cannot be read, or that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .file, .notAFolder: .noInput
        default: .data
        }
    }
}

extension ModelFileError: ExitingError {
    /// Input that cannot be read, or that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .file: .noInput
        default: .data
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
