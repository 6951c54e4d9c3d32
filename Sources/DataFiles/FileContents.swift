import Foundation

/// Reading a whole file, with a reason where it cannot be read.
enum FileContents {
    /// Why a file cannot be read.
    enum Failure: Error {
        case missing
        case isFolder
        /// Neither a plain file nor a pipe, such as a device without end.
        case isDevice
        /// In the system's words.
        case system(String)
    }

    /// The bytes of the file or pipe at `path`.
    ///
    /// They are read, not mapped: a mapped file that another program cuts short takes us down with it.
    static func read(_ path: String) throws(Failure) -> Data {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            // "Not a directory": a file stands where a folder should be, so nothing is at the path.
            throw errno == ENOENT || errno == ENOTDIR ? .missing : .latest
        }
        defer { close(descriptor) }
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw .latest }
        switch info.st_mode & S_IFMT {
        case S_IFDIR: throw .isFolder
        case S_IFREG, S_IFIFO, S_IFSOCK: break
        default: throw .isDevice
        }
        return try readToEnd(descriptor, expected: Int(info.st_size))
    }

    private static func readToEnd(_ descriptor: Int32, expected: Int) throws(Failure) -> Data {
        // One byte more than expected shows the end of the file without another, larger buffer.
        var data = Data(count: max(expected + 1, 1 << 16))
        var filled = 0
        while true {
            if filled == data.count { data.count *= 2 }
            let room = data.count - filled
            let count = data.withUnsafeMutableBytes { bytes in
                Foundation.read(descriptor, bytes.baseAddress?.advanced(by: filled), room)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .latest }
            guard count > 0 else { break }
            filled += count
        }
        return data.prefix(filled)
    }
}

extension FileContents.Failure {
    /// The latest error of a call of the system.
    fileprivate static var latest: Self { .system(String(cString: strerror(errno))) }
}
