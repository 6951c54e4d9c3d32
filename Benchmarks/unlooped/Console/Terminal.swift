import Foundation
import Problems
import Study
import Synchronization

/// Standard output and standard error. Results go to the one by `print`; what a reader of the result
/// does not want goes to the other, by the functions here.
enum Terminal {
    /// Makes both safe to write to; called once, before anything is written.
    static func prepare() {
        // A reader that goes away (`unlooped list | head -1`) ends the program without a word, as it
        // ends other tools, also where whoever started us ignores the signal.
        signal(SIGPIPE, SIG_DFL)
        // A file that becomes larger than this process may write is an error of writing it.
        signal(SIGXFSZ, SIG_IGN)
        // Whoever starts us from a thread that blocks signals, as Dispatch's workers do, hands that on.
        var signals = sigset_t()
        sigemptyset(&signals)
        for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        // With a standard stream closed, the next file opened would take its number, and what is
        // printed would land in that file.
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 {
            let null = open("/dev/null", O_RDWR)
            if null >= 0, null != descriptor { close(null) }
        }
    }

    /// From now on a reader of the output that goes away (`unlooped train … --model FILE | head`) ends the printing,
    /// not the work: for verbs that leave files.
    static func worksOnUnread() {
        mayBeUnread.store(true, ordering: .relaxed)
        // A handler, since other programs that are started would go on ignoring what is ignored here.
        Interrupt.handle(SIGPIPE, once: false) { _ in }
    }

    private static let mayBeUnread = Atomic(false)

    /// Why something that was printed could not be written.
    private static let failure = Mutex<String?>(nil)

    /// Writes out what was printed so far.
    ///
    /// - Returns: why some of what was ever printed cannot be written, nil where all could.
    @discardableResult static func flush() -> String? {
        // The C library forgets what it could not write, so that the next attempt goes well.
        let isWritten = fflush(nil) == 0
        let isUnread = !isWritten && errno == EPIPE && mayBeUnread.load(ordering: .relaxed)
        let reason = isWritten || isUnread ? nil : String(cString: strerror(errno))
        return failure.withLock { first in
            first = first ?? reason
            return first
        }
    }

    /// Reports what may be wrong; the program goes on.
    static func warn(_ message: String) {
        write(styled("unlooped: warning: ", .yellow) + message.printable + "\n")
    }

    /// Reports what went wrong.
    static func fail(_ message: String) {
        flush()  // What was printed before comes first where both go to the same place.
        write(styled("unlooped: ", .red) + message.printable + "\n")
    }

    /// Reports what is being done.
    static func note(_ message: String) { write(message.printable + "\n") }

    /// Warns where times say nothing.
    static func warnOfDebugBuild() {
        #if DEBUG
        warn(
            "THIS IS A DEBUG BUILD, up to 100 times slower: its times say nothing; use 'swift run -c release unlooped'"
        )
        #endif
    }

    /// Shows the messages of a study.
    static func reporter() -> Reporter {
        var line = ProgressLine()
        return { message in
            switch message {
            case .note(let text): note(text)
            case .warning(let text): warn(text)
            case .failure(let text): fail(text)
            case .progress(let text): line.update(text)
            case .progressEnd: line.finish()
            }
        }
    }

    enum Style: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

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

    /// The columns of the terminal behind a stream; nil where there is none.
    static func columns(behind stream: Stream) -> Int? {
        var size = winsize()
        let isKnown = ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return isKnown ? Int(size.ws_col) : nil
    }

