import Foundation
import Problems
import Measurement

/// The peers of a run. A process is started for each when it is first needed and kept for all cells of its
/// number of threads, since some take seconds to start; one that failed is started anew in the next cell.
final class PeerCrew {
    /// A peer with a number of threads.
    private struct Post: Hashable {
        let peer: Peer
        let threads: Int
    }

    /// Those that take part, by the names that results have.
    private(set) var peers: [Peer] = []

    /// Where the data lie that they load.
    private let folder: URL

    private let guardian: PeerGuard
    private var processes: [Post: PeerProcess] = [:]
    private var files = 0

    /// Nobody yet.
    init() throws(PeerFailure) {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-peers-\(UUID())")
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw PeerFailure("no folder for the data of peers: \(error)")
        }
        guardian = try PeerGuard(folder: folder)
    }

    /// Those of a run that was begun elsewhere.
    convenience init(_ peers: [Peer]) throws(PeerFailure) {
        try self.init()
        self.peers = peers
    }

    deinit { end() }

    /// Asks everyone who they are. Whoever does not answer well is left out and reported.
    ///
    /// - Parameter threads: the most that any cell has.
    func hire(_ commands: [PeerCommand], threads: Int, report: (String) -> Void) {
        let hello = PeerHello(threads: threads)
        // All start at the same time: what takes long is to load libraries.
        let candidates = commands.map { ($0, Self.started($0, hello)) }
        for (command, start) in candidates {
            do throws(PeerFailure) {
                let process = try start.get()
                let answer = try process.introduction(to: hello)
                let peer = Peer(
                    name: unused(answer.name), command: command.text, version: answer.version,
                    isThreaded: answer.threads > 1)
                peers.append(peer)
                if answer.threads == threads || peer.isThreaded {
                    keep(process, Post(peer: peer, threads: threads))
                } else {
                    process.end()  // It will be started for one thread.
                }
            } catch {
                if error.kind == .interrupted { return }
                report("the peer '\(command.text)' takes no part: \(error.reason)")
            }
        }
    }

    /// The processes of some peers with so many threads; whoever is not there is started.
    func processes(of peers: [Peer], threads: Int) -> [Peer: Result<PeerProcess, PeerFailure>] {
        let hello = PeerHello(threads: threads)
        var found: [Peer: Result<PeerProcess, PeerFailure>] = [:]
        var starts: [(Peer, Result<PeerProcess, PeerFailure>)] = []
        for peer in peers {
            if let process = processes[Post(peer: peer, threads: threads)] {
                found[peer] = .success(process)
            } else {
                starts.append((peer, Self.started(peer, hello)))
            }
        }
        for (peer, start) in starts {
            found[peer] = Result { () throws(PeerFailure) in
                let process = try start.get()
                let answer = try process.introduction(to: hello)
                guard answer.version == peer.version, answer.threads > 1 || threads == 1 else {
                    throw PeerFailure(
                        "it is no longer the same: '\(answer.version)', \(answer.threads) threads; the run "
                            + "was begun with '\(peer.version)'")
                }
                keep(process, Post(peer: peer, threads: threads))
                return process
            }
        }
        return found
    }

    /// Ends a peer that failed.
    func dismiss(_ peer: Peer, threads: Int) {
        processes.removeValue(forKey: Post(peer: peer, threads: threads))?.kill()
        tellGuardian()
    }

    /// Has everyone free the data; whoever cannot is ended. The file goes too.
    func unload(_ path: String) {
        for (post, process) in processes {
            do throws(PeerFailure) {
                try process.unload()
            } catch {
                dismiss(post.peer, threads: post.threads)
            }
        }
        unlink(path)
    }

    /// Ends everyone. They are started again where they are needed again.
    func rest() {
        for process in processes.values { process.end() }
        processes = [:]
        tellGuardian()
    }

    /// Ends everyone and leaves nothing behind.
    func end() {
        rest()
        try? FileManager.default.removeItem(at: folder)
        guardian.end()
    }

    /// Writes data where peers can load them: X, sample after sample, then Y.
    ///
    /// - Returns: the path.
    func write<Scalar: RealScalar>(_ data: Dataset<Scalar>) throws(PeerFailure) -> String {
        files += 1
        let path = folder.appendingPathComponent("data-\(files)").path
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.unwritten(path) }
        defer { close(descriptor) }
        for part in [data.x, data.y] {
            var rest = UnsafeRawBufferPointer(part.elements)[...]
            while !rest.isEmpty {
                let count = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, min(rest.count, 16 << 20))
                guard count > 0, !Interrupt.isRequested else {
                    let failure = Self.unwritten(path)
                    unlink(path)
                    throw failure
                }
                rest = rest.dropFirst(count)
            }
        }
        return path
    }

    private static func unwritten(_ path: String) -> PeerFailure {
        if Interrupt.isRequested { return PeerFailure("it was ended", kind: .interrupted) }
        return PeerFailure(
            "the data for it cannot be written to '\(path)': \(String(cString: strerror(errno)))")
    }

    private static func started(_ peer: Peer, _ hello: PeerHello) -> Result<PeerProcess, PeerFailure> {
        Result { () throws(PeerFailure) in try PeerCommand(stored: peer.command) }
            .flatMap { started($0, hello) }
    }

    private static func started(
        _ command: PeerCommand, _ hello: PeerHello
    ) -> Result<PeerProcess, PeerFailure> {
        Result { () throws(PeerFailure) in
            let process = try PeerProcess(line: command.line, threads: hello.threads)
            try process.send(hello)
            return process
        }
    }

    private func keep(_ process: PeerProcess, _ post: Post) {
        processes[post] = process
        tellGuardian()
    }

    private func tellGuardian() { guardian.watch(processes.values.map { $0.group }) }

    /// `name`, with a number where another peer has it.
    private func unused(_ name: String) -> String {
        let names = Set(peers.map { $0.name })
        if !names.contains(name) { return name }
        return (2...).lazy.map { "\(name) \($0)" }.first { !names.contains($0) } ?? name
    }
}
