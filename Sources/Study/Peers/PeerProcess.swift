import DataFiles
import Foundation
import Measurement
import Problems

/// A peer that is running: lines of JSON go to its standard input, and as many come back from its standard
/// output. It is stopped whenever nothing was asked of it, so that no worker of its runtime that waits for
/// work disturbs whoever has its turn.
final class PeerProcess {
    var group: pid_t { child.id }
    private(set) var threads = 1
    private var knowsNetworks = false
    private let child: ChildProcess
    private var isLoaded = false
    private var isResting = false
    private var times = PeerTimes()

    /// The longest answer: a gradient of many features.
    private static let greatestAnswer = 64 << 20

    /// How long an answer to something short may take.
    static let patience = (try? givenPatience()) ?? 60

    /// The seconds that UNLOOPED_PEER_TIMEOUT gives for that; nil where it is not set.
    static func givenPatience() throws(PeerFailure) -> Double? {
        guard let text = ProcessInfo.processInfo.environment["UNLOOPED_PEER_TIMEOUT"] else { return nil }
        guard let seconds = Double(text), seconds > 0, seconds <= 86400 else {
            throw PeerFailure(
                "UNLOOPED_PEER_TIMEOUT is '\(text)'; expected seconds, more than 0 and up to 86400")
        }
        return seconds
    }

    /// - Parameters:
    ///   - threads: how many it may use; the environment says so too, as most runtimes look only there.
    ///   - mark: what the environment of all that it starts names, so that they are found in the end.
    init(line: String, threads: Int, mark: String) throws(PeerFailure) {
        var environment = PeerEnvironment(ProcessInfo.processInfo.environment).kept
        environment[PeerGuard.mark] = mark
        let counts = [
            "UNLOOPED_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS",
            "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS", "NUMEXPR_NUM_THREADS", "NUMBA_NUM_THREADS",
        ]
        for name in counts { environment[name] = "\(threads)" }
        environment["OMP_WAIT_POLICY"] = "passive"
        do {
            child = try ChildProcess(["/bin/sh", "-c", line], environment: environment)
        } catch {
            throw PeerFailure("\(error)")
        }
    }

    /// Asks something, and waits for the answer, for so many seconds longer than usual. It stays awake.
    func ask<Request: PeerRequest>(
        _ request: Request, seconds: Double = 0
    ) throws(PeerFailure) -> Request.Answer {
        wake()
        try send(request)
        return try answer(to: request, seconds: seconds)
    }

    /// Asks something without waiting for the answer. At most one request may be open.
    func send(_ request: some PeerRequest) throws(PeerFailure) {
        var text: Data
        do {
            text = Data((try JSONText.line(request) + "\n").utf8)
        } catch {
            throw PeerFailure("'\(request.request)' cannot be put into words: \(error)")
        }
        // Whoever answers twice would have each answer taken for that to the next request.
        _ = child.listen(for: 0)
        guard child.output.isEmpty else {
            let text = child.output.start.shortened(to: 80)
            throw PeerFailure(
                "it wrote '\(text)' before it was asked for '\(request.request)'; expected nothing")
        }
        let deadline = Deadline(request: request.request, seconds: Self.patience)
        while !text.isEmpty {
            try wait(for: deadline, sending: true)
            if !child.write(&text) { throw death(request.request) }
        }
    }

    /// Waits for the answer to what was sent.
    func answer<Request: PeerRequest>(
        to request: Request, seconds: Double = 0
    ) throws(PeerFailure) -> Request.Answer {
        let deadline = Deadline(request: request.request, seconds: Self.patience + seconds)
        while true {
            if let line = child.output.removeLine() { return try request.answer(in: line) }
            guard child.output.count < Self.greatestAnswer else {
                throw PeerFailure("its answer to '\(request.request)' has no end")
            }
            try wait(for: deadline, sending: false)
        }
    }

    func wake() {
        if isResting { child.signal(SIGCONT) }
        isResting = false
    }

    /// Stops it, with all that it started.
    func rest() {
        if !isResting { child.signal(SIGSTOP) }
        isResting = true
    }

    func kill() { child.kill() }

    /// Asks it to end, and ends it where it does not.
    func end() {
        child.closeInput()
        wake()
        let end = ContinuousClock.now + .milliseconds(500)
        while !Interrupt.isRequested, ContinuousClock.now < end, child.listen(for: 20) {
            child.output = Data()
        }
        child.kill()
    }

    /// The event that is waited for, and the time allowed.
    private struct Deadline {
        let request: String
        let seconds: Double
        let start = ContinuousClock.now
    }

    /// Waits until there is something to read, or room to write where something is to be sent.
    private func wait(for deadline: Deadline, sending: Bool) throws(PeerFailure) {
        if Interrupt.isRequested { throw PeerFailure("it was ended", kind: .interrupted) }
        let left = 1000 * deadline.seconds - (.now - deadline.start) / .milliseconds(1)
        guard left > 0 else {
            let time = TimeSpan(1e9 * deadline.seconds)
            throw PeerFailure("it gave no answer to '\(deadline.request)' within \(time)" + lastWords)
        }
        guard child.listen(for: left, untilWritable: sending) || !child.output.isEmpty else {
            throw death(deadline.request)
        }
    }

    /// It is no longer there.
    private func death(_ request: String) -> PeerFailure {
        let ending = child.ending(within: 1)
        _ = child.listen(for: 0)
        return PeerFailure(
            (ending.map { "it ended \($0)" } ?? "it closed its input or output") + ", asked for '\(request)'"
                + lastWords)
    }

