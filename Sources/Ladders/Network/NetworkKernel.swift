import Problems

/// A way to take a network's samples through the tiles of `NetworkPass`: how many together, with the weights in which
/// form. On one thread it is a rung of its own, shared among threads another one.
protocol NetworkKernel<Scalar>: SendableMetatype {
    associatedtype Scalar: LaneScalar

    /// The type that takes a range of samples through all layers.
    associatedtype Pass: NetworkSummation<Scalar> = NetworkPass<Scalar>

    /// The rung that takes all samples on one thread.
    static var info: RungInfo { get }

    /// The samples that go through the layers together, of so many.
    static func size(_ shape: Shape, samples: Int) -> Int

    /// The form of the weights.
    static var form: NetworkLayout<Scalar>.Form { get }

    /// Whether g and g′ are applied to tiles in registers.
    static var appliesInTiles: Bool { get }
}

/// Adds up the loss and the derivatives over a range of samples, with scratch of its own: it serves one caller at a
/// time.
protocol NetworkSummation<Scalar>: Sendable {
    associatedtype Scalar: LaneScalar

    /// - Parameters:
    ///   - size: the samples that go through the layers together.
    ///   - appliesInTiles: whether g and g′ are applied to tiles in registers, and not in sweeps of their own.
    init(_ input: NetworkInput<Scalar>, size: Int, appliesInTiles: Bool)

    /// Bytes that it takes.
    static func byteCount(_ layout: NetworkLayout<Scalar>, m: Int, size: Int) -> Int

    /// Sets the sums to Σ L and the sums of the derivatives over some samples.
    func sum(
        over samples: Range<Int>, packed: UnsafePointer<Scalar>, into sums: UnsafeMutablePointer<Scalar>)
}

/// The input of all workers: the problem, the layout of its parameters, and X with the samples side by side where the
/// layers are narrow.
struct NetworkInput<Scalar: LaneScalar>: Sendable {
    let problem: Problem<Scalar>
    let layout: NetworkLayout<Scalar>
    let columns: Columns<Scalar>?

    init(_ problem: Problem<Scalar>, _ form: NetworkLayout<Scalar>.Form) {
        (self.problem, layout) = (problem, NetworkLayout(problem.shape, form))
        columns = layout.isNarrow ? Columns(contiguous: problem.data) : nil
    }

    /// Bytes besides the data set.
    static func byteCount(_ shape: Shape, _ layout: NetworkLayout<Scalar>) -> Int {
        layout.isNarrow ? Columns<Scalar>.contiguousByteCount(m: shape.m, nx: shape.nx) : 0
    }
}

extension NetworkKernel {
    /// Its rung on one thread.
    @inline(__always)
    static var rung: Rung<Scalar> { rung(info, on: Alone.self) }

    /// The rung that shares the samples among threads.
    @inline(__always)
    static func rung<Threads: Workers>(
        _ name: String, after: String? = nil, _ idea: String, why: String, on _: Threads.Type
    ) -> Rung<Scalar> {
        rung(
            RungInfo(
                name, after: after ?? info.name, idea, why: why,
                sums: info.sums.split(intoAtMost: Partition.greatestCount), passes: info.passes,
                sweeps: info.sweeps, isThreaded: true),
            on: Threads.self)
    }

    @inline(__always)
    private static func rung<Threads: Workers>(_ info: RungInfo, on _: Threads.Type) -> Rung<Scalar> {
        Rung(info, shapes: { shapes }, sharedShapes: { info.isThreaded ? sharedShapes : [] }) {
            shape, threads in
            NetworkStep<Self, Threads>.preparedBytes(shape, threads: threads)
        } prepare: { problem, threads in
            let step = NetworkStep<Self, Threads>(problem, threads: threads)
            return Prepared {
                step.workersInLatestGradient
            } gradient: {
                step.gradient(at: $0, into: &$1)
            }
        }
    }

    /// Blocks of samples and tiles of units and inputs, whole and not.
    private static var shapes: [Shape] {
        let (width, rows) = (Scalar.Lanes.scalarCount, Tiles.rows)
        let tile = Tiles.vectors * width
        let widths = [
            1, rows - 1, rows, rows + 1, width - 1, width, width + 1, tile, tile + 1, 2 * width + 3,
            4 * width,
        ]
        return widths.flatMap { n in
            [
                Shape(2 * rows + 1, n, hidden: [n]), Shape(rows + 3, 5, hidden: [n, 7]),
                Shape(rows, n, hidden: [3, n]),
            ]
        } + [127, 128, 129, 259].map { Shape($0, 9, hidden: [11, 6]) }
            + [Shape(40, 2500, hidden: [7, 3]), Shape(33, 2100, hidden: [5]), Shape(19, 9000, hidden: [2])]
    }

