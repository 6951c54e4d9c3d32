import Foundation
import Synchronization

/// Standard output and standard error. Results go to the one by `print`; what a reader of the result
/// does not want goes to the other, by the functions here.
enum Terminal {
    /// Makes both safe to write to; called once, before anything is written.
    static func prepare() {
        // A reader that goes away (`unlooped list | head -1`) ends the program without a word, as it
        // ends other tools, also where whoever started us ignores the signal.
        signal(SIGPIPE, SIG_DFL)
        // Whoever starts us from a thread that blocks signals, as Dispatch's workers do, hands that on.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        // With a standard stream closed, the next file opened would take its number, and what is
        // printed would land in that file.
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
            let null = open("/dev/null", O_RDWR)
            if null >= 0, null != descriptor { close(null) }
        }
    }

    /// Why something that was printed could not be written.
    private static let failure = Mutex<String?>(nil)

    /// Writes out what was printed so far.
    ///
    /// - Returns: why some of what was ever printed cannot be written, nil where all could.
    @discardableResult
    static func flush() -> String? {
        // The C library forgets what it could not write, so that the next attempt goes well.
        let reason = fflush(nil) == 0 ? nil : String(cString: strerror(errno))
        return failure.withLock { first in
            first = first ?? reason
            return first
        }
    }

    /// Tells what may be wrong, and goes on.
    static func warn(_ message: String) {
        write(styled("unlooped: warning: ", .yellow) + message + "\n")
    }

    /// Tells what went wrong.
    static func fail(_ message: String) {
        flush()  // What was printed before comes first where both go to the same place.
        write(styled("unlooped: ", .red) + message + "\n")
    }

    /// Tells what is being done.
    static func note(_ message: String) { write(message + "\n") }

    /// How text may look.
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    /// Where text may go.
    enum Stream: Int32 {
        case output = 1
        case error = 2
    }

    /// `text` in a style where the stream is a terminal that shows it, and as it is elsewhere.
    static func styled(_ text: String, _ style: Style, on stream: Stream = .error) -> String {
        showsStyles(stream) ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// Whether a stream is a terminal that understands escape sequences.
    static func isTerminal(_ stream: Stream) -> Bool {
        isatty(stream.rawValue) == 1 && environment("TERM") != "dumb"
    }

    /// The columns of the terminal behind standard error; 80 where unknown.
    static var columns: Int {
        var size = winsize()
        guard ioctl(Stream.error.rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes `line` over the line that the cursor is in; an empty one clears it. Terminals only.
    static func overwrite(with line: String) { write("\r\u{1B}[K" + line, clearing: false) }

    private static func showsStyles(_ stream: Stream) -> Bool {
        // https://no-color.org: present and not empty, whatever its value.
        (environment("NO_COLOR") ?? "").isEmpty && isTerminal(stream)
    }

    private static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    private static func write(_ text: String, clearing: Bool = true) {
        // A progress line may be standing where the text goes.
        let text = clearing && isTerminal(.error) ? "\r\u{1B}[K" + text : text
        // Where even standard error is gone there is nobody left to tell.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