    /// The end of its standard error.
    private var lastWords: String {
        let lines = String(decoding: child.lastWords, as: UTF8.self).split(whereSeparator: \.isNewline)
            .suffix(3)
        let text = lines.joined(separator: " / ").shortened(to: 300)
        return text.isEmpty ? "" : "; its last words: \(text)"
    }
}

extension PeerProcess {
    /// Who it is, once `PeerHello` was sent.
    func introduction(to hello: PeerHello) throws(PeerFailure) -> PeerHello.Answer {
        let answer = try answer(to: hello)
        rest()
        (threads, knowsNetworks) = (answer.threads, answer.networks ?? false)
        let texts = [answer.name, answer.version]
        guard answer.protocol == 1 else {
            throw PeerFailure("it speaks version \(answer.protocol) of the protocol; expected 1")
        }
        let isPlain = texts.allSatisfy { text in
            text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        }
        guard isPlain, CellResult.isName(answer.name), answer.name.count <= 40, answer.version.count <= 200
        else {
            throw PeerFailure(
                "its name or version is empty, too long, or no plain text; expected up to 40 and 200 characters, "
                    + "and a letter or digit at the start of the name")
        }
        guard (1...hello.threads).contains(answer.threads) else {
            throw PeerFailure("it uses \(answer.threads) threads; expected \(hello.threads) at the most")
        }
        return answer
    }

    /// Has it load a problem from the file that `PeerSession.write` made.
    func load<Scalar: RealScalar>(_ problem: Problem<Scalar>, from path: String) throws(PeerFailure) {
        guard problem.network.hidden.isEmpty || knowsNetworks else {
            throw PeerFailure(PeerFailure.noNetworks, kind: .unsupported)
        }
        defer { rest() }
        // Anyone reads 20 MB in a second, and most a hundred times as much.
        let seconds = Double(problem.data.byteCount) / 20e6
        try done(PeerLoad(problem, path: path), seconds: seconds)
        isLoaded = true
        times = PeerTimes()
    }

    /// J, dw and db of a model of the problem that it loaded.
    func gradient<Scalar: RealScalar>(
        at model: Model<Scalar>, of problem: Problem<Scalar>
    ) throws(PeerFailure) -> Gradient<Scalar> {
        defer { rest() }
        let request = PeerGradient(w: model.w.map { Double($0) }, b: Double(model.b))
        // An interpreted loop makes a few million operations in a second.
        let answer = try ask(request, seconds: problem.shape.products / 1e6)
        guard answer.dw.count == request.w.count else {
            throw PeerFailure("its dw has \(answer.dw.count) numbers; expected \(request.w.count)")
        }
        var gradient = Gradient<Scalar>(zeros: request.w.count)
        (gradient.J, gradient.db) = (Scalar(answer.J), Scalar(answer.db))
        gradient.dw = answer.dw.map { Scalar($0) }
        return gradient
    }

    /// Has it make steps, which are likely to take so many seconds; the time that it gives. It stays awake.
    func run(_ steps: Int, learningRate: Double, expected: Double) throws(PeerFailure) -> RunTime {
        let request = PeerRun(steps: steps, learningRate: learningRate)
        let waits = WaitingTimes(of: group)
        let start = ContinuousClock.now
        let answer = try ask(request, seconds: 20 * expected)
        let outside = (ContinuousClock.now - start) / .nanoseconds(1)
        let (wall, cpu) = (answer.nanoseconds, answer.cpuNanoseconds ?? 0)
        if let reason = times.doubt(about: wall, cpu, of: steps, outside: outside) {
            throw PeerFailure(reason)
        }
        return RunTime(
            nanoseconds: Int(wall), cpuNanoseconds: Int(cpu),
            waitedNanoseconds: waits.flatMap { start in WaitingTimes(of: group)?.since(start) } ?? 0)
    }

    /// Has it free the data, where it holds some.
    func unload() throws(PeerFailure) {
        guard isLoaded else { return }
        defer { rest() }
        try done(PeerUnload())
        isLoaded = false
    }

    private func done<Request: PeerRequest>(_ request: Request, seconds: Double = 0) throws(PeerFailure)
    where Request.Answer == PeerDone {
        guard try ask(request, seconds: seconds).ok else { throw request.nonsense("\"ok\":false") }
    }
}

/// The environment of this program without what would have a library take other code than it takes by itself on this
/// machine: peers are timed as they are shipped. The numbers of threads, which are among these variables, are given anew.
package struct PeerEnvironment {
    package let kept: [String: String]
    /// As `NAME=value`, in order.
    package let removed: [String]

    package init(_ environment: [String: String]) {
        func isSteering(_ name: String) -> Bool {
            ["OPENBLAS_", "MKL_", "NUMBA_", "XLA_", "BLIS_", "DNNL_", "ONEDNN_"].contains(
                where: name.hasPrefix)
                || ["NPY_DISABLE_CPU_FEATURES", "NPY_ENABLE_CPU_FEATURES", "ATEN_CPU_CAPABILITY"].contains(
                    name)
        }
        kept = environment.filter { !isSteering($0.key) }
        removed = environment.filter { isSteering($0.key) }.map { "\($0.key)=\($0.value)" }.sorted()
    }
}

extension Shape {
    /// Products of an input and a weight in one pass over the samples, m·Σ n⁽ˡ⁾n⁽ˡ⁻¹⁾.
    fileprivate var products: Double {
        layers.reduce(0) { $0 + Double(m) * Double($1.inputs) * Double($1.units) }
    }
}
