import DataFiles
import Measurement
import Problems
import Study

/// How the program ends, by the numbers of sysexits.h where one fits.
enum ExitCode: Int32 {
    /// All went well.
    case success = 0
    /// Done, and the answer is no: a disagreement, a check that failed.
    case failure = 1
    /// A wrong command line (EX_USAGE).
    case usage = 64
    /// Input that was read but does not make sense (EX_DATAERR).
    case data = 65
    /// Input that cannot be read (EX_NOINPUT).
    case noInput = 66
    /// The processor, or another part of this machine, cannot do it (EX_UNAVAILABLE).
    case unavailable = 69
    /// An output file that cannot be written (EX_CANTCREAT).
    case cannotCreate = 73
    /// A result that could not be written to standard output (EX_IOERR).
    case inputOutput = 74
    /// Ctrl-C, as shells report it.
    case interrupted = 130

    /// How the program ends after an error.
    init(_ error: any Error) {
        self =
            switch error {
            case is UsageError: .usage
            case GridError.memory, is ThreadLimit.MissingThreadsError: .unavailable
            case is GridError: .usage
            case let error as PeerFailure: error.kind == .interrupted ? .interrupted : .unavailable
            case is OutputError: .cannotCreate
            case is MissingDataError, is MappedFiles.CutShort: .noInput
            case is InputError: .data
            case let error as ResultsError:
                switch error.problem {
                case .missing, .unreadable: .noInput
                default: .data
                }
            case let error as FileError:
                switch error.kind {
                case .missing, .unreadable: .noInput
                case .unavailable: .unavailable
                case .invalid: .data
                }
            default: .failure
            }
    }
}
