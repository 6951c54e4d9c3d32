import Foundation

/// A number that tells files apart; it is no protection against anyone who wants two to look the same.
package struct Fingerprint {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The 64-bit FNV-1a hash in 16 hexadecimal digits.
    ///
    /// The offset and the prime are those of G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV
    /// Non-Cryptographic Hash Algorithm" (RFC 9923).
    package static func of(_ data: Data) -> String {
        var fingerprint = Fingerprint()
        fingerprint.add(data)
        return fingerprint.digits
    }

    /// The same of a file, read in parts; nil where it cannot be read, or is no plain file.
    package static func of(fileAt path: String) -> String? {
        guard AtomicFile.isOrdinaryFile(path), let file = FileHandle(forReadingAtPath: path) else {
            return nil
        }
        var fingerprint = Fingerprint()
        do {
            while let part = try file.read(upToCount: 1 << 20), !part.isEmpty { fingerprint.add(part) }
        } catch {
            return nil
        }
        return fingerprint.digits
    }

    private mutating func add(_ data: Data) {
        hash = data.withUnsafeBytes { bytes in
            var hash = hash
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return hash
        }
    }

    private var digits: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
