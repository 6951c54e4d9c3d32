import Foundation
import Problems

/// One point of a study's grid: a problem of some shape, a scalar type and a number of threads; or a named
/// data set in place of random data.
package struct Cell: Codable, Hashable, Sendable {
    /// The model whose step is timed.
    package enum ProblemKind: String, Codable, Sendable, CaseIterable { case logistic, network }

    /// The threads that can be requested.
    package static let possibleThreads = 1...4096

    package let problem: ProblemKind
    /// Samples.
    package let m: Int
    /// Features of one sample.
    package let nx: Int
    /// The units of each hidden layer of a network, the first layer first.
    package let hidden: [Int]
    /// The activation of the hidden layers; nil where there are none.
    package let activation: String?
    /// The type that is computed in.
    package let scalar: ScalarKind
    /// How many threads may work at the same time.
    package let threads: Int
    /// The name of the data set that X and Y are; nil for random data.
    package let data: String?

    package init(
        problem: ProblemKind = .logistic, m: Int, nx: Int, hidden: [Int] = [], activation: String? = nil,
        scalar: ScalarKind, threads: Int, data: String? = nil
    ) {
        (self.problem, self.m, self.nx) = (problem, m, nx)
        (self.hidden, self.activation) = (hidden, activation)
        (self.scalar, self.threads, self.data) = (scalar, threads, data)
    }

    /// A cell of a network, or of logistic regression where that has no hidden layers.
    package init(
        m: Int, nx: Int, network: Network, scalar: ScalarKind, threads: Int, data: String? = nil
    ) {
        let hasLayers = !network.hidden.isEmpty
        self.init(
            problem: hasLayers ? .network : .logistic, m: m, nx: nx, hidden: network.hidden,
            activation: hasLayers ? network.activation.rawValue : nil, scalar: scalar, threads: threads,
            data: data)
    }

    /// Reads a cell. Schema 3 knew one problem and did not name it.
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            problem: try fields.decodeIfPresent(ProblemKind.self, forKey: .problem) ?? .logistic,
            m: try fields.decode(Int.self, forKey: .m), nx: try fields.decode(Int.self, forKey: .nx),
            hidden: try fields.decodeIfPresent([Int].self, forKey: .hidden) ?? [],
            activation: try fields.decodeIfPresent(String.self, forKey: .activation),
            scalar: try fields.decode(ScalarKind.self, forKey: .scalar),
            threads: try fields.decode(Int.self, forKey: .threads),
            data: try fields.decodeIfPresent(String.self, forKey: .data))
    }

    /// Whether it has data, layers with units, and threads that can be requested.
    var isPossible: Bool {
        ([m, nx] + hidden).allSatisfy { $0 > 0 } && (problem == .network || hidden.isEmpty)
            && Self.possibleThreads.contains(threads)
            && activation.map { Activation(rawValue: $0) != nil } ?? true
    }

    package var shape: Shape { Shape(m, nx, hidden: hidden) }

    /// The hidden layers and their activation; none of logistic regression.
    package var network: Network {
        Network(hidden: hidden, activation: activation.flatMap(Activation.init) ?? .relu)
    }

    /// Weights of all layers, Σ n⁽ˡ⁾n⁽ˡ⁻¹⁾, which is n_x for logistic regression; `Int.max` where that is more
    /// than an `Int` holds.
    package var weights: Int {
        let widths = [nx] + hidden + [1]
        return zip(widths, widths.dropFirst()).reduce(0) { sum, layer in
            let (sum, isTooLarge) = sum.addingReportingOverflow(layer.0.saturatingProduct(layer.1))
            return isTooLarge ? .max : sum
        }
    }

    /// Products of an input and a weight in one pass over the samples, m·Σ n⁽ˡ⁾n⁽ˡ⁻¹⁾, which is m·n_x for logistic
    /// regression; `Int.max` where that is more than an `Int` holds.
    package var products: Int { m.saturatingProduct(weights) }

    /// Values in X, m·n_x; `Int.max` where that is more than an `Int` holds.
    package var values: Int { m.saturatingProduct(nx) }

    /// Bytes of X, counted once; `Int.max` where that is more than an `Int` holds.
    package var xBytes: Int { xBytes(.scalar) }

    /// The same with this storage.
    package func xBytes(_ storage: Storage) -> Int { values.saturatingProduct(storage.size(scalar)) }
}

