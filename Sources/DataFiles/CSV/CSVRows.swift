import Problems

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
        let rows: Range<Int>
    }

    /// What came of a block.
    private struct Outcome: Sendable {
        /// Whether each line was a row, and nothing was wrong.
        let isWhole: Bool
        /// The word that it took for the label 0: the first other one that it met.
        let negative: String?
    }

    /// X, Y (zeros where labels are not read), and the word for the label 0 where the rows or the format tell it.
    func read<Scalar: RealScalar>() throws(CSVError) -> (
        x: AlignedBuffer<Scalar>, y: AlignedBuffer<Scalar>, negative: String?
    ) {
        let blocks = CSVBlock.cut(bytes)
        let lines = blocks.reduce(0) { $0 + $1.lines }
        // A complete row has a least number of bytes, or one less without a line end. So there is room for
        // every row up to the first wrong one, and for that one, and memory is asked for only where the file
        // has the bytes for it.
        let rows = min(lines, bytes.count / columns.leastBytesOfRow + 1)
        let x: AlignedBuffer<Scalar>
        let y: AlignedBuffer<Scalar>
        do {
            x = try PhysicalMemory.zeros(rows: rows, columns: columns.featureCount)
            y = try PhysicalMemory.zeros(rows: rows, columns: 1)
        } catch {
            throw CSVError(file: columns.file, line: nil, column: nil, problem: .file(error))
        }
        if rows == lines, let words = read(blocks, x, y) {
            return (x, y, words.first ?? format.words?.negative)
        }
        // Something is wrong, or there are line ends within quotes: one reading, from the top.
        var reader = rowReader(of: bytes, as: Scalar.self)
        try reader.read(x: x.base, y: y.base, room: rows)
        return withExtendedLifetime((x, y)) {
            (
                AlignedBuffer(x.elements.prefix(reader.rows * columns.featureCount)),
                AlignedBuffer(y.elements.prefix(reader.rows)),
                reader.labels.found ?? format.words?.negative
            )
        }
    }

    /// Reads blocks, several at a time, each as if every line were a row. Where that holds in all of them, each
    /// starts with a row indeed, be there quotes or not.
    ///
    /// - Returns: the word that was found for the label 0, if any; nil where the blocks say nothing.
    private func read<Scalar: RealScalar>(
        _ blocks: [CSVBlock], _ x: AlignedBuffer<Scalar>, _ y: AlignedBuffer<Scalar>
    ) -> Set<String>? {
        var row = 0
        let parts = blocks.map { block in
            defer { row += block.lines }
            return Part(bytes: block.bytes, rows: row..<row + block.lines)
        }
        let outcomes = concurrentMap(parts) { part in
            var reader = rowReader(of: part.bytes, as: Scalar.self)
            let first = part.rows.lowerBound
            try? reader.read(
                x: x.base + first * columns.featureCount, y: y.base + first, room: part.rows.count)
            return Outcome(isWhole: reader.rows == part.rows.count, negative: reader.labels.found)
        }
        let words = Set(outcomes.compactMap(\.negative))
        return outcomes.allSatisfy(\.isWhole) && words.count <= 1 ? words : nil
    }

    private func rowReader<Scalar: RealScalar>(
        of bytes: UnsafeBufferPointer<UInt8>, as _: Scalar.Type
    ) -> CSVRowReader<Scalar> {
        CSVRowReader(bytes, firstLine: firstLine, columns: columns, format: format)
    }
}
