import Dispatch
import Foundation
import Problems

/// A file that is open for reading, until the value is gone.
struct OpenFile: ~Copyable {
    /// For calls of the system.
    let descriptor: Descriptor
    private let status: FileStatus

    /// Opens the plain file or the pipe at `path`; `-` is standard input.
    ///
    /// - Parameters:
    ///   - expected: the kind of file, with its article, for errors: "a CSV file".
    ///   - onDisk: whether only a plain file will do.
    init(_ path: String, expecting expected: String, onDisk: Bool = false) throws(FileError) {
        // Opening a pipe may wait for ever.
        if onDisk { try FileStatus(path).check(path, expecting: expected, onDisk: true) }
        let number = path == "-" ? fcntl(0, F_DUPFD_CLOEXEC, 3) : open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .ofPath(path) }
        let descriptor = Descriptor(number: number, path: path)
        let status: FileStatus
        do throws(FileError) {
            status = try FileStatus(descriptor)
            try status.check(path, expecting: expected, onDisk: onDisk)
        } catch {
            close(number)
            throw error
        }
        (self.descriptor, self.status) = (descriptor, status)
    }

    /// The path, as it was given.
    var path: String { descriptor.path }

    /// Bytes in it; of a pipe, 0.
    var size: Int { status.size }

    /// Whether it is a plain file, not a pipe.
    var isPlain: Bool { status.isPlain }

    deinit { close(descriptor.number) }

    /// All bytes.
    ///
    /// They are read, not mapped: a mapped file that another program cuts short would end this one too.
    func readToEnd() throws(FileError) -> Data {
        try PhysicalMemory.check(bytes: UInt64(size), for: path)
        // The files of /proc are plain and seem to be empty.
        return isPlain && size > 0 ? try readInParts() : try descriptor.readToEnd()
    }

    /// The bytes at the start of a plain file: `count`, or fewer where it ends before.
    func firstBytes(_ count: Int) throws(FileError) -> [UInt8] { try descriptor.bytes(count) }

    /// Several parts at a time: reading is mostly copying, and being given memory.
    private func readInParts() throws(FileError) -> Data {
        let memory = LargePages.allocate(byteCount: size)
        let parts = stride(from: 0, to: size, by: 4 << 20).map { start in
            Part(memory: .init(start: memory + start, count: min(4 << 20, size - start)), offset: start)
        }
        let descriptor = descriptor
        let outcomes = concurrentMap(parts) { part in
            Result { () throws(FileError) in try descriptor.read(into: part.memory, at: part.offset) }
        }
        var count = 0
        do throws(FileError) {
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
        // The data own the memory; of a few bytes they make a copy, and give the memory back at once.
        return Data(
            bytesNoCopy: memory, count: count, deallocator: .custom { bytes, _ in bytes.deallocate() })
    }

    /// Bytes of the file, and the memory that takes them.
    private struct Part: Sendable {
        nonisolated(unsafe) let memory: UnsafeMutableRawBufferPointer
        let offset: Int
    }
}

/// An open file as the system knows it; whoever opened it closes it.
struct Descriptor: Sendable {
    let number: Int32
    /// Its name in errors.
    let path: String

    /// Reads at a place of a plain file; returns how many bytes there were.
    func read(into memory: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) -> Int {
        var filled = 0
        while filled < memory.count {
            let place = off_t(offset + filled)
            let count = pread(number, memory.baseAddress?.advanced(by: filled), memory.count - filled, place)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .ofSystem(path) }
            guard count > 0 else { break }
            filled += count
        }
        return filled
    }

    /// The bytes at a place of a plain file: `count`, or fewer where it ends before.
    func bytes(_ count: Int, at offset: Int = 0) throws(FileError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let outcome = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(FileError) in try read(into: buffer, at: offset) }
        }
        let found = try outcome.get()
        return found == count ? bytes : Array(bytes.prefix(found))
    }

    /// All bytes to the end of a pipe, or of whatever shows its length at its end only.
    ///
    /// - Parameter enough: how many bytes will do.
    func readToEnd(enough: Int = .max) throws(FileError) -> Data {
        var data = Data(count: 1 << 16)
        var filled = 0
        while filled < enough {
            if filled == data.count {
                try PhysicalMemory.check(bytes: 2 * UInt64(filled), for: path)
                data.count *= 2
            }
            let room = data.count - filled
            let count = data.withUnsafeMutableBytes { bytes in
                Foundation.read(number, bytes.baseAddress?.advanced(by: filled), room)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .ofSystem(path) }
            guard count > 0 else { break }
            filled += count
        }
        return data.prefix(filled)
    }
}