extension Cell: CustomStringConvertible {
    /// Such as `m = 1000, n_x = 8, float, 2 threads`; with the name of the data before it, where they have
    /// one, and the hidden layers of a network, as in `n_x = 784, hidden 128 × 64 relu, float`.
    package var description: String {
        let layers = hidden.map(String.init).joined(separator: " × ") + (activation.map { " \($0)" } ?? "")
        let network = hidden.isEmpty ? "network, " : "hidden \(layers), "
        return (data.map { "\($0), " } ?? "") + "m = \(m), n_x = \(nx), "
            + (problem == .network ? network : "")
            + "\(scalar.rawValue), \(threads) \(threads == 1 ? "thread" : "threads")"
    }
}

/// Some rounds of a cell, sampled on data and scratch of their own.
///
/// Two allocations of the same data can differ more in speed than two samples of one, by how their pages
/// fall into the caches; and a disturbance often lasts longer than a block. So a claim about a cell rests on
/// several blocks, some time apart and each in a process of its own.
package struct Block: Codable, Sendable, Equatable {
    /// Why sampling ended.
    package enum End: String, Codable, Sendable {
        /// All rounds were made.
        case completed
        /// The time for the cell was over before.
        case budget
    }

    /// Its number, from 0.
    package internal(set) var index: Int
    /// Whether it ran in a process that no other block of the cell ran in.
    package let isFreshProcess: Bool
    /// When its sampling began, in seconds since 1970.
    package let startUnixSeconds: Double
    /// How long its sampling took, warm-up included.
    package let seconds: Double
    /// Rounds that all implementations were sampled in.
    package let rounds: Int
    package let end: End
    /// How many bytes of X lay on pages of 2 MiB; nil where the system does not report it.
    package let largePageBytes: Int?
    /// The other conditions that it ran under; nil in older results.
    package let conditions: Conditions?

    package init(
        index: Int, isFreshProcess: Bool, startUnixSeconds: Double, seconds: Double, rounds: Int, end: End,
        largePageBytes: Int?, conditions: Conditions? = nil
    ) {
        self.conditions = conditions
        (self.index, self.isFreshProcess) = (index, isFreshProcess)
        (self.startUnixSeconds, self.seconds) = (startUnixSeconds, seconds)
        (self.rounds, self.end, self.largePageBytes) = (rounds, end, largePageBytes)
    }
}

/// The judge's verdict on one implementation with the data of one cell. The clock only passes it on.
package struct CellVerdict: Codable, Sendable, Equatable {
    /// The error of the element that is the worst in terms of its bound.
    package let error: Double
    /// The bound of that error.
    package let bound: Double
    /// error / bound.
    package let ratio: Double
    /// Whether every element is within its bound.
    package let passed: Bool
    /// The element, such as `dw[3]`.
    package let element: String

    package init(error: Double, bound: Double, ratio: Double, passed: Bool, element: String) {
        (self.error, self.bound, self.ratio) = (error, bound, ratio)
        (self.passed, self.element) = (passed, element)
    }

    /// Whether it is a failure where the other is none, or nearer to its bound.
    package func isWorse(than other: CellVerdict) -> Bool {
        passed == other.passed ? ratio > other.ratio : !passed
    }
}

