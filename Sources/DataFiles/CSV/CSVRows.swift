import LogisticRegression

/// The rows of a file, all of them.
struct CSVRows: Sendable {
    private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    private let firstLine: Int
    let columns: CSVColumns
    private let format: CSV

    /// - Parameters:
    ///   - bytes: the rows, without the last line end.
    ///   - firstLine: the line of the file that they start in.
    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, columns: CSVColumns, format: CSV) {
        (self.bytes, self.firstLine) = (bytes, firstLine)
        (self.columns, self.format) = (columns, format)
    }

    /// A block, and where it and its rows belong.
    private struct Part: Sendable {
        nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
        let firstLine: Int
        let rows: Range<Int>
    }

    /// What came of a block.
    private struct Outcome: Sendable {
        let rows: Int
        let negative: CSVLabels.Negative?
        let error: CSVError?
    }

    /// X, Y (zeros where labels are not read), and the word for the label 0 where the rows or the format tell it.
    func read<Scalar: RealScalar>() throws(CSVError) -> (
        x: AlignedBuffer<Scalar>, y: AlignedBuffer<Scalar>, negative: String?
    ) {
        let (parts, rows) = parts()
        let nx = columns.featureCount
        let x: AlignedBuffer<Scalar>
        let y: AlignedBuffer<Scalar>
        do {
            x = try PhysicalMemory.zeros(rows: rows, columns: nx)
            y = try PhysicalMemory.zeros(rows: rows, columns: 1)
        } catch {
            throw CSVError(file: columns.file, line: nil, column: nil, problem: .file(error))
        }
        let outcomes = concurrentMap(parts) { part in
            var reader = CSVRowReader<Scalar>(
                part.bytes, firstLine: part.firstLine, columns: columns, format: format)
            let (first, room) = (part.rows.lowerBound, part.rows.count)
            var error: CSVError?
            do throws(CSVError) {
                try reader.read(x: x.base + first * nx, y: y.base + first, room: room)
            } catch let failure {
                error = failure
            }
            return Outcome(rows: reader.rows, negative: reader.labels.found, error: error)
        }
        let negative = try firstError(outcomes)
        let found = outcomes.reduce(0) { $0 + $1.rows }
        guard found < rows else { return (x, y, negative) }
        // Fields with line ends in them: there were fewer rows than lines.
        return withExtendedLifetime((x, y)) {
            (AlignedBuffer(x.elements.prefix(found * nx)), AlignedBuffer(y.elements.prefix(found)), negative)
        }
    }

    /// The blocks, and rows that there is room for.
    ///
    /// A complete row has a least number of bytes, or one less without a line end. So there is room for every row up to the first wrong one, and for that one, and memory is asked
    /// for only where the file has the bytes for it.
    private func parts() -> (parts: [Part], rows: Int) {
        let blocks = CSVBlock.cut(bytes)
        let lines = blocks.reduce(0) { $0 + $1.lines }
        let most = bytes.count / columns.leastBytesOfRow + 1
        if blocks.contains(where: \.hasQuotes) || lines > most {
            // A line end need not be the end of a row, or a row is wrong: one reading, from the top.
            let rows = min(lines, most)
            return ([Part(bytes: bytes, firstLine: firstLine, rows: 0..<rows)], rows)
        }
        var row = 0
        let parts = blocks.map { block in
            defer { row += block.lines }
            return Part(bytes: block.bytes, firstLine: firstLine + row, rows: row..<row + block.lines)
        }
        return (parts, lines)
    }

    /// Throws the error that stands first in the file; returns the word for the label 0.
    private func firstError(_ outcomes: [Outcome]) throws(CSVError) -> String? {
        guard let words = format.words else {
            if let error = outcomes.lazy.compactMap(\.error).first { throw error }
            return nil
        }
        // Each block takes the first other word that it meets for the negative one.
        var negative = words.negative
        for outcome in outcomes {
            if let found = outcome.negative {
                if let negative, negative != found.word {
                    throw columns.error(
                        .word(found.word, positive: words.positive, negative: negative), line: found.line,
                        column: columns.label ?? 0)
                }
                negative = found.word
            }
            if let error = outcome.error { throw error }
        }
        return negative
    }
}
