import Foundation
import LogisticRegression

/// A file that is open for reading, until the value is gone.
struct OpenFile: ~Copyable {
    /// For calls of the system.
    let descriptor: Int32
    /// Bytes in it; of a pipe, 0.
    let size: Int
    /// Whether it is a plain file, not a pipe.
    let isPlain: Bool

    /// Opens the plain file or the pipe at `path`.
    init(_ path: String) throws(FileProblem) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // "Not a directory": a file stands where a folder should be, so nothing is at the path.
            throw errno == ENOENT || errno == ENOTDIR ? .missing : .latest
        }
        var info = stat()
        let problem: FileProblem? =
            if fstat(descriptor, &info) != 0 {
                .latest
            } else {
                switch info.st_mode & S_IFMT {
                case S_IFDIR: .isFolder
                case S_IFREG, S_IFIFO, S_IFSOCK: nil
                default: .isDevice
                }
            }
        if let problem {
            close(descriptor)
            throw problem
        }
        self.descriptor = descriptor
        size = Int(info.st_size)
        isPlain = info.st_mode & S_IFMT == S_IFREG
    }

    deinit { close(descriptor) }

    /// All bytes from here to the end.
    ///
    /// They are read, not mapped: a mapped file that another program cuts short takes us down with it.
    func readToEnd() throws(FileProblem) -> Data {
        try PhysicalMemory.check(bytes: UInt64(size))
        // The files of /proc are plain and seem to be empty.
        return isPlain && size > 0 ? try readAtOnce() : try readAsItComes()
    }

    /// In parts, several at a time; to read is mostly to copy, and to be given memory.
    private func readAtOnce() throws(FileProblem) -> Data {
        nonisolated(unsafe) let memory = LargePages.allocate(byteCount: size)
        let parts = stride(from: 0, to: size, by: 4 << 20).map { $0..<min($0 + 4 << 20, size) }
        let descriptor = descriptor
        let outcomes = concurrentMap(parts) { part in
            Result { () throws(FileProblem) in
                try Self.fill(memory + part.lowerBound, part.count, from: descriptor, at: part.lowerBound)
            }
        }
        var count = 0
        do throws(FileProblem) {
            for (part, outcome) in zip(parts, outcomes) {
                count += try outcome.get()
                // Another program has cut the file short meanwhile: it ends here.
                guard count == part.upperBound else { break }
            }
        } catch {
            memory.deallocate()
            throw error
        }
        // The data own the memory; a few bytes they copy, and give it back at once.
        return Data(
            bytesNoCopy: memory, count: count, deallocator: .custom { bytes, _ in bytes.deallocate() })
    }

    /// Reads at a place of the file; returns how many bytes it had.
    private static func fill(
        _ memory: UnsafeMutableRawPointer, _ room: Int, from descriptor: Int32, at offset: Int
    ) throws(FileProblem) -> Int {
        var filled = 0
        while filled < room {
            let count = pread(descriptor, memory + filled, room - filled, off_t(offset + filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .latest }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }

    /// A pipe, or whatever shows its length at its end only.
    private func readAsItComes() throws(FileProblem) -> Data {
        var data = Data(count: 1 << 16)
        var filled = 0
        while true {
            if filled == data.count {
                try PhysicalMemory.check(bytes: 2 * UInt64(filled))
                data.count *= 2
            }
            let room = data.count - filled
            let count = data.withUnsafeMutableBytes { bytes in
                read(descriptor, bytes.baseAddress?.advanced(by: filled), room)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .latest }
            guard count > 0 else { break }
            filled += count
        }
        return data.prefix(filled)
    }
}

extension FileProblem {
    /// The latest error of a call of the system.
    static var latest: Self { .unreadable(String(cString: strerror(errno))) }
}
