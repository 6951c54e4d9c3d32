import Foundation
import Problems
import Measurement

extension PeerProcess {
    /// Who it is, once `PeerHello` was sent.
    func introduction(to hello: PeerHello) throws(PeerFailure) -> PeerHello.Answer {
        let answer = try answer(to: hello)
        rest()
        threads = answer.threads
        let texts = [answer.name, answer.version]
        guard answer.protocol == 1 else {
            throw PeerFailure("it speaks version \(answer.protocol) of the protocol; expected 1")
        }
        let isPlain = texts.allSatisfy { text in
            text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        }
        guard isPlain, !answer.name.isEmpty, answer.name.count <= 40, answer.version.count <= 200 else {
            throw PeerFailure("its name or version is empty, too long, or no plain text")
        }
        guard (1...hello.threads).contains(answer.threads) else {
            throw PeerFailure("it uses \(answer.threads) threads; expected \(hello.threads) at the most")
        }
        return answer
    }

    /// Has it load the data in a file.
    func load<Scalar: RealScalar>(_ data: Dataset<Scalar>, from path: String) throws(PeerFailure) {
        defer { rest() }
        // Anyone reads 20 MB in a second, and most a hundred times as much.
        let seconds = Double(data.byteCount) / 20e6
        try done(PeerLoad(path: path, m: data.m, nx: data.nx, scalar: Scalar.kind), seconds: seconds)
        isLoaded = true
    }

    /// J, dw and db of a model on the data that it loaded.
    func gradient<Scalar: RealScalar>(
        at model: Model<Scalar>, on data: Dataset<Scalar>
    ) throws(PeerFailure) -> Gradient<Scalar> {
        defer { rest() }
        let request = PeerGradient(w: model.w.map { Double($0) }, b: Double(model.b))
        // An interpreted loop makes a few million operations in a second.
        let answer = try ask(request, seconds: Double(data.m) * Double(data.nx) / 1e6)
        guard answer.dw.count == data.nx else {
            throw PeerFailure("its dw has \(answer.dw.count) numbers; expected \(data.nx)")
        }
        var gradient = Gradient<Scalar>(zeros: data.nx)
        (gradient.J, gradient.db) = (Scalar(answer.J), Scalar(answer.db))
        gradient.dw = answer.dw.map { Scalar($0) }
        return gradient
    }

    /// Has it make steps, and hands on the time that it gives. It stays awake.
    ///
    /// - Parameter expected: how many seconds that is likely to take.
    func run(_ steps: Int, learningRate: Double, expected: Double) throws(PeerFailure) -> RunTime {
        let request = PeerRun(steps: steps, learningRate: learningRate)
        let start = ContinuousClock.now
        let answer = try ask(request, seconds: 20 * expected)
        let outside = (ContinuousClock.now - start) / .nanoseconds(1)
        let (wall, cpu) = (answer.nanoseconds, answer.cpuNanoseconds ?? 0)
        // Two clocks may differ a little, and one may be read in coarse steps.
        guard wall.isFinite, wall >= 1, wall <= 1.02 * outside + 5e6, (0...1e18).contains(cpu) else {
            throw PeerFailure(
                "it gives \(wall) ns, of processors \(cpu) ns, for steps after which it answered in "
                    + "\(outside) ns")
        }
        return RunTime(nanoseconds: Int(wall), cpuNanoseconds: Int(cpu))
    }

    /// Has it free the data, where it holds some.
    func unload() throws(PeerFailure) {
        guard isLoaded else { return }
        defer { rest() }
        try done(PeerUnload())
        isLoaded = false
    }

    private func done<Request: PeerRequest>(
        _ request: Request, seconds: Double = 0
    ) throws(PeerFailure) where Request.Answer == PeerDone {
        guard try ask(request, seconds: seconds).ok else { throw Self.nonsense("\"ok\":false", request) }
    }
}
