import Foundation

/// A line of the shell that runs beside this program, in a process group of its own, so that signals reach
/// all that it starts and Ctrl-C does not; with pipes for its standard streams.
///
/// Not Foundation's `Process`, which has no process groups.
final class ChildProcess {
    let id: pid_t

    /// The ends of its standard input, output and error that are ours; reading and writing never blocks.
    let input, output, errors: Int32
    private(set) var isInputOpen = true

    /// How it ended, as `waitpid` tells; nil while it runs.
    private var status: Int32?

    /// Starts it.
    ///
    /// - Parameter arguments: what the line finds as `$1` and so on.
    init(line: String, arguments: [String] = [], environment: [String: String]) throws(PeerFailure) {
        let pipes = try (0..<3).map { _ throws(PeerFailure) in try Self.pipe() }
        let theirs = [pipes[0].read, pipes[1].write, pipes[2].write]
        (input, output, errors) = (pipes[0].write, pipes[1].read, pipes[2].read)
        defer { for descriptor in theirs { close(descriptor) } }
        do throws(PeerFailure) {
            let words = ["sh", "-c", line, "sh"] + arguments
            id = try Self.spawn(words, environment.map { "\($0)=\($1)" }, streams: theirs)
        } catch {
            for descriptor in [input, output, errors] { close(descriptor) }
            throw error
        }
        for descriptor in [input, output, errors] {
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }
        #if canImport(Darwin)
        // See `BrokenPipe`.
        _ = fcntl(input, F_SETNOSIGPIPE, 1)
        #endif
    }

    deinit {
        kill()
        closeInput()
        close(output)
        close(errors)
    }

    /// Sends a signal to it and all that it started.
    func signal(_ signal: Int32) { _ = Foundation.kill(-id, signal) }

    /// Tells it that nothing more will be asked.
    func closeInput() {
        if isInputOpen { close(input) }
        isInputOpen = false
    }

    /// Ends it at once, with all that it started, and leaves no zombie.
    func kill() {
        signal(SIGKILL)
        _ = ending(within: 2)
    }

    /// How it ended, such as `with status 1`; nil where it did not within so many seconds.
    func ending(within seconds: Double) -> String? {
        let end = ContinuousClock.now + .seconds(seconds)
        while status == nil {
            var found: Int32 = 0
            let answer = waitpid(id, &found, WNOHANG)
            if answer == id || (answer < 0 && errno == ECHILD) {
                status = found
            } else if ContinuousClock.now > end {
                return nil
            } else {
                usleep(2000)
            }
        }
        // The macros of <sys/wait.h> are not there in Swift.
        return status.map { $0 & 0x7F == 0 ? "with status \($0 >> 8 & 0xFF)" : "by signal \($0 & 0x7F)" }
    }

    /// A pipe that no other child inherits.
    private static func pipe() throws(PeerFailure) -> (read: Int32, write: Int32) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else {
            throw PeerFailure("it cannot be started: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(_ words: [String], _ environment: [String], streams: [Int32])
        throws(PeerFailure) -> pid_t
    {
        #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
        var attributes: posix_spawnattr_t?
        #else
        var actions = posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        #endif
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        defer {
            posix_spawn_file_actions_destroy(&actions)
            posix_spawnattr_destroy(&attributes)
        }
        for (number, stream) in streams.enumerated() {
            posix_spawn_file_actions_adddup2(&actions, stream, Int32(number))
        }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigaddset(&signals, SIGPIPE)
        sigaddset(&signals, SIGINT)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var pointers = [words, environment].map { $0.map { strdup($0) } + [nil] }
        defer { for pointer in pointers.joined() { free(pointer) } }
        var id: pid_t = 0
        let error = posix_spawn(&id, "/bin/sh", &actions, &attributes, &pointers[0], &pointers[1])
        guard error == 0 else {
            throw PeerFailure("it cannot be started: \(String(cString: strerror(error)))")
        }
        return id
    }
}
