import Foundation

/// A shell that waits for this program to end, however it ends, and then ends the peers and removes the
/// data: a peer that is stopped between its turns would not see that its input is closed.
final class PeerGuard {
    private let child: ChildProcess

    /// The last line of its input says which process groups are there.
    private static let line = """
        trap '' HUP INT TERM
        while read -r line; do groups=$line; done
        for group in $groups; do kill -s KILL -- "-$group"; done 2>/dev/null
        rm -rf "$1"
        """

    /// Begins to wait.
    ///
    /// - Parameter folder: what is removed in the end.
    init(folder: URL) throws(PeerFailure) {
        child = try ChildProcess(
            line: Self.line, arguments: [folder.path], environment: ProcessInfo.processInfo.environment)
    }

    /// Says which process groups there are.
    func watch(_ groups: [pid_t]) {
        guard child.isInputOpen else { return }
        let line = Array((groups.map { "\($0)" }.joined(separator: " ") + "\n").utf8)
        _ = BrokenPipe.ignored { write(child.input, line, line.count) }
    }

    /// Has it remove what it should, and end.
    func end() {
        child.closeInput()
        _ = child.ending(within: 2)
    }
}

/// The signal that ends a program which writes to a pipe that nobody reads. It stays as it is for standard
/// output (`Terminal.prepare`).
enum BrokenPipe {
    /// Does `work` with the signal held back, so that writing fails with `EPIPE` in its place.
    static func ignored<Result>(_ work: () -> Result) -> Result {
        var (signals, before, pending) = (sigset_t(), sigset_t(), sigset_t())
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, &before)
        let result = work()
        let error = errno
        // One that was sent meanwhile would come as soon as it is let through again.
        var signal: Int32 = 0
        sigpending(&pending)
        if sigismember(&pending, SIGPIPE) == 1 { sigwait(&signals, &signal) }
        pthread_sigmask(SIG_SETMASK, &before, nil)
        errno = error
        return result
    }
}
