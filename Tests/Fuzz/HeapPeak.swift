import Synchronization

// Not in the type: what C calls can hold no context.
private let current = Atomic(0)
private let greatest = Atomic(0)

/// The most bytes that were on the heap at a time, counted by hooks of the sanitizer's allocator. What is
/// mapped does not count.
enum HeapPeak {
    /// Counts from now on.
    static func install() {
        let installed = installHooks(
            { _, size in
                let now = current.add(size, ordering: .relaxed).newValue
                greatest.max(now, ordering: .relaxed)
            },
            { memory in current.subtract(allocatedSize(memory), ordering: .relaxed) })
        precondition(installed > 0, "the sanitizer takes no more hooks")
    }

    /// How many bytes more than at its start were on the heap while `body` ran.
    static func bytes(_ body: () -> Void) -> Int {
        let start = current.load(ordering: .relaxed)
        greatest.store(start, ordering: .relaxed)
        body()
        return greatest.load(ordering: .relaxed) - start
    }
}

// Of <sanitizer/allocator_interface.h>.

@_silgen_name("__sanitizer_install_malloc_and_free_hooks")
private func installHooks(
    _ allocated: @convention(c) (UnsafeRawPointer?, Int) -> Void,
    _ freed: @convention(c) (UnsafeRawPointer?) -> Void
) -> CInt

@_silgen_name("__sanitizer_get_allocated_size")
private func allocatedSize(_ memory: UnsafeRawPointer?) -> Int
