import DataFiles
import Foundation
import Ladders
import Measurement
import Problems

/// The program's own file, and what follows from it.
package enum Executable {
    /// Where it is.
    package static var file: URL { ResourceFolder.program }

    package static var build: Build {
        .current(
            instructionSet: instructionSet, commit: GitCommit.describe(file.deletingLastPathComponent()),
            fingerprint: fingerprint)
    }

    /// A hash of the file; nil where it cannot be read.
    package static var fingerprint: String? {
        (try? Data(contentsOf: file, options: .alwaysMapped)).map { Fingerprint.of($0) }
    }

    /// The instruction set that the kernels were compiled for, as Package.swift defines it.
    private static var instructionSet: String {
        #if REQUIRES_X86_64_V4
        "x86-64-v4"
        #elseif REQUIRES_X86_64_V3
        "x86-64-v3"
        #elseif REQUIRES_X86_64_V2
        "x86-64-v2"
        #elseif arch(x86_64)
        "x86-64"
        #elseif arch(arm64)
        "arm64"
        #else
        "unknown"
        #endif
    }
}

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
        } catch { return nil }
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

package enum GitCommit {
    /// The name that git gives the commit that is checked out around `folder`: the nearest tag or twelve digits,
    /// and `-dirty` where a tracked file differs.
    ///
    /// - Returns: nil where the folder is in no checkout, or git is not installed.
    package static func describe(_ folder: URL) -> String? {
        let words = [
            "git", "-C", folder.path, "--no-optional-locks", "describe", "--always", "--dirty", "--abbrev=12",
        ]
        // Started by a hook of git, this would be asked about another repository.
        let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("GIT_") }
        guard let data = ChildProcess.output(of: words, environment: environment) else { return nil }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        return text.isEmpty ? nil : text
    }
}
