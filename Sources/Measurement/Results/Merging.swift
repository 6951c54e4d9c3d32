extension Results {
    /// These results together with `others`: the cells of all of them, with the blocks of all for a cell that
    /// several have. Blocks and rounds are numbered on from those before, so that no two have the same number.
    ///
    /// Settings, and findings other than times, are those of the first that has them; advice is given anew.
    package func merging(_ others: [Results]) throws(MergeError) -> Results {
        var merged = self
        for (i, other) in others.enumerated() {
            if let difference = Difference.all(merged, other).first {
                throw MergeError(index: i, problem: .difference(difference))
            }
            if let peers = merged.plan.differentPeers(in: other.plan) {
                throw MergeError(index: i, problem: .peers(peers.0, peers.1))
            }
            if let cell = merged.cellWithBlock(of: other) {
                throw MergeError(index: i, problem: .sameBlock(cell))
            }
            merged = merged.joined(with: other)
        }
        merged.advice = Advice.all(of: merged)
        return merged
    }

    /// A cell of which both have a block that began at the same moment, which must be the same block.
    private func cellWithBlock(of other: Results) -> Cell? {
        other.cells.first { cell in
            let starts = Set(self[cell.cell]?.blocks.map { $0.startUnixSeconds } ?? [])
            return cell.blocks.contains { starts.contains($0.startUnixSeconds) }
        }?.cell
    }

    private func joined(with other: Results) -> Results {
        var joined = self
        if command != other.command { joined.command += "; \(other.command)" }
        joined.plan = plan.joined(with: other.plan)
        joined.ceilings = ceilings ?? other.ceilings
        joined.functions = functions ?? other.functions
        let more = (other.notes ?? []).filter { note(of: $0.rung, $0.problem ?? .logistic) == nil }
        joined.notes = more.isEmpty ? notes : (notes ?? []) + more
        joined.trainings += other.trainings.filter { training in
            !trainings.contains { $0.dataset == training.dataset }
        }
        for cell in other.cells {
            joined.add(self[cell.cell].map { cell.renumbered(after: $0) } ?? cell)
        }
        return joined
    }
}

extension Plan {
    /// A peer of this plan and another one of the same name in another plan.
    fileprivate func differentPeers(in other: Plan) -> (Peer, Peer)? {
        for peer in peers {
            if let second = other.peers.first(where: { $0.name == peer.name }), second != peer {
                return (peer, second)
            }
        }
        return nil
    }

    fileprivate func joined(with other: Plan) -> Plan {
        Plan(
            preset: preset == other.preset ? preset : nil,
            cells: cells + other.cells.filter { !cells.contains($0) },
            rungs: rungs + other.rungs.filter { !rungs.contains($0) }, data: data ?? other.data,
            dataFingerprint: dataFingerprint ?? other.dataFingerprint,
            peers: peers + other.peers.filter { !peers.contains($0) })
    }
}

extension CellResult {
    /// The same blocks, with numbers of blocks and rounds that follow those of `first`.
    fileprivate func renumbered(after first: CellResult) -> CellResult {
        let samples = (first.rungs + first.controls + first.ceilings + first.peers).flatMap { $0.samples }
        let block = (first.blocks.map { $0.index } + samples.map { $0.block }).reduce(-1, max) + 1
        let round = samples.map { $0.round }.reduce(-1, max) + 1
        func renumber(_ rungs: inout [RungResult]) {
            for i in rungs.indices { rungs[i].renumber(blocks: block, rounds: round) }
        }
        var result = self
        for i in result.blocks.indices { result.blocks[i].index += block }
        renumber(&result.rungs)
        renumber(&result.controls)
        renumber(&result.ceilings)
        renumber(&result.peers)
        return result
    }
}

/// Results that cannot be merged with others.
package struct MergeError: Error, Equatable {
    package enum Problem: Sendable, Equatable {
        /// They were not timed alike.
        case difference(Difference)
        /// Both hold the same block of a cell, which would then count twice.
        case sameBlock(Cell)
        /// Two different peers of the same name.
        case peers(Peer, Peer)
    }

    /// Which of those that were to be merged it is, from 0.
    package let index: Int
    package let problem: Problem
}

extension MergeError: CustomStringConvertible {
    /// Why not, and what to do.
    package var description: String {
        switch problem {
        case .difference(let difference):
            "\(difference); merge only what was timed on one machine with one build and the same data"
        case .sameBlock(let cell):
            "both hold the same block of the cell \(cell), which would count twice; name each run once"
        case .peers(let first, let second):
            "the peer \(first.name) is not the same in both (\(first.version), by '\(first.command)'; "
                + "\(second.version), by '\(second.command)'); merge only what was timed with the same peers"
        }
    }
}
