import Foundation

/// Files packed by gzip (RFC 1952), unpacked by the system's program of that name.
extension OpenFile {
    /// Whether it is a plain file that starts as a packed one does. A pipe is taken as it is.
    var isPacked: Bool {
        get throws(FileError) { isPlain ? try descriptor.bytes(2) == [0x1F, 0x8B] : false }
    }

    /// All bytes, unpacked where they are packed.
    func unpackedToEnd() throws(FileError) -> Data {
        let contents = try isPacked ? try unpacked() : try readToEnd()
        try FileError.checkFormat([UInt8](contents.prefix(FileError.formatLength)), of: path)
        return contents
    }

    /// The same up to a length that follows from the start of the contents, as some go on for ever.
    ///
    /// - Parameters:
    ///   - start: bytes that are enough to know it.
    ///   - length: the length, or an error.
    func unpacked(
        start: Int, upTo length: (Data) throws(FileError) -> Int
    ) throws(FileError) -> Data {
        // A pipe gives its bytes once only.
        let isPipe = !isPlain || size == 0
        let isPacked = try isPacked
        let head =
            isPacked
            ? try unpacked(enough: start)
            : isPipe ? try descriptor.readToEnd(enough: start) : Data(try descriptor.bytes(start))
        try FileError.checkFormat([UInt8](head.prefix(FileError.formatLength)), of: path)
        let length = try length(head.prefix(start))
        if isPacked { return try unpacked(enough: length) }
        if !isPipe { return try readToEnd() }
        return head.count < length ? head + (try descriptor.readToEnd(enough: length - head.count)) : head
    }

    /// The bytes by which formats are known, unpacked where they are packed.
    func start() throws(FileError) -> [UInt8] {
        let count = FileError.formatLength
        return try isPacked ? [UInt8](unpacked(enough: count).prefix(count)) : descriptor.bytes(count)
    }

    /// The contents of a packed file, or the beginning that is enough.
    private func unpacked(enough: Int = .max) throws(FileError) -> Data {
        try descriptor.unpacked(enough: enough)
    }
}

extension Descriptor {
    /// The unpacked contents, by gzip, or the beginning that is enough.
    func unpacked(enough: Int = .max) throws(FileError) -> Data {
        try output(
            of: [["gzip", "-dc"]], "unpacked",
            orSay: "is packed, and there is no program gzip; install it, or unpack the file",
            enough: enough)
    }

    /// The output of the first of some programs that this machine has, with the file as its input.
    ///
    /// - Parameters:
    ///   - programs: the name and the arguments of each.
    ///   - done: what they do with it, as in "cannot be unpacked".
    ///   - advice: the message where there is none of them.
    ///   - enough: how many bytes will do.
    func output(
        of programs: [[String]], _ done: String, orSay advice: String, enough: Int = .max
    ) throws(FileError) -> Data {
        func refused(_ reason: String) -> FileError {
            FileError(path, "cannot be \(done): \(reason.shown)")
        }
        // It shares the place in the file with whoever read from it before.
        guard lseek(number, 0, SEEK_SET) == 0 else { throw FileError.ofSystem(path) }
        var found: (name: String, child: ChildProcess)?
        for words in programs where found == nil {
            do {
                found = (words[0], try ChildProcess(words, input: number))
            } catch {
                guard error.isMissing else { throw refused("\(words[0]): \(error)") }
            }
        }
        guard let (name, child) = found else { throw FileError(path, kind: .unavailable, advice) }
        // A closed pipe or, in the end, a signal ends it.
        var (allowed, came) = (1 << 22, ContinuousClock.now)
        while case let count = child.output.count, count < enough, child.listen(for: 250) {
            if child.output.count > count {
                came = .now
            } else if came + .seconds(Self.patience) < .now {
                throw refused("\(name) gave nothing for \(Self.patience) s")
            }
            if child.output.count > allowed {
                allowed *= 2
                try PhysicalMemory.check(bytes: 2 * UInt64(allowed), for: path)
            }
        }
        guard child.output.count < enough else { return child.output.prefix(enough) }
        let ending = child.ending(within: Double(Self.patience))
        guard ending == .status(0) else {
            let words = String(decoding: child.lastWords, as: UTF8.self)
            let line = words.split(separator: "\n").first { !$0.isEmpty }.map(String.init)
            throw refused(line ?? "\(name) \(ending.map { "ended \($0)" } ?? "does not end")")
        }
        return child.output
    }

    /// Seconds for which a program may be silent.
    private static var patience: Int { 60 }
}

/// Formats that are not read, but known by how a file starts, so that an error can say what to do.
extension FileError {
    /// Bytes that are enough to know one.
    static let formatLength = 262

    private static let others: [(start: [UInt8], words: String)] = [
        ([0x1F, 0x8B], "is packed by gzip; unpack it with gunzip"),
        (Array("BZh".utf8), "is packed by bzip2; unpack it with bunzip2"),
        ([0xFD] + Array("7zXZ".utf8), "is packed by xz; unpack it with unxz"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is packed by zstd; unpack it with unzstd"),
        (Array("7z".utf8) + [0xBC, 0xAF], "is a 7z archive; unpack it, and give a file of it"),
        (Array("Rar!".utf8), "is a RAR archive; unpack it, and give a file of it"),
        (Array("PAR1".utf8), "is a Parquet file; save the table as CSV"),
        ([0x89] + Array("HDF".utf8), "is an HDF5 file; save the table as CSV, or the array by numpy.save"),
    ]

    /// Throws where a file that starts with these bytes is of a format that is known and not read.
    static func checkFormat(_ start: [UInt8], of path: String) throws(FileError) {
        if let words = words(start, path) { throw FileError(path, words) }
    }

    private static func words(_ start: [UInt8], _ path: String) -> String? {
        if start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6]) {
            if path.lowercased().hasSuffix(".npz") {
                let names = (try? NPZ(path).names.prefix(12).joined(separator: ", ")) ?? ""
                return "is an .npz archive of NumPy; name an array of it, as in '\(path.shown):x'"
                    + (names.isEmpty ? "" : "; it has \(names.shown)")
            }
            return path.lowercased().hasSuffix(".xlsx")
                ? "is an Excel workbook; save its sheet as CSV"
                : "is a zip archive; unpack it, and give a file of it"
        }
        if start.first != 0, start.dropFirst(257).starts(with: Array("ustar".utf8)) {
            return "is a tar archive; unpack it with tar -xf, and give a file of it"
        }
        return others.first { start.starts(with: $0.start) }?.words
    }
}
