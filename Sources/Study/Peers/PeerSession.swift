import DataFiles
import Foundation
import Measurement
import Problems

/// The peers of a process that samples blocks. A process is started for each when it is first needed and kept for all
/// cells of its number of threads, since some take seconds to start; one that failed is started anew in the next cell.
package final class PeerSession {
    private struct Post: Hashable {
        let peer: Peer
        let threads: Int
    }

    /// The peers that were hired, by the names that results have.
    private(set) var peers: [Peer] = []
    private let folder: String
    private let guardian: PeerGuard
    private var processes: [Post: PeerProcess] = [:]
    private var files = 0

    package init() throws(PeerFailure) {
        _ = try PeerProcess.givenPatience()
        folder = try Self.newFolder()
        do {
            guardian = try PeerGuard(folder: folder)
        } catch {
            rmdir(folder)
            throw error
        }
    }

    /// A folder that nobody else can look into, in the one for temporary files.
    private static func newFolder() throws(PeerFailure) -> String {
        let start = FileManager.default.temporaryDirectory.appendingPathComponent("unlooped-peers-").path
        var path = Array((start + "XXXXXX").utf8CString)
        guard mkdtemp(&path) != nil else {
            throw PeerFailure(
                "no folder for the data of peers can be made as '\(start)…': \(String(cString: strerror(errno))); "
                    + "set TMPDIR to one that is there")
        }
        return String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { end() }

    /// Starts peers and asks each who it is. One that does not answer well is left out and reported.
    ///
    /// - Parameter threads: the most that any cell has.
    func hire(_ commands: [PeerCommand], threads: Int, report: (String) -> Void) {
        let hello = PeerHello(threads: threads)
        // All start at the same time: what takes long is to load libraries.
        let candidates = commands.map { ($0, started($0, hello)) }
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

    /// The processes of some peers with so many threads; those that are not running are started.
    func processes(of peers: [Peer], threads: Int) -> [Peer: Result<PeerProcess, PeerFailure>] {
        let hello = PeerHello(threads: threads)
        var found: [Peer: Result<PeerProcess, PeerFailure>] = [:]
        var starts: [(Peer, Result<PeerProcess, PeerFailure>)] = []
        for peer in peers {
            if let process = processes[Post(peer: peer, threads: threads)] {
                found[peer] = .success(process)
            } else {
                starts.append((peer, started(try PeerCommand(stored: peer.command), hello)))
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

    func dismiss(_ peer: Peer, threads: Int) {
        processes.removeValue(forKey: Post(peer: peer, threads: threads))?.kill()
        tellGuardian()
    }

    /// The time that processors worked for the peers that are running, as Linux gives it; 0 elsewhere.
    var processorSeconds: Double {
        processes.values.reduce(0) { total, process in
            let text = try? String(contentsOfFile: "/proc/\(process.group)/stat", encoding: .utf8)
            // The second field is its name in parentheses, which may hold anything; the 14th and 15th are ticks for the
            // program and for the system on its behalf.
            let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
            guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
                return total
            }
            return total + (user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
        }
    }

    /// Has every peer free the data; one that cannot is ended. The file goes too.
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

    /// Ends every peer and leaves nothing behind.
    package func end() {
        for process in processes.values { process.end() }
        processes = [:]
        tellGuardian()
        guardian.end()
    }

    /// Writes data where peers can load them, and for a network the first parameters of a run.
    ///
    /// - Returns: the path.
    func write<Scalar: RealScalar>(
        _ problem: Problem<Scalar>, from start: Model<Scalar>
    ) throws(PeerFailure) -> String {
        files += 1
        let path = "\(folder)/data-\(files)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        defer { if descriptor >= 0 { close(descriptor) } }
        var isWritten = descriptor >= 0 && BlockData.write(problem.data, to: descriptor)
        if isWritten, !problem.network.hidden.isEmpty {
            isWritten = start.parameters.withUnsafeBytes { BlockData.write($0, to: descriptor) }
        }
        if isWritten { return path }
        let reason = String(cString: strerror(errno))
        unlink(path)
        if Interrupt.isRequested { throw PeerFailure("it was ended", kind: .interrupted) }
        throw PeerFailure("the data for it cannot be written to '\(path)': \(reason)")
    }

    private func started(
        _ command: @autoclosure () throws(PeerFailure) -> PeerCommand, _ hello: PeerHello
    ) -> Result<PeerProcess, PeerFailure> {
        Result { () throws(PeerFailure) in
            let process = try PeerProcess(line: command().line, threads: hello.threads, mark: folder)
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

/// A shell that waits for this program to end, however it ends, and then ends the peers with all that they started, and
/// removes their data: a peer that is stopped between its turns would not see that its input is closed.
final class PeerGuard {
    /// The variable that names the folder in the environment of peers.
    static let mark = "UNLOOPED_PEERS"

    private let child: ChildProcess

    /// The last line of its input says which process groups are there. On Linux those that left their group are found by
    /// their environment, in several rounds, as they may start others meanwhile.
    private static let line = """
        trap '' HUP INT TERM
        while read -r line; do groups=$line; done
        exec 2>/dev/null
        for group in $groups; do kill -s KILL -- "-$group"; done
        if [ -d /proc/self ]; then
            for round in 1 2 3; do
                found=$(grep -lsaF "\(mark)=$1" /proc/[0-9]*/environ)
                [ -n "$found" ] || break
                for file in $found; do id=${file#/proc/}; kill -s KILL "${id%/environ}"; done
            done
        fi
        rm -rf "$1"
        """

    /// - Parameter folder: what is removed in the end.
    init(folder: String) throws(PeerFailure) {
        do {
            child = try ChildProcess(["/bin/sh", "-c", Self.line, "sh", folder])
        } catch {
            throw PeerFailure("\(error)")
        }
    }

    func watch(_ groups: [pid_t]) {
        guard child.isInputOpen else { return }
        var line = Data((groups.map { "\($0)" }.joined(separator: " ") + "\n").utf8)
        _ = child.write(&line)
    }

    /// Has it remove what it should, and end.
    func end() {
        child.closeInput()
        _ = child.ending(within: 10)
    }
}
