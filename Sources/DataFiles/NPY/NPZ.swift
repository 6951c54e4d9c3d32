import Foundation

/// An archive of NumPy arrays as numpy.savez and savez_compressed write it: a zip file (PKWARE's APPNOTE.TXT) with an NPY
/// file for each array. One array is named by "archive.npz:name".
struct NPZ: ~Copyable {
    private let file: OpenFile
    private let members: [Member]

    /// A file in the archive.
    private struct Member {
        let name: String
        /// 0 for stored, 8 for deflated.
        let method: Int
        let checksum: [UInt8]
        let packedSize, size, offset: Int
        /// The size as it ends a gzip file.
        let sizeBytes: [UInt8]
    }

    /// The archive and the array that a path names; nil where it is none of the kind.
    static func parts(of path: String) -> (archive: String, array: String)? {
        guard let end = path.range(of: ".npz:", options: [.caseInsensitive, .backwards]) else { return nil }
        return (String(path[..<path.index(before: end.upperBound)]), String(path[end.upperBound...]))
    }

    /// Reads the directory at the end of an archive.
    init(_ path: String) throws(FileError) {
        let file = try OpenFile(path, expecting: "an .npz file", onDisk: true)
        let broken = FileError(path, "is no whole .npz archive; save the arrays again with numpy.savez")
        // The end record has 22 bytes, and a comment of up to 65535.
        let tailStart = max(0, file.size - 65_557)
        let tail = try file.descriptor.bytes(file.size - tailStart, at: tailStart)
        let places = tail.indices.dropLast(21).reversed()
        guard let end = places.first(where: { Self.number(tail, $0, 4) == 0x0605_4B50 }) else { throw broken }
        let (count, length, start) = (
            Self.number(tail, end + 10, 2), Self.number(tail, end + 12, 4), Self.number(tail, end + 16, 4)
        )
        guard start + length <= file.size else { throw broken }
        let directory = try file.descriptor.bytes(length, at: start)
        var (members, next) = ([Member](), 0)
        for _ in 0..<count {
            guard next + 46 <= directory.count, Self.number(directory, next, 4) == 0x0201_4B50 else {
                throw broken
            }
            let nameEnd = next + 46 + Self.number(directory, next + 28, 2)
            guard nameEnd <= directory.count else { throw broken }
            members.append(
                Member(
                    name: String(decoding: directory[(next + 46)..<nameEnd], as: UTF8.self),
                    method: Self.number(directory, next + 10, 2),
                    checksum: Array(directory[(next + 16)..<(next + 20)]),
                    packedSize: Self.number(directory, next + 20, 4),
                    size: Self.number(directory, next + 24, 4),
                    offset: Self.number(directory, next + 42, 4),
                    sizeBytes: Array(directory[(next + 24)..<(next + 28)])))
            next = nameEnd + Self.number(directory, next + 30, 2) + Self.number(directory, next + 32, 2)
        }
        self.file = file
        self.members = members
    }

    /// The names of the arrays, as numpy.load has them.
    var names: [String] {
        members.map(\.name).filter { $0.hasSuffix(".npy") }.map { String($0.dropLast(4)) }
    }

    /// The NPY file of an array.
    func contents(of array: String) throws(FileError) -> Data {
        let path = file.path
        guard let member = members.first(where: { $0.name == array + ".npy" }) else {
            let list = names.prefix(12).map { "'\($0.shown)'" }.joined(separator: ", ")
            throw FileError(path, "has no array '\(array.shown)'; it has \(names.isEmpty ? "none" : list)")
        }
        let broken = FileError(path, "is broken in the array '\(array.shown)'; save it again")
        // Greater ones have their sizes elsewhere.
        guard member.size < 0xFFFF_FFFF, member.packedSize < 0xFFFF_FFFF, member.offset < 0xFFFF_FFFF else {
            throw FileError(path, "has 4 GiB or more in the array '\(array.shown)'; save it with numpy.save")
        }
        let header = try file.descriptor.bytes(30, at: member.offset)
        guard header.count == 30, Self.number(header, 0, 4) == 0x0403_4B50 else { throw broken }
        let start = member.offset + 30 + Self.number(header, 26, 2) + Self.number(header, 28, 2)
        guard start + member.packedSize <= file.size else { throw broken }
        let bytes = try file.descriptor.bytes(member.packedSize, at: start)
        let contents: Data
        switch member.method {
        case 0: contents = Data(bytes)
        case 8:
            // gzip unpacks it between a header and an end of its own (RFC 1952).
            contents = try Self.unpacked(
                [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF] + bytes + member.checksum + member.sizeBytes, of: path
            )
        default:
            throw FileError(
                path, "packs the array '\(array.shown)' by method \(member.method); save it with numpy.savez")
        }
        guard contents.count == member.size else { throw broken }
        return contents
    }

    /// Unpacks a gzip file that is in memory, by way of a file without a name.
    private static func unpacked(_ bytes: [UInt8], of path: String) throws(FileError) -> Data {
        guard let temporary = tmpfile() else { throw .ofSystem(path) }
        defer { fclose(temporary) }
        guard fwrite(bytes, 1, bytes.count, temporary) == bytes.count, fflush(temporary) == 0 else {
            throw .ofSystem(path)
        }
        rewind(temporary)
        return try Descriptor(number: fileno(temporary), path: path).unpacked()
    }

    /// A number of some bytes, the lowest first.
    private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
}
