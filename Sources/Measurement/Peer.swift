import Problems

/// A program in another language that makes the same step, beside the implementations and in the same
/// rounds.
package struct Peer: Codable, Sendable, Hashable {
    /// Its name in results: the one that it gives itself, or where two give the same, that and a number.
    package let name: String

    /// What starts it: the name of one that comes with the study, or a command line.
    package let command: String

    /// What it says of itself: the libraries, compilers and languages that it is made with, with versions.
    package let version: String

    /// Whether it works with several threads. One that does not takes part in cells of one thread only.
    package let isThreaded: Bool

    /// A peer.
    package init(name: String, command: String, version: String, isThreaded: Bool) {
        (self.name, self.command, self.version) = (name, command, version)
        self.isThreaded = isThreaded
    }

    /// How it stands among the implementations: judged as if it added everything in one running sum, which
    /// is the loosest that any may be held to.
    package var rung: RungInfo { RungInfo(name, after: nil, version, sums: .running, isThreaded: isThreaded) }
}
