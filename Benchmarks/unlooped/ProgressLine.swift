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
        Terminal.overwrite(with: String(line.prefix(Terminal.columns - 1)))
        isShown = true
    }
}