    /// Just large enough to be shared.
    private static var sharedShapes: [Shape] {
        [Shape(128, 300, hidden: [64, 40]), Shape(209, 700, hidden: [20, 7])]
    }
}

/// A step of a network: the weights are packed, parts of the samples go through the layers, and the sums of the parts
/// are added. Each of the three is shared among the workers.
final class NetworkStep<K: NetworkKernel, Threads: Workers>: SharedStep {
    typealias Scalar = K.Scalar

    private enum Phase { case pack, sum, finish }

    private let m: Int
    private let layout: NetworkLayout<Scalar>
    private let parts: Partition
    private let passes: [OwnPass]
    private let packed, sums: AlignedBuffer<Scalar>
    private let threads: Threads

    // Written by the caller between two runs of the workers; a run publishes them to its workers.
    nonisolated(unsafe) private var phase = Phase.pack
    nonisolated(unsafe) private var parameters: UnsafePointer<Scalar>?
    nonisolated(unsafe) private var derivatives: UnsafeMutablePointer<Scalar>?

    /// Those that summed over the samples; packing and adding are often over before a second one comes.
    nonisolated(unsafe) private(set) var workersInLatestGradient = 0

    /// A pass in an object of its own: no worker counts references that others count as well.
    private final class OwnPass: Sendable {
        let pass: K.Pass

        init(_ pass: K.Pass) { self.pass = pass }
    }

    init(_ problem: Problem<Scalar>, threads: Int) {
        let shape = problem.shape
        m = shape.m
        let input = NetworkInput(problem, K.form)
        let parts = Self.parts(shape)
        (layout, self.parts) = (input.layout, parts)
        let workers = parts.workers(among: threads)
        passes = (0..<workers).map { _ in
            OwnPass(
                K.Pass(
                    input, size: K.size(shape, samples: parts.samplesPerPart),
                    appliesInTiles: K.appliesInTiles))
        }
        packed = AlignedBuffer(zeros: layout.packedCount)
        sums = AlignedBuffer(zeros: layout.sumsCount * parts.count)
        self.threads = Threads(workers: workers, parts: parts.count)
    }

    static func preparedBytes(_ shape: Shape, threads: Int) -> Int {
        let (layout, parts) = (NetworkLayout<Scalar>(shape, K.form), parts(shape))
        return AlignedBuffer<Scalar>.byteCount(for: layout.packedCount)
            + AlignedBuffer<Scalar>.byteCount(for: layout.sumsCount * parts.count)
            + NetworkInput.byteCount(shape, layout)
            + parts.workers(among: threads)
            * K.Pass.byteCount(layout, m: shape.m, size: K.size(shape, samples: parts.samplesPerPart))
    }

    /// A part has its own sums, which are written and read once: as much as some ten samples take.
    private static func parts(_ shape: Shape) -> Partition {
        let most = max(shape.m / 512, min(shape.m / 64, 4))
        let time = KernelTime.network(shape, of: Scalar.self)
        return Partition(
            m: shape.m, nanoseconds: time.nanoseconds(m: shape.m, nx: 0), waking: Threads.wakingNanoseconds,
            atMost: Threads.isAlone ? 1 : most)
    }

    func gradient(at model: Model<Scalar>, into gradient: inout Gradient<Scalar>) {
        model.parameters.withUnsafeBufferPointer { parameters in
            gradient.derivatives.withUnsafeMutableBufferPointer { derivatives in
                (self.parameters, self.derivatives) = (parameters.baseAddress, derivatives.baseAddress)
                run(.pack)
                run(.sum)
                workersInLatestGradient = threads.workersInLatestStep
                run(.finish)
                (self.parameters, self.derivatives) = (nil, nil)
            }
        }
        gradient.J = layout.cost(UnsafePointer(sums.base), parts: parts.count, dividedBy: m)
    }

    private func run(_ phase: Phase) {
        self.phase = phase
        threads.run(self)
    }

    func sum(_ part: Int, as worker: Int) {
        guard let parameters, let derivatives else { return }
        switch phase {
        case .pack:
            for l in layout.places.indices {
                layout.pack(l, of: parameters, to: packed.base, part: part, of: parts.count)
            }
        case .sum:
            passes[worker].pass.sum(
                over: parts[part], packed: UnsafePointer(packed.base),
                into: sums.base + part &* layout.sumsCount)
        case .finish:
            layout.finish(
                UnsafePointer(sums.base), parts: parts.count, dividedBy: m, to: derivatives, share: part,
                of: parts.count)
        }
    }

    func add(_ part: Int) {}
}