/// The status of a file, from the system.
struct FileStatus {
    private var info = stat()

    /// Of the file at a path, or that a symbolic link there leads to.
    init(_ path: String) throws(FileError) {
        guard stat(path, &info) == 0 else { throw .ofPath(path) }
    }

    init(_ descriptor: Descriptor) throws(FileError) {
        guard fstat(descriptor.number, &info) == 0 else { throw .ofSystem(descriptor.path) }
    }

    /// Bytes in it; of a pipe, 0.
    var size: Int { Int(info.st_size) }

    var isFolder: Bool { kind == S_IFDIR }

    var isPlain: Bool { kind == S_IFREG }

    private var isPipe: Bool { kind == S_IFIFO || kind == S_IFSOCK }

    private var kind: mode_t { info.st_mode & S_IFMT }

    /// Throws where it is not a plain file or, unless it has to be on disk, a pipe.
    fileprivate func check(_ path: String, expecting expected: String, onDisk: Bool) throws(FileError) {
        if isFolder { throw FileError(path, kind: .unreadable, "is a folder; expected \(expected)") }
        if onDisk, !isPlain {
            throw FileError(path, kind: .unreadable, "is a device or a pipe; expected \(expected) on disk")
        }
        guard isPlain || isPipe else {
            throw FileError(path, kind: .unreadable, "is a device; expected \(expected) or a pipe")
        }
    }
}

extension FileError {
    /// The latest error of a call of the system.
    static func ofSystem(_ path: String) -> Self {
        FileError(path, kind: .unreadable, "cannot be read: \(String(cString: strerror(errno)))")
    }

    /// The latest error of a call that takes a path.
    fileprivate static func ofPath(_ path: String) -> Self {
        // "Not a directory": a file is where a folder should be, so nothing is at the path.
        guard errno == ENOENT || errno == ENOTDIR else { return ofSystem(path) }
        return FileError(path, kind: .missing, "no such file; check the path")
    }
}

/// A check before memory is asked for: to ask for more than there is would end the program.
enum PhysicalMemory {
    /// Throws where `bytes` are more than this process can still have.
    static func check(bytes: UInt64, for path: String) throws(FileError) {
        // Not worth a look for a small file.
        guard bytes > 1 << 20, bytes > AvailableMemory.bytes else { return }
        throw FileError(
            path, kind: .unreadable,
            "takes \(bytes >> 20) MiB of memory, which is more than this process can have; give a part of it")
    }

    /// Zeros for `rows` of `columns` scalars each, where the machine has the memory for them.
    static func zeros<Scalar: RealScalar>(
        rows: Int, columns: Int, for path: String
    ) throws(FileError) -> AlignedBuffer<Scalar> {
        let (count, countOverflows) = rows.multipliedReportingOverflow(by: columns)
        let (bytes, overflows) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
        try check(bytes: countOverflows || overflows ? .max : UInt64(bytes), for: path)
        return AlignedBuffer(zeros: count)
    }
}

/// `transform` of all elements, as many at a time as there are processors.
func concurrentMap<Element: Sendable, Result: Sendable>(
    _ elements: [Element], _ transform: @Sendable (Element) -> Result
) -> [Result] {
    [Result](unsafeUninitializedCapacity: elements.count) { buffer, count in
        // Each iteration writes an element of its own.
        nonisolated(unsafe) let results = buffer
        DispatchQueue.concurrentPerform(iterations: elements.count) { index in
            results.initializeElement(at: index, to: transform(elements[index]))
        }
        count = elements.count
    }
}
