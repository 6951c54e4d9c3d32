import Foundation
import Synchronization

// Globals, since handlers are C functions, which cannot carry a context.
private let flag = Atomic<Bool>(false)
private let farewell = Atomic<UInt>(0)
private let patience = Atomic<UInt32>(0)

/// Ctrl-C as a question that a long job asks between two steps.
enum Interrupt {
    /// Whether Ctrl-C was pressed since `watch`.
    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// From now on the first Ctrl-C only sets `isRequested`; a second one ends the program at once, and so
    /// does a time in which nobody asked, as a single step may take long.
    ///
    /// - Parameters:
    ///   - message: what is then said on standard error.
    ///   - seconds: the time; nil where what was done so far must not be lost.
    static func watch(saying message: String = "", patience seconds: UInt32? = 1) {
        // To set an alarm for 0 seconds is to set none.
        patience.store(seconds ?? 0, ordering: .relaxed)
        // Kept for as long as the program runs. Storing also sees to it that the handlers find all made.
        farewell.store(UInt(bitPattern: strdup(message)), ordering: .relaxed)
        flag.store(false, ordering: .relaxed)
        handle(SIGINT, once: true) { _ in
            flag.store(true, ordering: .relaxed)
            alarm(patience.load(ordering: .relaxed))
        }
        handle(SIGALRM, once: false) { _ in
            // Only what a signal handler may call.
            if let text = UnsafePointer<CChar>(bitPattern: farewell.load(ordering: .relaxed)) {
                _ = write(2, text, strlen(text))
            }
            _exit(ExitCode.interrupted.rawValue)
        }
    }

    private static func handle(
        _ signal: Int32, once: Bool, _ handler: @escaping @convention(c) (Int32) -> Void
    ) {
        var action = sigaction()
        #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = handler
        #else
        action.__sigaction_handler.sa_handler = handler
        #endif
        action.sa_flags = SA_RESTART | (once ? Int32(bitPattern: UInt32(SA_RESETHAND)) : 0)
        sigaction(signal, &action, nil)
    }
}
