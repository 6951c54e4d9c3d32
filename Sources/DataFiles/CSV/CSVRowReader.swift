import Problems

/// Reads rows one after another, fields in the order of the file.
struct CSVRowReader<Scalar: RealScalar> {
    private var scanner: CSVScanner
    private let columns: CSVColumns
    private let nx: Int
    /// The index of the column with the labels; −1 where there is none.
    private let labelColumn: Int
    /// The columns that are not features as they stand, in their order, and −1 after them.
    private let special: [Int]
    /// The places of the words of such a column among its features.
    private var places: [Int: [String: Int]] = [:]
    private let hasDecimalComma: Bool

    /// The meaning of the labels, and the word that was found for 0.
    private(set) var labels: CSVLabels

    /// The name of each row, where a column has them.
    private(set) var ids: [String] = []

    /// Whether reading ended at a missing value.
    private(set) var hasMissing = false

    /// Complete rows so far.
    private(set) var rows = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>, firstLine: Int, columns: CSVColumns, format: CSV) {
        scanner = CSVScanner(bytes, separator: format.separator.rawValue, line: firstLine)
        labels = CSVLabels(format.words)
        self.columns = columns
        (nx, labelColumn) = (columns.features.count, columns.label ?? -1)
        special = columns.special + [-1]
        hasDecimalComma = format.rules.hasDecimalComma
        for (column, role) in columns.roles.enumerated() {
            guard case .words(let oneHot) = role else { continue }
            places[column] = Dictionary(
                oneHot.words.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    /// Reads rows to the end.
    ///
    /// - Parameters:
    ///   - x: takes the features, one row after another.
    ///   - y: takes the labels.
    ///   - room: rows that there is room for.
    mutating func read(
        x: UnsafeMutablePointer<Scalar>, y: UnsafeMutablePointer<Scalar>, room: Int
    ) throws(FileError) {
        while rows < room {
            scanner.skipBlankLines()
            if scanner.isAtEnd { break }
            let start = scanner
            do throws(FileError) {
                y[rows] = try readRow(into: x + rows * nx)
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
    private mutating func readRow(into x: UnsafeMutablePointer<Scalar>) throws(FileError) -> Scalar {
        var label: Scalar = 0
        var next = x
        let last = columns.count - 1
        var (specials, nextSpecial) = (0, special[0])
        for column in 0...last {
            let isLast: Bool
            if column == nextSpecial {
                if column == labelColumn {
                    (label, isLast) = try readLabel()
                } else {
                    isLast = try readOther(column, into: &next)
                }
                specials += 1
                nextSpecial = special[specials]
            } else {
                (next.pointee, isLast) = try readNumber(column)
                next += 1
            }
            guard isLast == (column == last) else {
                // Only stands in for the error that the caller finds.
                throw FileError(columns.file, "another number of fields")
            }
        }
        return label
    }

    @inline(__always)
    private mutating func readNumber(_ column: Int) throws(FileError) -> (value: Scalar, endsRecord: Bool) {
        var ahead = scanner
        if !hasDecimalComma, let (number, endsRecord) = ahead.nextNumber(), case let value = Scalar(number),
            value.isFinite
        {
            scanner = ahead
            return (value, endsRecord)
        }
        return try readNumberSlowly(column)
    }

    /// Numbers in quotes, or with blanks after them, and what is no number.
    @inline(never)
    private mutating func readNumberSlowly(
        _ column: Int
    ) throws(FileError) -> (value: Scalar, endsRecord: Bool) {
        let field = try next(column)
        let scanner = scanner
        let number = parse(scanner.bytes(field))
        if case .finite(let value) = number, Scalar(value).isFinite {
            return (Scalar(value), field.endsRecord)
        }
        let isMissing = CSV.isMissing(scanner.bytes(field))
        if isMissing, columns.allowsMissing { return (.nan, field.endsRecord) }
        do throws(CSVScanner.Failure) {
            let text = try scanner.text(field)
            hasMissing = isMissing
            let message =
                switch number {
                case _ where text.isEmpty: "found an empty field; expected a number"
                case .finite: "found '\(text.shown)', which is beyond the greatest float; read it as double"
                case .notFinite: "found '\(text.shown)'; expected a finite number"
                case .notANumber where hasDecimalComma:
                    "found '\(text.shown)'; expected a number with a comma for its decimals"
                case .notANumber: "found '\(text.shown)'; expected a decimal number\(Self.advice(text))"
                }
            throw CSVScanner.Failure(line: field.line, message: message)
        } catch {
            throw columns.error(error, column: column)
        }
    }

    /// The advice where a number is written otherwise than with a point.
    private static func advice(_ text: String) -> String {
        if text.wholeMatch(of: /[-+]?[0-9]*,[0-9]+/) != nil { return "; --decimal comma takes commas" }
        return text.first?.isLetter == true
            ? "; --one-hot makes features of words, --drop leaves a column out" : ""
    }

    private func parse(_ field: UnsafeBufferPointer<UInt8>) -> DecimalNumber.Result {
        let (comma, point) = (UInt8(ascii: ","), UInt8(ascii: "."))
        guard hasDecimalComma else { return DecimalNumber.parse(field) }
        guard !field.contains(point) else { return .notANumber }
        return field.map { $0 == comma ? point : $0 }.withUnsafeBufferPointer(DecimalNumber.parse)
    }

    /// A field that is no number, and no label; true where it ends the row.
    @inline(never)
    private mutating func readOther(
        _ column: Int, into x: inout UnsafeMutablePointer<Scalar>
    ) throws(FileError) -> Bool {
        let field = try next(column)
        let scanner = scanner
        do throws(CSVScanner.Failure) {
            switch columns.roles[column] {
            case .id: ids.append(try scanner.text(field))
            case .words(let oneHot):
                let word = try scanner.text(field)
                let place = places[column]?[word]
                guard place != nil || word.isEmpty && columns.allowsMissing else {
                    hasMissing = word.isEmpty
                    let words = oneHot.words.prefix(12).map { "'\($0.shown)'" }.joined(separator: ", ")
                    throw CSVScanner.Failure(
                        line: field.line,
                        message: word.isEmpty
                            ? "found an empty field; expected a word"
                            : "found the word '\(word.shown)'; expected one of the model's: \(words)"
                                + (oneHot.words.count > 12 ? " and \(oneHot.words.count - 12) more" : ""))
                }
                for j in oneHot.words.indices { x[j] = place == nil ? .nan : j == place ? 1 : 0 }
                x += oneHot.words.count
            case .feature, .label, .leftOut: break
            }
        } catch {
            throw columns.error(error, column: column)
        }
        return field.endsRecord
    }

    /// The label.
    @inline(__always)
    private mutating func readLabel() throws(FileError) -> (value: Scalar, endsRecord: Bool) {
        var ahead = scanner
        // In one question: which of the two it is would mostly be predicted wrong.
        if labels.areNumbers, let (value, endsRecord) = ahead.nextNumber(), (value == 0) != (value == 1) {
            scanner = ahead
            return (Scalar(value), endsRecord)
        }
        let field = try next(labelColumn)
        ahead = scanner
        if columns.allowsMissingLabels {
            let isMissing = labels.areNumbers ? CSV.isMissing(ahead.bytes(field)) : field.end == field.start
            if isMissing { return (.nan, field.endsRecord) }
        }
        do throws(CSVScanner.Failure) {
            if let value = try labels.value(ahead.bytes(field), text: try ahead.text(field)) {
                return (Scalar(value), field.endsRecord)
            }
            throw CSVScanner.Failure(
                line: field.line,
                message: "found the label '\(try ahead.text(field).shown)'; expected \(labels.expected)")
        } catch {
            throw columns.error(error, column: labelColumn)
        }
    }

    private mutating func next(_ column: Int) throws(FileError) -> CSVScanner.Field {
        do {
            return try scanner.next()
        } catch {
            throw columns.error(error, column: column)
        }
    }

    /// An error where the row at `start` has more or fewer fields than it should.
    private func wrongFieldCount(_ start: CSVScanner) -> FileError? {
        var scanner = start
        var count = 0
        while let field = try? scanner.next() {
            count += 1
            guard field.endsRecord else { continue }
            guard count != columns.count else { return nil }
            return FileError(
                columns.file, at: .line(start.line),
                "found \(count) \(count == 1 ? "field" : "fields"); expected \(columns.count), "
                    + "as in the first row")
        }
        return nil
    }
}

/// The meaning of the labels of some rows: numbers, or words.
struct CSVLabels {
    private let words: CSV.Words?

    /// The first word other than the positive one, where the format leaves it to the file.
    private(set) var found: String? {
        didSet { negative = Self.bytes(of: found) }
    }

    private let positive: [UInt8]?
    private var negative: [UInt8]?

    init(_ words: CSV.Words?) {
        self.words = words
        (positive, negative) = (Self.bytes(of: words?.positive), Self.bytes(of: words?.negative))
    }

    /// Whether labels are the numbers 0 and 1.
    var areNumbers: Bool { words == nil }

    /// The labels that are possible, for errors.
    var expected: String {
        guard let words else { return "0 or 1, or name the word that stands for 1 with --positive" }
        let negative = (words.negative ?? found).map { "'\($0.shown)'" } ?? "one other word"
        return "'\(words.positive.shown)' or \(negative)"
    }

    /// 0 or 1 for a field with a label; nil where it is neither.
    ///
    /// - Parameters:
    ///   - bytes: the field, without the quotes around it.
    ///   - text: the same as text; throws where it is none.
    mutating func value(
        _ bytes: UnsafeBufferPointer<UInt8>, text: @autoclosure () throws(CSVScanner.Failure) -> String
    ) throws(CSVScanner.Failure) -> Double? {
        guard let words else {
            guard case .finite(let value) = DecimalNumber.parse(bytes) else { return nil }
            return value == 0 || value == 1 ? value : nil
        }
        // Mostly the bytes are enough, and making a text of them takes long.
        if let positive, positive.elementsEqual(bytes) { return 1 }
        if let negative, negative.elementsEqual(bytes) { return 0 }
        let word = try text()
        let negative = words.negative ?? found
        if word == words.positive { return 1 }
        if word == negative { return 0 }
        guard negative == nil, !word.isEmpty else { return nil }
        found = word
        return 0
    }

    /// The bytes of a word in the file; nil where they depend on whether it is quoted.
    private static func bytes(of word: String?) -> [UInt8]? {
        word.flatMap { $0.utf8.contains(CSVScanner.quote) ? nil : Array($0.utf8) }
    }
}
