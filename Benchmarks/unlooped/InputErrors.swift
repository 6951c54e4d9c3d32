import DataFiles

extension CSVError: ExitingError {
    /// Input that cannot be read, or that makes no sense.
    package var exitCode: ExitCode {
        switch problem {
        case .missing, .isFolder, .isDevice, .unreadable: .noInput
        default: .data
        }
    }
}
