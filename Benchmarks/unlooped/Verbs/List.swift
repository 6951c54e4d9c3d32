import Ladders
import Problems
import Study

/// `unlooped list`: the ladder.
struct List: Verb {
    static let name = "list"
    static let summary = "list the implementations, from the foot of the ladder up"

    @Option(.json) var json: Bool

    func run() throws -> ExitCode {
        let rungs = LogisticLadder.rungs
        if json {
            print(try JSONText.line(rungs.map(Entry.init)))
            return .success
        }
        let rows = rungs.map { rung in
            let storage = rung.storage == .scalar ? "" : ", X as \(rung.storage.rawValue)"
            return (rung.name, rung.idea, "\(rung.sums)" + (rung.isThreaded ? ", threads" : "") + storage)
        }
        let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
        for row in rows {
            let name = Terminal.styled(row.0.padded(to: widths.0), .bold, on: .output)
            print("\(name)  \(row.1.padded(to: widths.1))  \(row.2)")
        }
        return .success
    }

    private struct Entry: Encodable {
        let name: String
        let after: String?
        let idea: String
        let sums: String
        let storage: Storage
        let isThreaded: Bool

        init(_ rung: RungInfo) {
            (name, after, idea) = (rung.name, rung.after, rung.idea)
            (sums, storage, isThreaded) = ("\(rung.sums)", rung.storage, rung.isThreaded)
        }
    }
}
