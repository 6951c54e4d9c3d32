/// Why a peer takes no part: in a cell, or from the beginning.
struct PeerFailure: ExitingError {
    /// Whose fault it is.
    enum Kind {
        /// It is not set up on this machine.
        case unavailable
        /// It cannot do what was asked, and says so.
        case unsupported
        /// It died, gave no answer or one that makes no sense.
        case failed
        /// Ctrl-C was pressed while it was waited for.
        case interrupted
    }

    /// Whose fault it is.
    let kind: Kind

    /// In words that go on after its name and a colon.
    let reason: String

    /// What the reasons start with that say nothing of any other cell.
    static let reasonsOfOneCell = [unsupported, noRoom, oneThread]

    static let unsupported = "unsupported: "
    static let noRoom = "there is no room in memory "
    static let oneThread = "it uses one thread"

    init(_ reason: String, kind: Kind = .failed) { (self.reason, self.kind) = (reason, kind) }

    /// The reason.
    var description: String { reason }

    /// What this machine does not have, or Ctrl-C.
    var exitCode: ExitCode { kind == .interrupted ? .interrupted : .unavailable }
}
