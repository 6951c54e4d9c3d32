import Ladders
import Problems
import Study

/// `unlooped list`: the ladders.
struct List: Verb {
    static let name = "list"
    static let summary = "list the implementations, ladder by ladder, from the foot up"

    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        if json {
            let entries = Ladder.allCases.flatMap { ladder in ladder.rungs.map { Entry($0, of: ladder) } }
            print(try JSONText.line(entries))
            return .success
        }
        let ladders = Ladder.allCases.map { ladder in
            (
                ladder,
                ladder.rungs.map { rung in
                    let storage = rung.storage == .scalar ? "" : ", X as \(rung.storage.rawValue)"
                    return (
                        rung.name, rung.idea, "\(rung.sums)" + (rung.isThreaded ? ", threads" : "") + storage
                    )
                }
            )
        }
        let rows = ladders.flatMap(\.1)
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        for (i, (ladder, rows)) in ladders.enumerated() {
            let option = ladder == .networks ? " (--hidden)" : ""
            print((i == 0 ? "" : "\n") + Terminal.styled(ladder.subject, .bold, on: .output) + option)
            for row in rows {
                let name = Terminal.styled(row.0.padded(to: widths.0), .bold, on: .output)
                print("\(name)  \(row.1.padded(to: widths.1))  \(row.2)")
            }
        }
        return .success
    }

    private struct Entry: Encodable {
        let ladder: String
        let name: String
        let after: String?
        let idea: String
        let sums: String
        let storage: Storage
        let isThreaded: Bool

        init(_ rung: RungInfo, of ladder: Ladder) {
            self.ladder = ladder.subject
            (name, after, idea) = (rung.name, rung.after, rung.idea)
            (sums, storage, isThreaded) = ("\(rung.sums)", rung.storage, rung.isThreaded)
        }
    }
}
