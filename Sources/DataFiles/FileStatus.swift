import Foundation

/// What the system says of a file.
struct FileStatus {
    private var info = stat()

    /// Of the file at a path, or that a symbolic link there leads to.
    init(_ path: String) throws(FileProblem) {
        guard stat(path, &info) == 0 else { throw .latestOfPath }
    }

    /// Of an open file.
    init(_ descriptor: Descriptor) throws(FileProblem) {
        guard fstat(descriptor.number, &info) == 0 else { throw .latest }
    }

    /// Bytes in it; of a pipe, 0.
    var size: Int { Int(info.st_size) }

    var isFolder: Bool { kind == S_IFDIR }

    var isPlain: Bool { kind == S_IFREG }

    var isPipe: Bool { kind == S_IFIFO || kind == S_IFSOCK }

    private var kind: mode_t { info.st_mode & S_IFMT }
}