/// The results of one cell.
package struct CellResult: Codable, Sendable, Equatable {
    package let cell: Cell
    /// The blocks that were sampled, in order.
    package internal(set) var blocks: [Block]
    /// The implementations, in the order of the ladder, those that were skipped too.
    package internal(set) var rungs: [RungResult]
    /// Implementations that ran a second time under another name, in the same rounds: how far two times of
    /// the same code differ here. `after` names the rung that each repeats.
    package internal(set) var controls: [RungResult]
    /// Bounds of every implementation here: reading X once and doing nothing with it; with few features also
    /// the loss of m values, which reads nothing of X.
    package internal(set) var ceilings: [RungResult]
    /// The same step in other programs, in the order of the plan, those that were skipped too.
    package internal(set) var peers: [RungResult]
    /// The rung that is used here where none is named; nil where that is not known.
    package var chosen: String?

    package init(
        cell: Cell, blocks: [Block] = [], rungs: [RungResult], controls: [RungResult] = [],
        ceilings: [RungResult] = [], peers: [RungResult] = []
    ) {
        (self.cell, self.blocks, self.rungs) = (cell, blocks, rungs)
        (self.controls, self.ceilings, self.peers) = (controls, ceilings, peers)
    }

    /// Adds further blocks of the same cell.
    package mutating func add(_ other: CellResult) {
        chosen = chosen ?? other.chosen
        blocks += other.blocks
        Self.add(other.rungs, to: &rungs)
        Self.add(other.controls, to: &controls)
        Self.add(other.ceilings, to: &ceilings)
        Self.add(other.peers, to: &peers, keepingReasons: true)
    }

    /// - Parameter keepingReasons: whether results that were skipped in some blocks only still say why.
    private static func add(
        _ more: [RungResult], to results: inout [RungResult], keepingReasons: Bool = false
    ) {
        for result in more {
            if let i = results.firstIndex(where: { $0.rung == result.rung }) {
                results[i].add(result, keepingReason: keepingReasons)
            } else {
                results.append(result)
            }
        }
    }

    /// Whether a block ended when its time was over, before all rounds were made.
    package var budgetEnded: Bool { blocks.contains { $0.end == .budget } }

    /// The implementation with this name.
    package func rung(_ name: String) -> RungResult? { rungs.first { $0.rung == name } }

    /// The implementations that have a time.
    package var timed: [RungResult] { rungs.filter { $0.stepTime != nil } }

    /// Those among which one can be the fastest: all that have a time, without those that round X, which make
    /// the step of other data; these among themselves where nothing else was timed.
    package var contenders: [RungResult] {
        let timed = timed
        let unrounded = timed.filter { $0.storage == .scalar }
        return unrounded.isEmpty ? timed : unrounded
    }

    /// The base of all comparisons: the first rung, or where that has no time here, the slowest one.
    package var reference: RungResult? {
        rungs.first?.stepTime != nil
            ? rungs.first : contenders.max { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// Whether the reference stands in for the first rung, which has no time here.
    package var referenceIsStandIn: Bool { reference?.rung != rungs.first?.rung }

    /// The contender with the shortest median.
    package var fastest: RungResult? { Self.fastest(of: contenders) }

    /// The fastest of the contenders that use several threads.
    package var fastestThreaded: RungResult? { Self.fastest(of: contenders.filter { $0.isThreaded }) }

    /// The fastest of the contenders that use one thread.
    package var fastestOnOneThread: RungResult? { Self.fastest(of: contenders.filter { !$0.isThreaded }) }

    /// The peers that have a time.
    package var timedPeers: [RungResult] { peers.filter { $0.stepTime != nil } }

    static func fastest(of results: [RungResult]) -> RungResult? {
        results.filter { $0.stepTime != nil }.min { $0.medianOrInfinity < $1.medianOrInfinity }
    }
}

// MARK: - Comparisons within a cell

extension CellResult {
    /// How many times as fast as another one an implementation is; nil where one of them has no time here.
    package func factor(of rung: RungResult, over other: RungResult) -> BlockEstimate? {
        guard rung.stepTime != nil, other.stepTime != nil else { return nil }
        return BlockEstimate(speedupOf: rung.samples, over: other.samples)
    }

    /// The speedup of an implementation over the reference.
    package func factorOverReference(_ rung: RungResult) -> BlockEstimate? {
        reference.flatMap { factor(of: rung, over: $0) }
    }

    /// The speedup of an implementation over the one that it builds on; nil where that one has no time here.
    package func factorOverPrevious(_ rung: RungResult) -> BlockEstimate? {
        rung.after.flatMap { self.rung($0) }.flatMap { factor(of: rung, over: $0) }
    }

    /// How many times as fast as the fastest of some implementations the fastest of others is, where luck in choosing
    /// them does not count: they are chosen on half of the blocks, every other one, and measured on the other
    /// half, and the other way round.
    ///
    /// A maximum of several noisy values is greater than any of them deserves, the more so the more there are; one that
    /// is measured anew is not (R. Tibshirani and R. Tibshirani, "A Bias Correction for the Minimum Error Rate in
    /// Cross-Validation", Annals of Applied Statistics 3, 2009).
    ///
    /// - Returns: nil where one of the sides has no time, or fewer than two blocks.
    package func factorOfFastest(_ rungs: [RungResult], over others: [RungResult]) -> BlockEstimate? {
        let indices = Set((rungs + others).flatMap { $0.samples.map { $0.block } })
        let halves = [0, 1].map { half in
            Set(indices.sorted().enumerated().filter { $0.offset % 2 == half }.map { $0.element })
        }
        let values = halves.indices.map { half -> [Double] in
            let choosing = halves[1 - half]
            guard let rung = Self.fastest(of: rungs, inBlocks: choosing),
                let other = Self.fastest(of: others, inBlocks: choosing)
            else { return [] }
            return rung.samples.blockSpeedups(over: other.samples).filter { halves[half].contains($0.key) }
                .map { $0.value }
        }
        return values.contains([]) ? nil : BlockEstimate(values.flatMap(\.self))
    }

    private static func fastest(of results: [RungResult], inBlocks blocks: Set<Int>) -> RungResult? {
        let times = results.compactMap { result in
            (result.stepTime?.blockMedians.filter { blocks.contains($0.key) }.map { $0.value })
                .flatMap { BlockEstimate($0) }.map { (result, $0.median) }
        }
        return times.min { $0.1 < $1.1 }?.0
    }

    /// The speedup over the fastest of the rung that is used where none is named, 1 at most but for scatter;
    /// nil where it has no time here.
    package var factorOfChosen: BlockEstimate? {
        chosen.flatMap { rung($0) }.flatMap { match([$0], against: contenders) }?.factor
    }

    /// The control that differs the most from the rung that it repeats, where that cannot be chance and is more than
    /// 2 %, and by how much; nil where none does. Then something disturbed the whole cell, and no summary should
    /// count it.
    package var strayControl: (control: RungResult, factor: BlockEstimate)? {
        let strays = controls.compactMap { control in
            factorOverPrevious(control).map { (control: control, factor: $0) }
        }.filter { $0.factor.holdsOne == false && abs(log($0.factor.median)) > log(1.02) }
        return strays.max { abs(log($0.factor.median)) < abs(log($1.factor.median)) }
    }

    /// Two implementations, and the speedup of the first over the second.
    package typealias Pair = (first: RungResult, second: RungResult, factor: BlockEstimate)

    /// The two fastest contenders; nil where there are fewer.
    package var leaders: Pair? {
        let byTime = contenders.sorted { $0.medianOrInfinity < $1.medianOrInfinity }
        return byTime.count > 1 ? pair(byTime[0], byTime[1]) : nil
    }

    /// The fastest implementation, where it is alone or clearly faster than the next one; nil elsewhere.
    package var clearWinner: RungResult? {
        guard let leaders else { return fastest }
        return leaders.factor.holdsOne == true ? nil : leaders.first
    }

    /// The fastest on several threads and the fastest on one; nil where there are not both.
    package var threadedAndAlone: Pair? { pair(fastestThreaded, fastestOnOneThread) }

    /// Whether the fastest on several threads is clearly faster than the fastest on one.
    package var threadsPay: Bool {
        threadedAndAlone.map { $0.factor.median > 1 && $0.factor.holdsOne != true } ?? false
    }

    /// The fastest implementation and the fastest peer, and how they compare where luck in choosing them does not
    /// count; nil where there are not both.
    package var fastestAndPeer: Pair? { match(contenders, against: timedPeers) }

    /// The fastest of some and the fastest of others over all blocks, and how they compare where luck in
    /// choosing them does not count (`factorOfFastest`); on a single block, how these two compare. Nil where a
    /// side has no time, or no round has both.
    func match(_ rungs: [RungResult], against others: [RungResult]) -> Pair? {
        guard let first = Self.fastest(of: rungs), let second = Self.fastest(of: others),
            let factor = factorOfFastest(rungs, over: others) ?? factor(of: first, over: second)
        else { return nil }
        return (first, second, factor)
    }

    private func pair(_ first: RungResult?, _ second: RungResult?) -> Pair? {
        guard let first, let second else { return nil }
        return factor(of: first, over: second).map { (first, second, $0) }
    }
}

// MARK: - Precision

extension CellResult {
    /// The precision of each time that is quoted: of the rungs and the peers. Infinite where there is no interval.
    package var precisions: [(name: String, precision: Double)] {
        (timed + timedPeers).map { ($0.rung, $0.stepTime?.estimate.precision ?? .infinity) }
    }
}
