import Foundation

/// A program that runs beside this one, in a process group of its own, so that signals reach all that it starts and
/// Ctrl-C does not; with pipes for its standard streams. All programs are started by this.
///
/// Not Foundation's `Process`, which has no process groups, and waits for whatever the program left running.
package final class ChildProcess {
    package let id: pid_t

    /// Its standard output, as far as nobody has taken it.
    package var output = Data()

    /// The end of what it wrote to standard error; empty where that is ours.
    package private(set) var lastWords = Data()

    /// The ends of its standard streams that are ours; reading and writing never blocks. −1 where closed.
    private var input, outputEnd, errorEnd: Int32

    /// How it ended; nil while it runs.
    private var ended: Ending?

    /// How a program ended, such as `with status 1`.
    package enum Ending: Equatable, CustomStringConvertible {
        case status(Int32)
        case signal(Int32)

        package var description: String {
            switch self {
            case .status(let status): "with status \(status)"
            case .signal(let signal): "by signal \(signal)"
            }
        }
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - words: its path, or its name where it is to be looked for in PATH, and its arguments.
    ///   - environment: that of this program where not given.
    ///   - input: what it reads; a pipe of ours where not given.
    ///   - errors: where its standard error goes; a pipe of ours where not given.
    package init(
        _ words: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        input: Int32? = nil, errors: Int32? = nil
    ) throws(ChildProcessError) {
        var pipes = Pipes()
        defer { pipes.close() }
        let output = try pipes.add()
        let error = try errors == nil ? pipes.add() : nil
        let standardInput = try input == nil ? pipes.add() : nil
        let streams = [input ?? standardInput?.read, output.write, errors ?? error?.write].map { $0 ?? -1 }
        id = try Self.spawn(words, environment.map { "\($0)=\($1)" }, streams: streams)
        (self.input, outputEnd, errorEnd) = (standardInput?.write ?? -1, output.read, error?.read ?? -1)
        for end in [self.input, outputEnd, errorEnd] where end >= 0 {
            pipes.keep(end)
            _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
        }
        #if canImport(Darwin)
        // There SIGPIPE goes to the process, not to the thread that writes, so that `BrokenPipe` could not hold it back.
        if self.input >= 0 { _ = fcntl(self.input, F_SETNOSIGPIPE, 1) }
        #endif
    }

    deinit {
        kill()
        closeInput()
        close(outputEnd)
        if errorEnd >= 0 { close(errorEnd) }
    }

    /// All that a program that needs no input and ends soon writes to standard output; nil where it cannot be started,
    /// fails, or takes longer than so many seconds.
    package static func output(
        of words: [String], environment: [String: String] = ProcessInfo.processInfo.environment,
        within seconds: Double = 10
    ) -> Data? {
        guard let child = try? ChildProcess(words, environment: environment) else { return nil }
        child.closeInput()
        let end = ContinuousClock.now + .seconds(seconds)
        while child.listen(for: 250) {
            guard ContinuousClock.now < end, child.output.count < 1 << 20 else { return nil }
        }
        return child.ending(within: 1) == .status(0) ? child.output : nil
    }

    /// Waits for so many milliseconds at the most, and no more than 250, until it writes something or, where asked for,
    /// there is room to write to it; and takes what it wrote.
    ///
    /// - Returns: false once it will write no more: its output is closed, or it has ended, whoever else may still hold
    ///   the other end.
    package func listen(for milliseconds: Double, untilWritable: Bool = false) -> Bool {
        // Asked before what is there is read, so that nothing comes later.
        let hasEnded = ending(within: 0) != nil
        var sources = [
            pollfd(fd: outputEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errorEnd, events: Int16(POLLIN), revents: 0),
            pollfd(fd: untilWritable ? input : -1, events: Int16(POLLOUT), revents: 0),
        ]
        // Waking up four times a second, to see whether Ctrl-C was pressed, disturbs no timing.
        let wait = hasEnded ? 0 : min(250, max(0, milliseconds.rounded(.up)))
        guard poll(&sources, 3, Int32(wait)) > 0 else { return !hasEnded }
        if sources[1].revents != 0, !read(errorEnd, { lastWords = Data((lastWords + $0).suffix(4096)) }) {
            close(errorEnd)
            errorEnd = -1
        }
        return sources[0].revents == 0 ? !hasEnded : read(outputEnd) { output += $0 }
    }

    /// Writes what there is room for, and removes it from `data`.
    ///
    /// - Returns: false where it reads no more.
    package func write(_ data: inout Data) -> Bool {
        let count = BrokenPipe.ignored {
            data.withUnsafeBytes { Foundation.write(input, $0.baseAddress, $0.count) }
        }
        if count > 0 { data = Data(data.dropFirst(count)) }
        return count >= 0 || errno == EAGAIN || errno == EINTR
    }

    /// Whether something that it waits for may still be written.
    package var isInputOpen: Bool { input >= 0 }

    /// Tells it that nothing more will be asked.
    package func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Sends a signal to it and all that it started.
    package func signal(_ signal: Int32) { _ = Foundation.kill(-id, signal) }

    /// Ends it at once, with all that it started, and leaves no zombie.
    package func kill() {
        signal(SIGKILL)
        _ = ending(within: 2)
    }

    /// How it ended; nil where it did not within so many seconds.
    package func ending(within seconds: Double) -> Ending? {
        let end = ContinuousClock.now + .seconds(seconds)
        while ended == nil {
            var status: Int32 = 0
            let answer = waitpid(id, &status, WNOHANG)
            if answer == id || (answer < 0 && errno == ECHILD) {
                // The macros of <sys/wait.h> are not there in Swift.
                ended = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
            } else if ContinuousClock.now >= end {
                return nil
            } else {
                usleep(2000)
            }
        }
        return ended
    }

    /// Hands on what there is to read, but no more than 1 MiB, since some write without end; false where nothing more
    /// will come.
    private func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Void) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        for _ in 0..<16 {
            let count = Foundation.read(descriptor, &chunk, chunk.count)
            if count > 0 { take(chunk[..<count]) }
            if count < chunk.count {
                return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR))
            }
        }
        return true
    }

    /// Pipes that no other child inherits. What is not kept is closed in the end.
    private struct Pipes {
        private var ends: Set<Int32> = []

        mutating func add() throws(ChildProcessError) -> (read: Int32, write: Int32) {
            var pair: [Int32] = [0, 0]
            guard pipe(&pair) == 0 else { throw ChildProcessError(number: errno) }
            for end in pair { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            ends.formUnion(pair)
            return (pair[0], pair[1])
        }

        mutating func keep(_ end: Int32) { ends.remove(end) }

        func close() { for end in ends { Foundation.close(end) } }
    }

    private static func spawn(_ words: [String], _ environment: [String], streams: [Int32])
        throws(ChildProcessError) -> pid_t
    {
        // Also those that whoever started this program left open.
        for descriptor in 3..<Int32(min(max(3, sysconf(Int32(_SC_OPEN_MAX))), 4096)) {
            let flags = fcntl(descriptor, F_GETFD)
            if flags >= 0, flags & FD_CLOEXEC == 0 { _ = fcntl(descriptor, F_SETFD, flags | FD_CLOEXEC) }
        }
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
        for signal in [SIGPIPE, SIGINT, SIGXFSZ] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var pointers = [words, environment].map { $0.map { strdup($0) } + [nil] }
        defer { for pointer in pointers.joined() { free(pointer) } }
        var id: pid_t = 0
        let error = posix_spawnp(&id, words[0], &actions, &attributes, &pointers[0], &pointers[1])
        guard error == 0 else { throw ChildProcessError(number: error) }
        return id
    }
}

/// The reason that the system gives where a program cannot be started.
package struct ChildProcessError: Error, CustomStringConvertible {
    let number: Int32

    /// Whether there is no such program, or none that may be run.
    package var isMissing: Bool { number == ENOENT || number == EACCES }

    package var description: String { "it cannot be started: \(String(cString: strerror(number)))" }
}

/// The signal that ends a program which writes to a pipe that nobody reads. It stays as it is for standard
/// output (as the program has it).
private enum BrokenPipe {
    /// Does `work` with the signal held back, so that writing fails with `EPIPE` in its place.
    static func ignored<Result>(_ work: () -> Result) -> Result {
        #if canImport(Darwin)
        // A `ChildProcess` asks for none on its descriptor.
        return work()
        #else
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
        #endif
    }
}
