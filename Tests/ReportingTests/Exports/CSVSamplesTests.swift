import Problems
import Measurement
import Reporting
import Testing

@Suite("The samples can be read as a table")
struct CSVSamplesTests {
    /// The fields of each line, read as RFC 4180 has it.
    func lines(_ text: String) -> [[String]] {
        var (lines, fields, field, isQuoted) = ([[String]](), [String](), "", false)
        // A quote inside quotes ends them; a second one after it is text, and begins them again.
        var wasQuote = false
        for scalar in text.unicodeScalars {
            if scalar == "\"" {
                if wasQuote { field.unicodeScalars.append(scalar) }
                wasQuote = isQuoted
                isQuoted.toggle()
                continue
            }
            wasQuote = false
            switch scalar {
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            case "\n" where !isQuoted:
                lines.append(fields + [field])
                (fields, field) = ([], "")
            default: field.unicodeScalars.append(scalar)
            }
        }
        #expect(field.isEmpty && fields.isEmpty && !isQuoted, "the last line has no end")
        return lines
    }

    /// The rows by the names of the columns.
    func rows(_ results: Results) throws -> [[String: String]] {
        let lines = lines(CSVSamples(results).text())
        let columns = try #require(lines.first)
        #expect(columns == CSVSamples.columns)
        #expect(Set(columns).count == columns.count)
        return lines.dropFirst().map { fields in
            #expect(fields.count == columns.count, "\(fields)")
            return Dictionary(uniqueKeysWithValues: zip(columns, fields))
        }
    }

    func rows(_ results: Results, _ rung: String, m: Int) throws -> [[String: String]] {
        try rows(results).filter { $0["rung"] == rung && $0["m"] == "\(m)" }
    }

    @Test("A row holds a sample, with every digit, and what is known of its cell and rung")
    func samples() throws {
        let rows = try rows(FullResults.results, "loops.flat", m: 1000)
        let rung = FullResults.cell.rungs[0]
        #expect(rows.count == rung.samples.count)
        for (row, sample) in zip(rows, rung.samples) {
            #expect(row["nx"] == "128" && row["scalar"] == "float" && row["threads"] == "1")
            #expect(row["role"] == "rung" && row["judged"] == "passed" && row["skipped"] == "")
            func int(_ column: String) -> Int { row[column].flatMap { Int($0) } ?? -1 }
            #expect(
                Sample(
                    block: int("block"), round: int("round"), position: int("position"), steps: int("steps"),
                    nanoseconds: int("nanoseconds"), cpuNanoseconds: int("cpu_nanoseconds"),
                    waitedNanoseconds: sample.waitedNanoseconds ?? 0) == sample)
            #expect(row["nanoseconds_per_step"].flatMap { Double($0) } == sample.nanosecondsPerStep)
            #expect(row["fresh_process"] == (sample.block == 1 ? "1" : "0"))
            #expect(row["error_over_bound"] == "0.1")
        }
    }

    @Test("Disturbed samples are those that the results count")
    func disturbed() throws {
        let rows = try rows(FullResults.results, "loops.flat", m: 1000)
        #expect(rows.filter { $0["disturbed"] == "1" }.map { $0["nanoseconds"] } == ["700"])
        #expect(rows.count { $0["disturbed"] == "0" } == 7)
        #expect(FullResults.cell.rungs[0].stepTime?.disturbed == 1)
    }

    @Test("A rung without samples has a row without times, and the reason")
    func skipped() throws {
        let rows = try rows(FullResults.results, "dispatch.fused", m: 1000)
        #expect(rows.count == 1)
        #expect(rows.first?["skipped"] == "a step takes \"too, long\"")
        #expect(rows.first?["judged"] == "none")
        for column in [
            "block", "fresh_process", "round", "steps", "nanoseconds", "nanoseconds_per_step", "disturbed",
        ] {
            #expect(rows.first?[column] == "")
        }
    }

    @Test("What the judge rejected says so, and an infinite error is an empty field")
    func failed() throws {
        let sampled = try rows(FullResults.results, "arrays.whole", m: 1000)
        #expect(sampled.map { $0["judged"] } == ["failed"])
        #expect(sampled.first?["nanoseconds"] == "55" && sampled.first?["error_over_bound"] == "")
        let alone = try rows(FullResults.results, "loops.flat", m: 10)
        #expect(alone.map { $0["judged"] } == ["failed"])
        #expect(alone.first?["nanoseconds"] == "")
        let text = CSVSamples(FullResults.results).text().lowercased()
        #expect(!text.contains("nan,") && !text.contains("inf"))
    }

    @Test("Controls, ceilings and peers have their roles; a sample of an unknown block names no process")
    func roles() throws {
        let rows = try rows(FullResults.results)
        #expect(
            rows.filter { $0["role"] == "control" }.map { $0["rung"] } == [
                "simd.fused again", "simd.fused again",
            ])
        #expect(rows.filter { $0["role"] == "ceiling" }.map { $0["judged"] } == ["none", "none"])
        let peers = rows.filter { $0["role"] == "peer" }
        #expect(peers.map { $0["rung"] } == ["numpy", "numpy", "other"])
        #expect(peers.map { $0["skipped"] } == ["", "", "it died"])
        #expect(rows.last?["scalar"] == "double" && rows.last?["fresh_process"] == "")
        #expect(rows.count == 8 + 5 + 1 + 1 + 2 + 2 + 3 + 1 + 3)
    }

    @Test(
        "Any text stays in its field",
        arguments: ["a,b", "say \"so\"", "two\nlines", "two\r\nlines", "\"\u{301},\"", "=1+1", " spaces "])
    func quoting(reason: String) throws {
        let cell = CellResult(
            cell: Cell(m: 1, nx: 1, scalar: .float, threads: 1),
            rungs: [FullResults.rung("a.b", skipped: reason), FullResults.rung("a.c")])
        let rows = try rows(FullResults.empty(cells: [cell]))
        #expect(rows.map { $0["skipped"].map { Array($0.utf8) } } == [Array(reason.utf8), []])
    }

    @Test("A network has its layers and activation, logistic regression none")
    func network() throws {
        let network = Network(hidden: [128, 64], activation: .tanh)
        let cells = [network, .logistic].map {
            CellResult(
                cell: Cell(m: 1, nx: 1, network: $0, scalar: .float, threads: 1),
                rungs: [FullResults.rung("a.b")])
        }
        let rows = try rows(FullResults.empty(cells: cells))
        #expect(
            rows.map { $0["hidden"] } == ["128-64", ""] && rows.map { $0["activation"] } == ["tanh", ""])
    }

    @Test("Results without cells are a header")
    func nothing() {
        #expect(
            CSVSamples(FullResults.empty()).text()
                == "m,nx,hidden,activation,scalar,threads,data,rung,role,block,fresh_process,round,position,steps,nanoseconds,"
                + "cpu_nanoseconds,nanoseconds_per_step,disturbed,error_over_bound,judged,skipped\n")
    }
}
