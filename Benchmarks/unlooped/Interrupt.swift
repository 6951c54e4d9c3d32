import Foundation
import Synchronization

// A global, since the handler is a C function, which cannot carry a context.
private let flag = Atomic<Bool>(false)

/// Ctrl-C as a question that a long job asks between two steps.
enum Interrupt {
    /// Whether Ctrl-C was pressed since `watch`.
    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// From now on the first Ctrl-C only sets `isRequested`; a second one ends the program at once.
    static func watch() {
        flag.store(false, ordering: .relaxed)  // Also sees to it that the handler finds it made.
        var action = sigaction()
        #if canImport(Darwin)
        action.__sigaction_u.__sa_handler = { _ in flag.store(true, ordering: .relaxed) }
        #else
        action.__sigaction_handler.sa_handler = { _ in flag.store(true, ordering: .relaxed) }
        #endif
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | Int32(SA_RESTART)
        sigaction(SIGINT, &action, nil)
    }
}
