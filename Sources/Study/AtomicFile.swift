import Foundation

/// Files that are written whole or not at all.
package enum AtomicFile {
    /// Writes `text` as UTF-8.
    package static func write(_ text: String, to path: String, replacing: Bool = true) throws(OutputError) {
        try write(Data(text.utf8), to: path, replacing: replacing)
    }

    /// Writes `data` aside, in the folder of `path`, and then puts it in place, so that a reader finds
    /// either the old file or the new one. The folder is made where it is missing. What is no plain
    /// file, such as /dev/null or a pipe, is written to directly; a symbolic link is followed.
    ///
    /// - Parameters:
    ///   - replacing: whether a file that is there is replaced. Where it is not, what was to be written is kept under
    ///     another name, which the error gives.
    ///   - claim: keeps the file for this process, where it is given.
    package static func write(
        _ data: Data, to path: String, replacing: Bool = true, keeping claim: Claim? = nil
    ) throws(OutputError) {
        try write(parts: CollectionOfOne(data), to: path, replacing: replacing, keeping: claim)
    }

    /// The same with data that come in parts, one after the other.
    package static func write(
        parts: some Sequence<Data>, to path: String, replacing: Bool = true, keeping claim: Claim? = nil
    ) throws(OutputError) {
        let place = try Place(path)
        try place.checkFile()
        if let old = place.status, !old.isPlain {
            return try fill(place.path, flags: O_WRONLY, with: parts, as: path)
        }
        try makeFolder(place.folder, for: path)
        place.sweep()
        let aside = place.aside
        var isInPlace = false
        defer { if !isInPlace { unlink(aside) } }
        try fill(aside, flags: O_WRONLY | O_CREAT | O_EXCL, with: parts, as: path)

        // Whoever replaces a file holds it meanwhile, and so finds out who else does.
        var held: Claim?
        defer { withExtendedLifetime(held) {} }
        while let old = place.status {
            let isOurs = claim?.status == old
            guard isOurs || replacing else { throw try place.keep(aside) }
            chown(aside, old.owner, old.group)
            chmod(aside, old.permissions)
            if isOurs { break }
            held = try Claim(place)
            if held?.status == place.status { break }
        }
        let next = try claim.map { _ throws(OutputError) in try Claim(place, at: aside) }
        if place.status == nil, !replacing {
            guard link(aside, place.path) == 0 else {
                if errno == EEXIST { throw try place.keep(aside) }
                // Not all file systems have links.
                guard rename(aside, place.path) == 0 else { throw OutputError("put it in place", path) }
                isInPlace = true
                if let next { claim?.take(next) }
                return
            }
        } else {
            guard rename(aside, place.path) == 0 else { throw OutputError("put it in place", path) }
            isInPlace = true
        }
        if let next { claim?.take(next) }
    }

    /// Makes sure that `path` could be written, so that an hour's work is not lost at its end. Makes its
    /// folder where it is missing.
    package static func check(_ path: String) throws(OutputError) {
        let place = try Place(path)
        try place.checkFile()
        if let old = place.status {
            if !old.isPlain { return }
            _ = try Claim(place)
        } else if errno == ENAMETOOLONG {
            throw OutputError("open the file", path)
        }
        try makeFolder(place.folder, for: path)
        if access(place.folderPath, W_OK) != 0 { throw OutputError("make a file in the folder", path) }
        // Who may write to it still cannot make a file where a file system, such as /proc, has none.
        let trial = place.aside
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
    package static func isOrdinaryFile(_ path: String) -> Bool { FileStatus(path)?.isPlain == true }

    /// Whether two paths, whose folders are there, lead to the same file.
    package static func areSame(_ first: String, _ second: String) throws(OutputError) -> Bool {
        let (first, second) = (try Place(first), try Place(second))
        return first.name == second.name && FileStatus(first.folderPath) == FileStatus(second.folderPath)
    }

    private static func makeFolder(_ folder: String, for path: String) throws(OutputError) {
        // Part by part: Foundation's own way hides which part failed and why.
        var made = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            made += part
            // Another program may make it at the same time.
            if FileStatus(made) == nil, mkdir(made, 0o777) != 0, errno != EEXIST {
                throw OutputError("make the folder '\(made)'", path)
            }
            if let status = FileStatus(made), !status.isFolder {
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

extension AtomicFile {
    /// A file that other runs do not replace as long as this value lives, by a lock that ends with the process.
    package final class Claim {
        private var descriptor: Int32 = -1

        /// None yet: the first file that is written with it becomes the one.
        package init() {}

        /// Claims a file that is there.
        ///
        /// - Parameter path: where it is for now, if not in its place.
        fileprivate init(_ place: Place, at path: String? = nil) throws(OutputError) {
            descriptor = open(path ?? place.path, O_RDWR | O_CLOEXEC | O_NONBLOCK)
            guard descriptor >= 0 else {
                // It has gone meanwhile.
                if errno == ENOENT { return }
                throw OutputError("open the file", place.given)
            }
            var lock = flock()
            lock.l_type = Int16(F_WRLCK)
            guard fcntl(descriptor, F_SETLK, &lock) != 0, errno == EACCES || errno == EAGAIN else { return }
            let isKnown = fcntl(descriptor, F_GETLK, &lock) == 0 && lock.l_pid > 0
            throw OutputError(
                path: place.given,
                reason: "\(isKnown ? "process \(lock.l_pid)" : "another process") is writing it",
                advice: "wait for it to end, or name another file")
        }

        deinit { if descriptor >= 0 { close(descriptor) } }

        fileprivate var status: FileStatus? { FileStatus(descriptor: descriptor) }

        /// Takes over the claim of `other`.
        fileprivate func take(_ other: Claim) { swap(&descriptor, &other.descriptor) }
    }

    /// Where a file goes. A symbolic link that is the last part of a path is followed; all before the last name is
    /// left to the kernel, to which `link/..` is not the same as `.`.
    fileprivate struct Place {
        /// The path, as it was given.
        let given: String

        /// Up to the last slash; empty for the working directory.
        let folder: String
        let name: String

        init(_ given: String) throws(OutputError) {
            var path = given
            for _ in 0..<40 {
                let split =
                    path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
                let (folder, name) = (String(path[..<split]), String(path[split...]))
                var target = [CChar](repeating: 0, count: Int(PATH_MAX))
                let count = readlink(path, &target, target.count)
                guard count >= 0 else {
                    (self.given, self.folder, self.name) = (given, folder, name)
                    return
                }
                guard let link = String(validating: target[..<count], as: UTF8.self) else {
                    throw OutputError(path: given, reason: "it is a link to a name that is not UTF-8")
                }
                path = link.hasPrefix("/") ? link : folder + link
            }
            throw OutputError("open the file", given, ELOOP)
        }

        var path: String { folder + name }

        var folderPath: String { folder.isEmpty ? "." : folder }

        /// Nil where no file is there; `errno` then has the reason.
        var status: FileStatus? { FileStatus(path) }

        /// A path for what is to become the file.
        var aside: String { folder + asidePrefix + "\(getpid()).tmp" }

        /// A prefix that no other file has, nor one of another machine.
        private var asidePrefix: String {
            var host = [CChar](repeating: 0, count: 256)
            gethostname(&host, host.count - 1)
            let bytes = host.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) } + Array("/\(name)".utf8)
            return ".unlooped.\(Fingerprint.of(Data(bytes)))."
        }

        /// Removes what processes left that were killed while they wrote the file.
        func sweep() {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: folderPath)) ?? []
            for name in names where name.hasPrefix(asidePrefix) {
                guard
                    let id = name.dropFirst(asidePrefix.count).split(separator: ".").first.flatMap({
                        pid_t($0)
                    }),
                    id == getpid() || kill(id, 0) != 0 && errno == ESRCH
                else { continue }
                unlink(folder + name)
            }
        }

        /// Throws where what is there cannot be replaced, nor written to.
        func checkFile() throws(OutputError) {
            let status = status
            if name.isEmpty || status?.isFolder == true {
                throw OutputError(path: given, reason: "it is a folder; expected a file")
            }
            // Renaming asks only for a folder that can be written to; a file made read-only is meant so.
            if status != nil, access(path, W_OK) != 0 { throw OutputError("open the file", given) }
        }

        /// Keeps what was written aside under another name, since there is a file in its place.
        ///
        /// - Returns: the error that says so.
        func keep(_ aside: String) throws(OutputError) -> OutputError {
            for number in 2... {
                let other = "\(path).\(number)"
                if link(aside, other) == 0 {
                    return OutputError(
                        path: given,
                        reason: "it was not there before, and another program has made it meanwhile",
                        advice: "what was to be in it is in '\(other)'")
                }
                guard errno == EEXIST else { break }
            }
            throw OutputError("put it in place", given)
        }
    }
}

/// The status of a file, from the system; two are the same where they are of the same file.
private struct FileStatus: Equatable {
    private var info = stat()

    /// Of the file at a path, or that a symbolic link there leads to; nil where there is none.
    init?(_ path: String) { guard stat(path, &info) == 0 else { return nil } }

    init?(descriptor: Int32) { guard fstat(descriptor, &info) == 0 else { return nil } }

    var isPlain: Bool { info.st_mode & S_IFMT == S_IFREG }
    var isFolder: Bool { info.st_mode & S_IFMT == S_IFDIR }
    var owner: uid_t { info.st_uid }
    var group: gid_t { info.st_gid }

    /// Without those that lend a program its owner's rights.
    var permissions: mode_t { info.st_mode & 0o777 }

    static func == (first: Self, second: Self) -> Bool {
        (first.info.st_dev, first.info.st_ino) == (second.info.st_dev, second.info.st_ino)
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
