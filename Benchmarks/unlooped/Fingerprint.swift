import Foundation

/// A number that tells files apart; it is no protection against anyone who wants two to look the same.
package enum Fingerprint {
    /// The 64-bit FNV-1a hash in 16 hexadecimal digits.
    ///
    /// The offset and the prime are those of G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, "The FNV
    /// Non-Cryptographic Hash Algorithm" (RFC 9923).
    package static func of(_ data: Data) -> String {
        let hash = data.withUnsafeBytes { bytes in
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            return hash
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
