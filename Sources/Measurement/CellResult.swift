/// What was found in one cell.
package struct CellResult: Codable, Sendable, Equatable {
    /// Which cell it is.
    package let cell: Cell

    /// The blocks that were sampled, in order.
    package private(set) var blocks: [Block]

    /// The implementations, in the order of the ladder, those that were skipped too.
    package private(set) var rungs: [RungResult]

    /// Implementations that ran a second time under another name, beside the first: how far two times of
    /// the same code differ here. `after` names the rung that each repeats.
    package private(set) var controls: [RungResult]

    /// What bounds every implementation here: reading X once and doing nothing with it; with few features
    /// also the loss of m values, which reads nothing of X.
    package private(set) var ceilings: [RungResult]

    /// The same step in other programs, in the order of the plan, those that were skipped too.
    package private(set) var peers: [RungResult]

    /// The rung that is taken here where none is named; nil where that is not known.
    package var chosen: String?

    /// A result.
    package init(
        cell: Cell, blocks: [Block] = [], rungs: [RungResult], controls: [RungResult] = [],
        ceilings: [RungResult] = [], peers: [RungResult] = []
    ) {
        (self.cell, self.blocks, self.rungs) = (cell, blocks, rungs)
        (self.controls, self.ceilings, self.peers) = (controls, ceilings, peers)
    }

    /// Takes in further blocks of the same cell.
    package mutating func add(_ other: CellResult) {
        chosen = chosen ?? other.chosen
        blocks += other.blocks
        rungs = Self.merged(rungs, other.rungs)
        controls = Self.merged(controls, other.controls)
        ceilings = Self.merged(ceilings, other.ceilings)
        peers = Self.merged(peers, other.peers, keepingReasons: true)
    }

    /// - Parameter keepingReasons: whether what was skipped in some blocks only still says why.
    private static func merged(
        _ first: [RungResult], _ second: [RungResult], keepingReasons: Bool = false
    ) -> [RungResult] {
        first.map { rung in
            second.first { $0.rung == rung.rung }
                .map { RungResult(rung, adding: $0, keepingReason: keepingReasons) } ?? rung
        } + second.filter { rung in !first.contains { $0.rung == rung.rung } }
    }

    /// Whether a block ended when the time for it was over, before all rounds were made.
    package var budgetEnded: Bool { blocks.contains { $0.end == .budget } }

    /// The implementations that have a time.
    package var timed: [RungResult] { rungs.filter { $0.stepTime != nil } }

    /// Those among which one can be the fastest: all that have a time, without those that round X, which make
    /// the step of other data; these among themselves where nothing else was timed.
    package var contenders: [RungResult] {
        let timed = timed
        let asked = timed.filter { $0.storage == .scalar }
        return asked.isEmpty ? timed : asked
    }

    /// What all are compared with: the first rung, or where that has no time here, the slowest one.
    package var reference: RungResult? {
        rungs.first?.stepTime != nil
            ? rungs.first : contenders.max { $0.medianOrInfinity < $1.medianOrInfinity }
    }

    /// Whether the reference stands in for the first rung, which has no time here.
    package var referenceIsStandIn: Bool { reference?.rung != rungs.first?.rung }

    /// The contender with the shortest median.
    package var fastest: RungResult? { contenders.min { $0.medianOrInfinity < $1.medianOrInfinity } }

    /// The implementation with this name.
    package func rung(_ name: String) -> RungResult? { rungs.first { $0.rung == name } }

    /// The factor by which the rung that is taken where none is named is faster than the fastest, so 1 at most
    /// but for scatter; nil where it has no time here.
    package var factorOfChosen: Factor? {
        guard let fastest, let chosen = chosen.flatMap({ rung($0) }) else { return nil }
        return factor(of: chosen, over: fastest)
    }

    /// How many times faster an implementation is than the reference.
    package func factorOverReference(_ rung: RungResult) -> Factor? {
        reference.flatMap { factor(of: rung, over: $0) }
    }

    /// How many times faster an implementation is than the one it builds on; nil where that one has no
    /// time here.
    package func factorOverPrevious(_ rung: RungResult) -> Factor? {
        rung.after.flatMap { self.rung($0) }.flatMap { factor(of: rung, over: $0) }
    }

    /// How many times faster one implementation is than another; nil where one of them has no time here.
    package func factor(of rung: RungResult, over other: RungResult) -> Factor? {
        guard rung.stepTime != nil, other.stepTime != nil else { return nil }
        return Factor(of: rung.samples, over: other.samples)
    }

    /// How far the same code can seem to be faster or slower than itself here: the hull of the controls'
    /// intervals and 1; nil without controls.
    package var controlInterval: Interval? {
        let intervals = controls.compactMap { factorOverPrevious($0)?.interval }
        guard let coverage = intervals.map({ $0.coverage }).min() else { return nil }
        return Interval(
            low: min(1, intervals.map { $0.low }.min() ?? 1),
            high: max(1, intervals.map { $0.high }.max() ?? 1), coverage: coverage)
    }

    /// Whether a factor cannot be told from no difference at all: its interval holds 1, or reaches into
    /// that of the controls.
    package func isIndistinguishable(_ factor: Factor) -> Bool {
        let none = controlInterval ?? Interval(low: 1, high: 1, coverage: 1)
        return factor.interval.meets(none)
    }
}

extension RungResult {
    var medianOrInfinity: Double { stepTime?.medianNanoseconds ?? .infinity }
}
