import Foundation
import Problems

/// The contents of some rows.
struct CSVValues<Scalar: RealScalar> {
    /// X, with NaN for a missing value.
    var x: AlignedBuffer<Scalar>
    /// Y; zeros where labels are not read, NaN for a missing one.
    var y: AlignedBuffer<Scalar>
    /// The word for the label 0, where the rows or the format have one.
    var negative: String?
    /// The name of each row; none where no column has them.
    var ids: [String]
}

/// All rows of a file, read in blocks, several at a time.
struct CSVRows: Sendable {
    private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
    private let firstLine: Int
    private(set) var columns: CSVColumns
    private let format: CSV

    /// - Parameters:
    ///   - bytes: the rows, without the last line end.
    ///   - firstLine: the line of the file that they start in.
    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, columns: CSVColumns, format: CSV) {
        (self.bytes, self.firstLine) = (bytes, firstLine)
        (self.columns, self.format) = (columns, format)
    }

    /// A part of the rows, cut after a line end.
    private struct Block: Sendable {
        /// Without the line end after the last row. They are only read, as long as the file is in memory.
        nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
        /// Line ends within, and one for the last row: the rows, where no field holds a line end.
        let lines: Int
        /// The lines of the blocks before it.
        var firstRow = 0

        init(_ bytes: UnsafeBufferPointer<UInt8>) {
            self.bytes = bytes
            lines = 1 + CSVScanner.lineEnds(in: bytes)
        }
    }

    /// Reads all of them.
    func read<Scalar: RealScalar>() throws(FileError) -> CSVValues<Scalar> {
        let blocks = blocks()
        let nx = columns.features.count
        let lines = blocks.reduce(0) { $0 + $1.lines }
        // A complete row has a least number of bytes, or one less without a line end. So there is room for
        // every row up to the first wrong one, and for that one, and memory is taken only where the file
        // has the bytes for it.
        let rows = min(lines, bytes.count / columns.leastBytesOfRow + 1)
        let x: AlignedBuffer<Scalar> = try PhysicalMemory.zeros(
            rows: rows, columns: nx, for: columns.file)
        let y: AlignedBuffer<Scalar> = try PhysicalMemory.zeros(rows: rows, columns: 1, for: columns.file)
        if rows == lines, let (words, ids) = read(blocks, x, y, nx) {
            return CSVValues(x: x, y: y, negative: words.first ?? format.words?.negative, ids: ids)
        }
        // Something is wrong, or there are line ends within quotes: one reading, from the top.
        var reader = rowReader(of: bytes, as: Scalar.self)
        do throws(FileError) {
            try reader.read(x: x.base, y: y.base, room: rows)
        } catch {
            throw reader.hasMissing ? countingMissing(error) : error
        }
        return withExtendedLifetime((x, y)) {
            CSVValues(
                x: AlignedBuffer(x.elements.prefix(reader.rows * nx)),
                y: AlignedBuffer(y.elements.prefix(reader.rows)),
                negative: reader.labels.found ?? format.words?.negative, ids: reader.ids)
        }
    }

    /// The error of the first missing value, with how many there are by column.
    private func countingMissing(_ error: FileError) -> FileError {
        var lenient = self
        lenient.columns.allowsMissing = true
        let values: CSVValues<Double>? = try? lenient.read()
        let counts = values.map { "; missing: \(columns.countsOfMissing(in: $0))" } ?? ""
        return FileError(
            error.file, at: error.place,
            error.message + counts + "; --missing drop leaves such rows out, --missing mean fills in the mean"
        )
    }

    /// Cuts the rows into blocks, each of a mebibyte or a little more.
    private func blocks() -> [Block] {
        var ranges: [Range<Int>] = []
        var start = 0
        while start <= bytes.count {
            let least = min(start + 1 << 20, bytes.count)
            let end = bytes[least...].firstIndex(of: CSVScanner.newline) ?? bytes.count
            ranges.append(start..<end)
            start = end + 1
        }
        var blocks = concurrentMap(ranges) { Block(UnsafeBufferPointer(rebasing: bytes[$0])) }
        for index in blocks.indices.dropFirst() {
            blocks[index].firstRow = blocks[index - 1].firstRow + blocks[index - 1].lines
        }
        return blocks
    }

    /// Reads blocks, several at a time, each as if every line were a row. Where that holds in all of them, each
    /// does start with a row, with quotes or without.
    ///
    /// - Returns: the word that was found for the label 0, if any, and what the rows are called; nil where they have to
    ///   be read in order.
    private func read<Scalar: RealScalar>(
        _ blocks: [Block], _ x: AlignedBuffer<Scalar>, _ y: AlignedBuffer<Scalar>, _ nx: Int
    ) -> (words: Set<String>, ids: [String])? {
        let outcomes = concurrentMap(blocks) { block -> (isWhole: Bool, negative: String?, ids: [String]) in
            var reader = rowReader(of: block.bytes, as: Scalar.self)
            try? reader.read(
                x: x.base + block.firstRow * nx, y: y.base + block.firstRow,
                room: block.lines)
            return (reader.rows == block.lines, reader.labels.found, reader.ids)
        }
        let words = Set(outcomes.compactMap(\.negative))
        guard outcomes.allSatisfy(\.isWhole), words.count <= 1 else { return nil }
        return (words, outcomes.flatMap(\.ids))
    }

    private func rowReader<Scalar: RealScalar>(
        of bytes: UnsafeBufferPointer<UInt8>, as _: Scalar.Type
    ) -> CSVRowReader<Scalar> {
        CSVRowReader(bytes, firstLine: firstLine, columns: columns, format: format)
    }
}
