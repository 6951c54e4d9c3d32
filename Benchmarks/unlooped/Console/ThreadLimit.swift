import Foundation
import Synchronization

/// The threads that this process may have.
enum ThreadLimit {
    /// Makes sure that this process may have a thread for each processor: Dispatch, where it cannot start one, tries again
    /// for ever.
    static func check() throws(MissingThreadsError) {
        // Elsewhere the kernel gives Dispatch its threads.
        #if os(Linux)
        let count = ProcessInfo.processInfo.activeProcessorCount
        let gate = Gate()
        var failure: Int32 = 0
        var started: [pthread_t] = []
        while started.count < count, failure == 0 {
            #if canImport(Musl)
            var created: pthread_t?
            #else
            var created: pthread_t = 0
            #endif
            failure = pthread_create(&created, nil, Gate.pass, Unmanaged.passUnretained(gate).toOpaque())
            let thread: pthread_t? = created
            if failure == 0, let thread { started.append(thread) }
        }
        gate.isOpen.store(true, ordering: .relaxed)
        for thread in started { pthread_join(thread, nil) }
        if failure != 0 { throw MissingThreadsError(found: started.count, expected: count, number: failure) }
        #endif
    }

    /// Where threads wait until all have been started.
    private final class Gate: Sendable {
        let isOpen = Atomic(false)

        static let pass: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { wait($0) }

        private static func wait(_ gate: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let gate else { return nil }
            let isOpen = Unmanaged<Gate>.fromOpaque(gate).takeUnretainedValue()
            while !isOpen.isOpen.load(ordering: .relaxed) { usleep(20) }
            return nil
        }
    }

    /// Threads that this process may not have.
    struct MissingThreadsError: Error, CustomStringConvertible {
        let found, expected: Int
        let number: Int32

        var description: String {
            "this process may have \(found) more threads; expected \(expected), one for each processor "
                + "(\(String(cString: strerror(number)))); raise its limit, as by 'ulimit -u', or end other programs"
        }
    }
}
