import Measurement

/// What `--dry-run` prints: the cells of a plan with what they take.
struct DryRun {
    let plan: Plan
    let settings: SamplerSettings

    /// How many peers come on top.
    let peers: Int

    /// The table, in lines.
    func lines() throws -> [String] {
        let expectation = try Expectation(plan, settings)
        let head = ["m", "n_x", "scalar", "threads", "X", "memory", "time, about", "data"]
        let rows = plan.cells.map { cell in
            [
                "\(cell.m)", "\(cell.nx)", cell.scalar.rawValue, "\(cell.threads)",
                "\(ByteCount(cell.xBytes))", "\(ByteCount(CellMemory.bytes(of: cell, plan.rungs)))",
                "\(TimeSpan(expectation.seconds(cell) * 1e9))", cell.data ?? "random",
            ]
        }
        let seconds = plan.cells.reduce(0) { $0 + expectation.seconds($1) }
        let limit = settings.maximumRunNanoseconds.map { Double($0) / 1e9 } ?? .infinity
        return TextTable(head, rows, leading: 0).lines + [
            "\(plan.cells.count) cells, \(plan.rungs.count) implementations, \(settings.rounds) rounds in "
                + "\(settings.blocks) blocks: about \(Self.duration(min(seconds, limit)))"
                + (peers > 0 ? ", and what \(peers) peers take" : "")
        ]
    }

    /// `40 s`, `12 min`, `3.4 h`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 100 { return "\(Int(seconds.rounded(.up))) s" }
        if seconds < 5400 { return "\(Int((seconds / 60).rounded())) min" }
        let tenths = Int((seconds / 360).rounded())
        return "\(tenths / 10).\(tenths % 10) h"
    }
}
