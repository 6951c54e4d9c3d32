import DataFiles
import Foundation
import Testing

@Suite("A program that is started is heard out, ended in time, and given nothing but what it needs")
struct ChildProcessTests {
    private func shell(_ line: String) throws -> ChildProcess { try ChildProcess(["/bin/sh", "-c", line]) }

    /// Listens until nothing more comes; false where that takes more than a minute.
    private func hearOut(_ child: ChildProcess) -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while child.listen(for: 250) { if ContinuousClock.now > end { return false } }
        return true
    }

    @Test("Both of its outputs are read, however much comes, and of errors the end is kept")
    func bothOutputs() throws {
        let child = try shell("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2; echo last >&2; exit 3")
        #expect(hearOut(child))
        #expect(child.output.count == 300_000)
        #expect(child.lastWords.count == 4096 && child.lastWords.suffix(5) == Data("last\n".utf8))
        #expect(child.ending(within: 60) == .status(3))
    }

    @Test("What it leaves running, in a session of its own too, is not waited for")
    func leftRunning() throws {
        let child = try shell("(setsid sleep 600 || sleep 600) & echo $!; exit 0")
        #expect(hearOut(child))
        #expect(child.ending(within: 60) == .status(0))
        let text = String(decoding: child.output, as: UTF8.self).split(whereSeparator: \.isNewline).first
        let id = try #require(text.flatMap { pid_t($0) })
        kill(id, SIGKILL)
    }

    @Test("It finds no file of ours open, nor one that was left open to us")
    func descriptors() throws {
        let stray = dup(1)
        defer { close(stray) }
        let child = try shell("for n in 3 4 5 6 7 8 9; do if true >&$n; then echo $n; fi; done 2>/dev/null")
        #expect(hearOut(child))
        #expect(child.output.isEmpty)
    }

    @Test("What it reads is written as there is room, and its end is seen")
    func input() throws {
        let child = try shell("cat")
        var (text, written) = (Data(repeating: 7, count: 1 << 20), 0)
        while !text.isEmpty {
            #expect(child.listen(for: 250, untilWritable: true))
            let before = text.count
            #expect(child.write(&text))
            written += before - text.count
        }
        child.closeInput()
        #expect(hearOut(child) && child.output.count == written && written == 1 << 20)
        let deaf = try shell("exec <&-; echo; sleep 600")
        while deaf.output.isEmpty { _ = deaf.listen(for: 250) }
        var more = Data("x".utf8)
        #expect(!deaf.write(&more))
    }

    @Test("One that takes too long, fails or is missing gives no output")
    func short() throws {
        #expect(ChildProcess.output(of: ["/bin/sh", "-c", "echo yes"]) == Data("yes\n".utf8))
        #expect(ChildProcess.output(of: ["/bin/sh", "-c", "echo yes; exit 1"]) == nil)
        #expect(ChildProcess.output(of: ["/bin/sh", "-c", "echo yes; sleep 600"], within: 0.3) == nil)
        #expect(ChildProcess.output(of: ["/bin/sh", "-c", "cat /dev/zero"], within: 60) == nil)
        #expect(ChildProcess.output(of: ["/nonexistent/program"]) == nil)
        let error = #expect(throws: ChildProcessError.self) { try ChildProcess(["no-such-program-anywhere"]) }
        #expect(error?.isMissing == true && "\(error!)".contains("cannot be started: No such file"))
    }
}
