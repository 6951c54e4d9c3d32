extension Results {
    /// These results together with `others`: the cells of all of them, and of a cell that several have the
    /// blocks of all. Blocks and rounds are numbered on from those before, so that none has the number of
    /// another.
    ///
    /// What a run was asked for, and what else it found, is that of the first that has it; advice is given
    /// anew.
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
        // What else the machine did when one of the others began is only in its own advice.
        let loads = others.flatMap { $0.advice }.filter { $0.kind == .load }
        merged.advice = Advice.all(of: merged) + loads
        return merged
    }

    /// A cell of which both have a block that began at the same moment, which must be the same one.
    private func cellWithBlock(of other: Results) -> Cell? {
        other.cells.first { cell in
            let starts = Set(self[cell.cell]?.blocks.map { $0.startUnixSeconds } ?? [])
            return cell.blocks.contains { starts.contains($0.startUnixSeconds) }
        }?.cell
    }

    private func hasTraining(on dataset: String) -> Bool { trainings.contains { $0.dataset == dataset } }

    private func joined(with other: Results) -> Results {
        var joined = Results(
            date: date, command: command == other.command ? command : "\(command); \(other.command)",
            seed: seed, settings: settings, plan: plan.joined(with: other.plan),
            machine: machine, build: build, cells: cells,
            trainings: trainings + other.trainings.filter { !hasTraining(on: $0.dataset) })
        joined.ceilings = ceilings ?? other.ceilings
        joined.functions = functions ?? other.functions
        let more = (other.notes ?? []).filter { note(of: $0.rung) == nil }
        joined.notes = more.isEmpty ? notes : (notes ?? []) + more
        for cell in other.cells {
            joined.add(self[cell.cell].map { cell.renumbered(after: $0) } ?? cell)
        }
        return joined
    }
}

extension Plan {
    /// A peer of this plan, and one of another plan that has the same name and is not the same.
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
        func renumbered(_ rungs: [RungResult]) -> [RungResult] {
            rungs.map { rung in
                RungResult(rung, samples: rung.samples.map { $0.moved(blocks: block, rounds: round) })
            }
        }
        var result = CellResult(
            cell: cell, blocks: blocks.map { $0.moved(by: block) }, rungs: renumbered(rungs),
            controls: renumbered(controls), ceilings: renumbered(ceilings), peers: renumbered(peers))
        result.chosen = chosen
        return result
    }
}

extension Block {
    fileprivate func moved(by count: Int) -> Block {
        Block(
            index: index + count, isFreshProcess: isFreshProcess, startUnixSeconds: startUnixSeconds,
            seconds: seconds, rounds: rounds, end: end, largePageBytes: largePageBytes)
    }
}

extension Sample {
    fileprivate func moved(blocks: Int, rounds: Int) -> Sample {
        Sample(
            block: block + blocks, round: round + rounds, position: position, steps: steps,
            nanoseconds: nanoseconds, cpuNanoseconds: cpuNanoseconds)
    }
}