    /// The columns that what is printed may take: those of the terminal that shows it; elsewhere 80, or COLUMNS.
    static var width: Int {
        columns(behind: .output) ?? environment("COLUMNS").flatMap { Int($0) }.map { max(40, $0) } ?? 80
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

/// How far a long job is: one line that is written over on a terminal, and a plain line now and then
/// where standard error goes elsewhere.
struct ProgressLine {
    private let isTerminal = Terminal.isTerminal(.error)
    private let interval: Duration
    private let clock = ContinuousClock()
    private var next: ContinuousClock.Instant
    private var isShown = false

    /// - Parameter quiet: the least time between two lines where standard error is no terminal, and
    ///   before the first, so that a short job says nothing.
    init(quiet: Duration = .seconds(10)) {
        interval = isTerminal ? .milliseconds(100) : quiet
        next = clock.now + interval
    }

    /// Shows how far the job is, unless it was shown a moment ago.
    mutating func update(_ line: @autoclosure () -> String) {
        let now = clock.now
        guard now >= next else { return }
        next = now + interval
        show(line())
    }

    /// Takes the line away again. What is printed next starts at the left.
    mutating func finish() {
        if isShown { Terminal.overwrite(with: "") }
        isShown = false
    }

    private mutating func show(_ line: String) {
        guard isTerminal else { return Terminal.note(line) }
        // A line that wraps could not be written over.
        Terminal.overwrite(with: String(line.prefix((Terminal.columns(behind: .error) ?? 80) - 1)))
        isShown = true
    }
}

// Globals, since handlers are C functions, which cannot carry a context.
private let farewell = Atomic<UInt>(0)
private let patience = Atomic<UInt32>(0)

extension Interrupt {
    /// From now on the first Ctrl-C only sets `isRequested`, and so do the signals by which systems and terminals that
    /// close end programs; a second one ends the program at once, and so does a time in which nobody asked, as a single
    /// step may take long.
    ///
    /// - Parameters:
    ///   - message: what is then said on standard error.
    ///   - seconds: the time; nil where work so far must not be lost.
    static func watch(saying message: String = "", patience seconds: UInt32? = 1) {
        // To set an alarm for 0 seconds is to set none.
        patience.store(seconds ?? 0, ordering: .relaxed)
        // Kept for as long as the program runs. Storing also initializes what the handlers use.
        farewell.store(UInt(bitPattern: strdup(message)), ordering: .relaxed)
        clear()
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            let previous = handle(signal, once: true) { _ in
                Interrupt.request()
                alarm(patience.load(ordering: .relaxed))
            }
            // As under nohup.
            if signal == SIGHUP, previous.isIgnored { Foundation.signal(signal, SIG_IGN) }
        }
        handle(SIGALRM, once: false) { _ in
            // Only what a signal handler may call.
            if let text = UnsafePointer<CChar>(bitPattern: farewell.load(ordering: .relaxed)) {
                _ = write(2, text, strlen(text))
            }
            _exit(ExitCode.interrupted.rawValue)
        }
    }

    /// - Returns: how it was handled before.
    @discardableResult
    fileprivate static func handle(
        _ signal: Int32, once: Bool, _ handler: @escaping @convention(c) (Int32) -> Void
    ) -> sigaction {
        var (action, previous) = (sigaction(), sigaction())
        #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = handler
        #elseif canImport(Musl)
        action.__sa_handler.sa_handler = handler
        #else
        action.__sigaction_handler.sa_handler = handler
        #endif
        action.sa_flags = SA_RESTART | (once ? Int32(bitPattern: UInt32(SA_RESETHAND)) : 0)
        sigaction(signal, &action, &previous)
        return previous
    }
}

extension sigaction {
    fileprivate var isIgnored: Bool {
        #if canImport(Darwin)
        let handler = __sigaction_u.__sa_handler
        #elseif canImport(Musl)
        let handler = __sa_handler.sa_handler
        #else
        let handler = __sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: UInt.self) == unsafeBitCast(SIG_IGN, to: UInt.self)
    }
}

