import Foundation
import Problems

/// A file that is open for reading, until the value is gone.
struct OpenFile: ~Copyable {
    /// For calls of the system.
    let descriptor: Descriptor
    private let status: FileStatus

    /// Opens the plain file or the pipe at `path`.
    init(_ path: String) throws(FileProblem) {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .latestOfPath }
        let descriptor = Descriptor(number: number)
        let status: FileStatus
        do throws(FileProblem) {
            status = try FileStatus(descriptor)
            if status.isFolder { throw .isFolder }
            guard status.isPlain || status.isPipe else { throw .isDevice }
        } catch {
            close(number)
            throw error
        }
        (self.descriptor, self.status) = (descriptor, status)
    }

    /// Bytes in it; of a pipe, 0.
    var size: Int { status.size }

    /// Whether it is a plain file, not a pipe.
    var isPlain: Bool { status.isPlain }

    deinit { close(descriptor.number) }

    /// All bytes.
    ///
    /// They are read, not mapped: a mapped file that another program cuts short takes us down with it.
    func readToEnd() throws(FileProblem) -> Data {
        try PhysicalMemory.check(bytes: UInt64(size))
        // The files of /proc are plain and seem to be empty.
        return isPlain && size > 0 ? try readInParts() : try descriptor.readToEnd()
    }

    /// Several parts at a time: to read is mostly to copy, and to be given memory.
    private func readInParts() throws(FileProblem) -> Data {
        let memory = LargePages.allocate(byteCount: size)
        let parts = stride(from: 0, to: size, by: 4 << 20).map { start in
            Part(memory: .init(start: memory + start, count: min(4 << 20, size - start)), offset: start)
        }
        let descriptor = descriptor
        let outcomes = concurrentMap(parts) { part in
            Result { () throws(FileProblem) in try descriptor.read(into: part.memory, at: part.offset) }
        }
        var count = 0
        do throws(FileProblem) {
            for (part, outcome) in zip(parts, outcomes) {
                let found = try outcome.get()
                count += found
                // Another program has cut the file short meanwhile: it ends here.
                guard found == part.memory.count else { break }
            }
        } catch {
            memory.deallocate()
            throw error
        }
        // The data own the memory; a few bytes they copy, and give it back at once.
        return Data(
            bytesNoCopy: memory, count: count, deallocator: .custom { bytes, _ in bytes.deallocate() })
    }

    /// Bytes of the file, and the memory that takes them.
    private struct Part: Sendable {
        nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer
        let offset: Int
    }
}
