/// How the program ends, by the numbers of sysexits.h where one fits.
package enum ExitCode: Int32, Sendable {
    /// All went well.
    case success = 0
    /// What was asked for was done and the answer is no: a disagreement, a check that failed.
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
}

/// An error that knows how the program should end. Its description is what the user reads.
package protocol ExitingError: Error, CustomStringConvertible {
    /// How the program ends when the error reaches `main`.
    var exitCode: ExitCode { get }
}