extension MappedFiles {
    /// From now on a file that is cut short while it is mapped is read as zeros, and `cutShort` names it.
    static func watch() {
        _ = cutShort  // initializes what the handler uses
        _ = replaceByZeros(at: 0)
        var action = sigaction()
        let handler:
            @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void = {
                signal, info, _ in
                // `si_addr`, which each C library has under another name in Swift.
                #if canImport(Darwin)
                let place = 24
                #else
                let place = 16
                #endif
                let address =
                    info.map { UnsafeRawPointer($0).load(fromByteOffset: place, as: UInt.self) } ?? 0
                // Anything else ends the program, when the same is tried again.
                if !MappedFiles.replaceByZeros(at: address) {
                    Foundation.signal(signal, SIG_DFL)
                }
            }
        #if canImport(Darwin)
        action.__sigaction_u.__sa_sigaction = handler
        #elseif canImport(Musl)
        action.__sa_handler.sa_sigaction = handler
        #else
        action.__sigaction_handler.sa_sigaction = handler
        #endif
        action.sa_flags = Int32(bitPattern: UInt32(SA_SIGINFO)) | SA_RESTART
        sigaction(SIGBUS, &action, nil)
    }

    /// Throws where a file was cut short.
    static func check() throws {
        if let path = cutShort { throw CutShort(path: path) }
    }

    /// A file that another program has cut short while it was read.
    struct CutShort: Error, CustomStringConvertible {
        let path: String

        var description: String {
            "\(path): has become shorter while it was used, so that what follows from it is not known; "
                + "let no other program write to it, and run again"
        }
    }
}

/// A note of the work in progress, for a line on standard error where a trap, or touching memory that may not be
/// touched, ends the program.
enum CrashNote {
    /// Runs `body`; where a signal ends the program meanwhile, a line says on what, and the exit status is 1.
    static func watch(_ body: () -> Void) {
        isAbout("")  // initializes what the handler uses
        var previous = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE].map { signal in
            (
                signal,
                Interrupt.handle(signal, once: true) {
                    // Only what a signal handler may call.
                    CrashNote.write("unlooped: ")
                    CrashNote.write(UnsafePointer(CrashNote.text.baseAddress), CrashNote.length)
                    CrashNote.write(
                        $0 == SIGSEGV || $0 == SIGBUS
                            ? ": touches memory outside of its buffers\n" : ": traps\n")
                    _exit(ExitCode.failure.rawValue)
                }
            )
        }
        body()
        for i in previous.indices { sigaction(previous[i].0, &previous[i].1, nil) }
    }

    /// Names what is done from now on.
    static func isAbout(_ name: String) {
        var name = name
        name.withUTF8 { length = text.update(fromContentsOf: $0.prefix(text.count)) }
    }

    private static func write(_ text: StaticString) { write(text.utf8Start, text.utf8CodeUnitCount) }

    private static func write(_ text: UnsafePointer<UInt8>?, _ count: Int) {
        _ = Foundation.write(Terminal.Stream.error.rawValue, text, count)
    }

    // Only written by the one thread that names what it does.
    private nonisolated(unsafe) static let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 400)
    private nonisolated(unsafe) static var length = 0
}

/// A table for the terminal, no wider than that where it can be: columns that matter the least are left out where there is no room for
/// all, and then texts are wrapped between words.
struct TextTable {
    private let rows: [[String]]
    private let left: Set<Int>
    private let spare: [String]

    /// A table under `head`; the first `leading` columns and the last `trailing` are set to the left, all others to the
    /// right.
    ///
    /// - Parameter spare: the heads of columns that can be left out, the first of them first.
    init(_ head: [String], _ rows: [[String]], leading: Int = 1, trailing: Int = 0, spare: [String] = []) {
        (self.rows, self.spare) = ([head] + rows, spare)
        left = Set(head.indices.prefix(leading)).union(head.indices.suffix(trailing))
    }

    var lines: [String] { lines(width: Terminal.width) }

