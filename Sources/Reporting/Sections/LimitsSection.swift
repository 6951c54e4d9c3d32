import Measurement

/// How near the implementations come to what the machine can do: what the study sets out to reach, and where it
/// does not, what bounds it.
struct LimitsSection {
    private let results: Results
    private let rows: [(target: LimitTarget, findings: [LimitFinding])]

    init(_ results: Results) {
        self.results = results
        rows = LimitTarget.allCases.map { ($0, $0.findings(in: results)) }
    }

    /// The section; nil where the run did not look for limits, which is what the functions are timed for.
    var section: Section? {
        guard results.functions != nil else { return nil }
        return Section(
            "limits", "How near the limits", [.paragraph(about), targets] + shortfalls + [everything])
    }

    private let about: Phrase = """
        What the study sets out to reach beside what the machine can do. A step includes J. It is measured by \
        reading X once and doing nothing with it, or by the loss alone, timed in the same rounds, so that \
        whatever slows the machine slows both; of each cell the fastest rung counts. That is \
        reached, or not, where the whole interval says so; elsewhere it is not clear. The first table has the \
        place that is the farthest from what is asked for.
        """

    private var targets: Item {
        let head = [
            "what it is about", "what is measured", "farthest from it", "measured by", "asked for", "there",
            "reached",
        ]
        let rows = rows.map { target, findings in
            let worst = LimitFinding.worst(findings)
            return [
                target.title, target.measure, worst?.subjectAndPlace ?? "–",
                worst?.command ?? "unlooped bench --preset limits", target.demand, worst?.reached ?? "–",
                worst?.answer.words ?? "not timed",
            ]
        }
        return .table("What is asked for, and what is reached", DataTable(head, rows, leading: 4))
    }

    /// Where a target is not reached, and what the results tell of why.
    private var shortfalls: [Item] {
        let findings = rows.flatMap { $0.findings }.filter { $0.answer != .met }
        guard !findings.isEmpty else {
            return [.paragraph("What was timed reaches what is asked for everywhere.")]
        }
        let points = findings.map { finding -> Phrase in
            """
            \(strong: finding.target.text(finding.value)) where \(finding.target.demand) is asked for, \
            \(finding.subjectAndPlace), \(finding.target.measure). \
            \(LimitCause(finding, of: results).text)
            """
        }
        return [.heading("What bounds it where it is not clearly reached"), .list(points)]
    }

    private var everything: Item {
        let head = [
            "what it is about", "where", "what", "a step", "beside", "asked for", "measured", "reached",
        ]
        let rows = rows.flatMap { target, findings in
            findings.map {
                [target.title, $0.place, $0.name] + $0.times + [target.demand, $0.reached, $0.answer.words]
            }
        }
        return .table("All that was measured", DataTable(head, rows, leading: 3))
    }
}
