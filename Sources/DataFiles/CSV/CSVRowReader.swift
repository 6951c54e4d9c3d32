import Problems

/// Reads rows one after another, fields in the order of the file.
struct CSVRowReader<Scalar: RealScalar> {
    private var scanner: CSVScanner
    private let columns: CSVColumns
    /// The index of the column with the labels; −1 where there is none.
    private let labelColumn: Int

    /// What the labels are, and what was found of them.
    private(set) var labels: CSVLabels

    /// Complete rows so far.
    private(set) var rows = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, columns: CSVColumns, format: CSV) {
        scanner = CSVScanner(bytes, separator: format.separator.rawValue, line: firstLine)
        labels = CSVLabels(format.words)
        self.columns = columns
        labelColumn = columns.label ?? -1
    }

    /// Reads rows to the end.
    ///
    /// - Parameters:
    ///   - x: takes the features, one row after another.
    ///   - y: takes the labels.
    ///   - room: rows that there is room for.
    mutating func read(
        x: UnsafeMutablePointer<Scalar>, y: UnsafeMutablePointer<Scalar>, room: Int
    ) throws(CSVError) {
        while !scanner.isAtEnd, rows < room {
            let start = scanner
            do throws(CSVError) {
                y[rows] = try readRow(into: x + rows * columns.featureCount)
            } catch {
                // The number of fields comes first: with a separator too many or too few, what the
                // others hold is in the wrong columns.
                throw wrongFieldCount(start) ?? error
            }
            rows += 1
        }
        assert(scanner.isAtEnd, "no room for a row")
    }

    /// The features of a row into `x`; returns its label.
    @inline(__always)
    private mutating func readRow(into x: UnsafeMutablePointer<Scalar>) throws(CSVError) -> Scalar {
        var label: Scalar = 0
        var next = x
        let last = columns.count - 1
        for column in 0...last {
            let isLast: Bool
            if column == labelColumn {
                (label, isLast) = try readLabel()
            } else {
                (next.pointee, isLast) = try readNumber(column)
                next += 1
            }
            guard isLast == (column == last) else {
                // Only stands in for the error that the caller finds.
                throw columns.error(.fieldCount(found: column + 1, expected: last + 1), line: scanner.line)
            }
        }
        return label
    }

    @inline(__always)
    private mutating func readNumber(_ column: Int) throws(CSVError) -> (value: Scalar, endsRecord: Bool) {
        var ahead = scanner
        if let (number, endsRecord) = ahead.nextNumber(), case let value = Scalar(number), value.isFinite {
            scanner = ahead
            return (value, endsRecord)
        }
        return try readNumberSlowly(column)
    }

    /// Numbers in quotes, or with blanks behind them, and what is no number.
    @inline(never)
    private mutating func readNumberSlowly(
        _ column: Int
    ) throws(CSVError) -> (value: Scalar, endsRecord: Bool) {
        let field = try next(column)
        let problem: CSVError.Problem
        switch DecimalNumber.parse(scanner.bytes(field)) {
        case .finite(let number) where Scalar(number).isFinite: return (Scalar(number), field.endsRecord)
        case .finite: problem = .beyondFloat(scanner.text(field))
        case .notFinite: problem = .notFinite(scanner.text(field))
        case .notANumber: problem = .notANumber(scanner.text(field))
        }
        throw columns.error(problem, line: field.line, column: column)
    }

    /// The label; 0 where labels are not read.
    @inline(__always)
    private mutating func readLabel() throws(CSVError) -> (value: Scalar, endsRecord: Bool) {
        guard columns.readsLabels else { return (0, try next(labelColumn).endsRecord) }
        var ahead = scanner
        // In one question: which of the two it is would mostly be guessed wrong.
        if labels.areNumbers, let (value, endsRecord) = ahead.nextNumber(), (value == 0) != (value == 1) {
            scanner = ahead
            return (Scalar(value), endsRecord)
        }
        let field = try next(labelColumn)
        do {
            let value = try labels.value(scanner.bytes(field), text: scanner.text(field))
            return (Scalar(value), field.endsRecord)
        } catch {
            throw columns.error(error, line: field.line, column: labelColumn)
        }
    }

    private mutating func next(_ column: Int) throws(CSVError) -> CSVScanner.Field {
        do {
            return try scanner.next()
        } catch {
            let (problem, line) = CSVError.Problem.of(error)
            throw columns.error(problem, line: line, column: column)
        }
    }

    /// Tells whether the row at `start` has as many fields as it should.
    private func wrongFieldCount(_ start: CSVScanner) -> CSVError? {
        var scanner = start
        var count = 0
        while let field = try? scanner.next() {
            count += 1
            guard field.endsRecord else { continue }
            guard count != columns.count else { return nil }
            return columns.error(.fieldCount(found: count, expected: columns.count), line: start.line)
        }
        return nil
    }
}