    func lines(width: Int) -> [String] {
        var shown = Array(rows[0].indices)
        var spare = spare[...]
        while total(shown) > width, let name = spare.popFirst() { shown.removeAll { rows[0][$0] == name } }
        var widths = widths(shown)
        // The widest text gives way, down to 24 columns; what is wider even so is left as it is.
        let excess = total(shown) - width
        if excess > 0,
            let i = shown.indices.filter({ left.contains(shown[$0]) }).max(by: { widths[$0] < widths[$1] })
        {
            widths[i] = max(widths[i] - excess, min(widths[i], 24))
        }
        return rows.flatMap { row -> [String] in
            let cells = shown.indices.map { i -> [String] in
                let text = row.indices.contains(shown[i]) ? row[shown[i]] : ""
                guard text.visibleCount > widths[i] else { return [text] }
                return text.wrapped(to: widths[i]).split(separator: "\n").map(String.init)
            }
            return (0..<(cells.map { $0.count }.max() ?? 0)).map { line in
                let texts = shown.indices.map { i -> String in
                    let text = cells[i].indices.contains(line) ? cells[i][line] : ""
                    return left.contains(shown[i])
                        ? text.padded(to: widths[i]) : text.leftPadded(to: widths[i])
                }
                return texts.joined(separator: "  ").trimmingSuffix(" ")
            }
        }
    }

    private func widths(_ columns: [Int]) -> [Int] {
        columns.map { column in
            rows.map { $0.indices.contains(column) ? $0[column].visibleCount : 0 }.max() ?? 0
        }
    }

    private func total(_ columns: [Int]) -> Int {
        widths(columns).reduce(0, +) + 2 * max(0, columns.count - 1)
    }
}

extension BinaryFloatingPoint {
    /// Four significant digits, for people; JSON has all.
    var fourDigits: String { String(format: "%.4g", Double(self)) }
}

extension String {
    /// The text as a terminal shows it and no more: control characters, which may come from a file, are spelled out.
    var printable: String {
        func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
            // The latter turn the direction of what follows.
            scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
                || ("\u{202A}"..."\u{202E}").contains(scalar) || ("\u{2066}"..."\u{2069}").contains(scalar)
        }
        guard unicodeScalars.contains(where: isHarmful) else { return self }
        return unicodeScalars.map { isHarmful($0) ? $0.escaped(asASCII: true) : String($0) }.joined()
    }

    /// The text in lines of at most `width` characters, broken between words, but not next to an operator; all but
    /// the first are indented, within that width.
    func wrapped(to width: Int, indent: Int = 0) -> String {
        let operators: Set<Substring> = ["=", ":=", "≤", "≥", "<", ">", "+", "−", "·", "∗", "⊕"]
        var words: [String] = []
        var isOpen = false
        for word in split(separator: " ") {
            if let last = words.last, isOpen || operators.contains(word), last.count + word.count < width {
                words[words.count - 1] += " " + word
            } else {
                words.append(String(word))
            }
            isOpen = operators.contains(word)
        }
        var lines = [""]
        for word in words {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = word
            } else if last.count + word.count + (lines.count > 1 ? indent : 0) < width {
                lines[lines.count - 1] += " " + word
            } else {
                lines.append(word)
            }
        }
        return lines.joined(separator: "\n" + String(repeating: " ", count: indent))
    }

    /// The text with spaces behind it, at least `width` characters in all.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - visibleCount))
    }

    /// The text with spaces before it, at least `width` characters in all.
    func leftPadded(to width: Int) -> String {
        String(repeating: " ", count: max(0, width - visibleCount)) + self
    }

    /// The characters that take room: not those of styles.
    var visibleCount: Int {
        guard contains("\u{1B}") else { return count }
        return replacing(/\u{1B}\[[0-9]*m/, with: "").count
    }

    /// The text without spaces at its end.
    fileprivate func trimmingSuffix(_ character: Character) -> String {
        String(self[..<(lastIndex { $0 != character }.map { index(after: $0) } ?? startIndex)])
    }
}
