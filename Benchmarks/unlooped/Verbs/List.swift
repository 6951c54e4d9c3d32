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
        for (i, ladder) in Ladder.allCases.enumerated() {
            let option = ladder == .networks ? " (--hidden)" : ""
            print((i == 0 ? "" : "\n") + Terminal.styled(ladder.subject, .bold, on: .output) + option)
            let rows = ladder.rungs.map { rung in
                let storage = rung.storage == .scalar ? "" : ", X as \(rung.storage.rawValue)"
                return [
                    rung.name, rung.after ?? "–", rung.idea + storage, rung.isThreaded ? "yes" : "",
                    "\(rung.sums)",
                ]
            }
            let head = ["rung", "builds on", "what it changes", "threads", "how it sums"]
            print(
                TextTable(head, rows, leading: 5, spare: ["how it sums", "threads"]).lines.joined(
                    separator: "\n"))
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
