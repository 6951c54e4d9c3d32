import DataFiles
import Foundation
import Measurement
import Problems

/// One block of a cell that is to be sampled, here or in a fresh process, which reads it as JSON.
package struct BlockRequest: Codable {
    let cell: Cell
    let block: Int
    let settings: SamplerSettings
    let maximumNanoseconds: Int
    let seed: UInt64

    /// The rungs that take part, and why some of them are not to be timed.
    private(set) var names: [String]
    package var skips: [String: String] = [:]

    /// The hash of the program's file, so that a program built anew in between does not answer; nil where
    /// unknown.
    package var fingerprint: String?

    /// The rungs that run twice; nil where that is still to be chosen.
    var controls: [String]?

    /// Where the data are; nil for random data.
    package var data: BlockData?

    /// The peers that take part, and why some of them are not to be timed.
    package var peers: [Peer] = []
    var peerSkips: [String: String] = [:]

    /// Leaves out all but some rungs and peers.
    mutating func keep(_ wanted: [String]) {
        names.removeAll { !wanted.contains($0) }
        peers.removeAll { !wanted.contains($0.name) }
    }

    /// A block with random data and no peers; its controls are still to be chosen.
    package init(
        _ cell: Cell, block: Int, _ settings: SamplerSettings, maximumNanoseconds: Int, seed: UInt64,
        names: [String]
    ) {
        (self.cell, self.block, self.settings, self.names) = (cell, block, settings, names)
        (self.maximumNanoseconds, self.seed) = (maximumNanoseconds, seed)
    }
}

/// A process that samples blocks: what a process happens to be given, such as where its memory lies and how its threads
/// are placed, is given anew. Peers live as long as it does.
package final class FreshProcess {
    /// The verb of the program that samples blocks: it reads a `BlockRequest` in each line of standard input, and answers
    /// with the result in a line.
    package static let verb = "sample-block"

    private let child: ChildProcess

    init() throws(FreshProcessError) {
        do {
            // What it says on standard error is for the user.
            child = try ChildProcess([Executable.file.path, Self.verb], errors: 2)
        } catch {
            throw FreshProcessError(reason: "\(error)")
        }
    }

    deinit { end() }

    /// The result of a block; nil where Ctrl-C ended it. After an error nothing more can be asked.
    func sample(_ request: BlockRequest) throws(FreshProcessError) -> CellResult? {
        var line: Data
        do {
            line = try JSONEncoder().encode(request) + Data("\n".utf8)
        } catch {
            throw FreshProcessError(reason: "the request cannot be put into words: \(error)")
        }
        var (isOpen, isAsked) = (true, true)
        while !line.isEmpty, isAsked, isOpen, !Interrupt.isRequested {
            isOpen = child.listen(for: 250, untilWritable: true)
            isAsked = child.write(&line)
        }
        while isOpen, !Interrupt.isRequested {
            if let answer = child.output.removeLine() { return try understand(answer) }
            isOpen = child.listen(for: 250)
        }
        // Nothing of a block that is not finished is kept.
        if Interrupt.isRequested {
            child.kill()
            return nil
        }
        if let answer = child.output.removeLine() { return try understand(answer) }
        let ending = child.ending(within: 1).map { "it ended \($0)" }
        throw FreshProcessError(reason: ending ?? "it closed its output")
    }

    private func understand(_ answer: Data) throws(FreshProcessError) -> CellResult {
        do {
            return try CellResult(json: answer)
        } catch {
            throw FreshProcessError(reason: "its answer cannot be understood: \(error)")
        }
    }

    /// Has it end. It takes the end of its input for the end of this process, and ends its peers first.
    func end() {
        child.closeInput()
        if child.ending(within: 20) == nil { child.kill() }
    }
}

extension Data {
    /// Removes the first line, and returns it without its end; nil where none has come whole.
    mutating func removeLine() -> Data? {
        guard let end = firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { self = Data(self[(end + 1)...]) }
        return self[..<end]
    }
}

/// A block that could not be sampled in a fresh process. The others still count.
struct FreshProcessError: Error { let reason: String }
