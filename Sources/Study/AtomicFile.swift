import Foundation

/// Files that are written whole or not at all.
package enum AtomicFile {
    /// Writes `text` as UTF-8.
    package static func write(_ text: String, to path: String) throws(OutputError) {
        try write(Data(text.utf8), to: path)
    }

    /// Writes `data` aside, in the folder of `path`, and then puts it in place, so that a reader finds
    /// either the old file or the new one. The folder is made where it is missing. What is no plain
    /// file, such as /dev/null or a pipe, is written to directly; a symbolic link is followed.
    package static func write(_ data: Data, to path: String) throws(OutputError) {
        try write(parts: CollectionOfOne(data), to: path)
    }

    /// The same with data that come in parts, one after the other.
    package static func write(parts: some Sequence<Data>, to path: String) throws(OutputError) {
        var info = stat()
        let exists = stat(path, &info) == 0
        let kind = info.st_mode & S_IFMT
        if exists, kind == S_IFDIR {
            throw OutputError(path: path, reason: "it is a folder; expected a file")
        }
        if exists, kind != S_IFREG { return try fill(path, flags: O_WRONLY, with: parts, as: path) }
        // Renaming asks only for a folder that can be written to; a file made read-only is meant so.
        if exists, access(path, W_OK) != 0 { throw OutputError("open the file", path) }

        let given = URL(fileURLWithPath: path)
        let target = exists ? given.resolvingSymlinksInPath() : given
        let folder = target.deletingLastPathComponent()
        try makeFolder(folder.path, for: path)
        let aside = self.aside(in: folder)
        var isInPlace = false
        defer { if !isInPlace { unlink(aside) } }
        try fill(aside, flags: O_WRONLY | O_CREAT | O_EXCL, with: parts, as: path)
        if exists { chmod(aside, info.st_mode & 0o7777) }
        guard rename(aside, target.path) == 0 else { throw OutputError("put it in place", path) }
        isInPlace = true
    }

    /// The path of a file in `folder` that is not there yet.
    private static func aside(in folder: URL) -> String {
        let unique = "\(getpid()).\(UInt32.random(in: 0...(.max)))"
        return folder.appendingPathComponent(".unlooped.\(unique).tmp").path
    }

    /// Makes sure that `path` could be written, so that an hour's work is not lost at its end. Makes its
    /// folder where it is missing.
    package static func check(_ path: String) throws(OutputError) {
        var info = stat()
        if stat(path, &info) != 0 {
            if errno == ENAMETOOLONG { throw OutputError("open the file", path) }
        } else {
            if info.st_mode & S_IFMT == S_IFDIR {
                throw OutputError(path: path, reason: "it is a folder; expected a file")
            }
            if access(path, W_OK) != 0 { throw OutputError("open the file", path) }
            if info.st_mode & S_IFMT != S_IFREG { return }
        }
        let folder = URL(fileURLWithPath: path).resolvingSymlinksInPath().deletingLastPathComponent()
        try makeFolder(folder.path, for: path)
        if access(folder.path, W_OK) != 0 { throw OutputError("make a file in the folder", path) }
        // Who may write to it still cannot make a file where a file system, such as /proc, has none.
        let trial = aside(in: folder)
        let descriptor = open(trial, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw OutputError("make a file in the folder", path) }
        close(descriptor)
        unlink(trial)
    }

    /// Makes sure that `path` could be written, and that nothing is lost by it.
    ///
    /// - Parameter force: whether a file that exists may be written over.
    package static func check(_ path: String, force: Bool) throws(OutputError) {
        try check(path)
        if !force, isOrdinaryFile(path) {
            throw OutputError(
                path: path, reason: "it exists", advice: "name another file, or give --force to replace it")
        }
    }

    /// Whether there is a file that writing would replace; a pipe or device is none.
    package static func isOrdinaryFile(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }

    private static func makeFolder(_ folder: String, for path: String) throws(OutputError) {
        // Part by part: Foundation's own way hides which part failed and why.
        var made = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            made += part
            var info = stat()
            // Another program may make it at the same time.
            if stat(made, &info) != 0, mkdir(made, 0o777) != 0, errno != EEXIST {
                throw OutputError("make the folder '\(made)'", path)
            }
            if info.st_mode & S_IFMT != S_IFDIR, stat(made, &info) == 0, info.st_mode & S_IFMT != S_IFDIR {
                throw OutputError("make the folder '\(made)'", path, ENOTDIR)
            }
            made += "/"
        }
    }

    private static func fill(_ file: String, flags: Int32, with parts: some Sequence<Data>, as path: String)
        throws(OutputError)
    {
        let descriptor = open(file, flags | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw OutputError("open the file", path) }
        for part in parts {
            guard let failure = put(part, into: descriptor) else { continue }
            close(descriptor)
            throw OutputError("write", path, failure)
        }
        // Some file systems tell only now that there was no room.
        if close(descriptor) != 0 { throw OutputError("write", path) }
    }

    /// Writes all of `data`; the number of the system's error where that fails.
    private static func put(_ data: Data, into descriptor: Int32) -> Int32? {
        data.withUnsafeBytes { bytes -> Int32? in
            var rest = bytes[...]
            while !rest.isEmpty {
                let chunk = UnsafeRawBufferPointer(rebasing: rest)
                let count = Foundation.write(descriptor, chunk.baseAddress, chunk.count)
                if count < 0, errno == EINTR { continue }
                if count <= 0 { return errno }
                rest = rest.dropFirst(count)
            }
            return nil
        }
    }
}

/// A file or folder that cannot be written.
package struct OutputError: Error, Equatable, CustomStringConvertible {
    package let path: String

    /// The failed action, and the reason that the system gives.
    package let reason: String
    package var advice = "name a file in a folder that you may write to"

    /// The file that could not be written, why, and what to do.
    package var description: String { "cannot write '\(path)': \(reason); \(advice)" }
}

extension OutputError {
    fileprivate init(_ action: String, _ path: String, _ number: Int32 = errno) {
        self.init(path: path, reason: "cannot \(action): \(String(cString: strerror(number)))")
    }
}
