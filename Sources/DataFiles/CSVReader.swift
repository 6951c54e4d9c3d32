import LogisticRegression

/// One reading of one file.
struct CSVReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private let file: String
    private let label: String

    init(_ bytes: UnsafeBufferPointer<UInt8>, file: String, label: String) {
        (self.bytes, self.file, self.label) = (Self.withoutMarkAndLastLineEnds(bytes), file, label)
    }

    func read() throws(CSVError) -> LabelledTable {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.first == 0 {
            throw error(.encoding)
        }
        guard !bytes.isEmpty else { throw error(.empty) }
        var scanner = CSVScanner(bytes)
        let names = try readHeader(&scanner)
        guard let labelColumn = names.firstIndex(of: label) else {
            throw error(.missingLabel(label, columns: names), line: 1)
        }
        guard names.count > 1 else { throw error(.noFeatures, line: 1) }
        guard !scanner.isAtEnd else { throw error(.headerOnly) }

        let m = completeRows(scanner, of: names.count)
        let x = AlignedBuffer<Double>(zeros: m * (names.count - 1))
        let y = AlignedBuffer<Double>(zeros: m)
        var next = x.base
        for i in 0..<m {
            let value = try readRow(&scanner, names, labelColumn: labelColumn, into: next)
            y.base[i] = value
            next += names.count - 1
        }
        // The row behind the last complete one, where there is one, is read for its error.
        if !scanner.isAtEnd { try readIncompleteRow(&scanner, names) }

        var features = names
        features.remove(at: labelColumn)
        do {
            let data = try Dataset(x: x, y: y, nx: features.count)
            return LabelledTable(features: features, label: label, data: data)
        } catch {
            throw self.error(.dataset("\(error)"))
        }
    }

    private func readHeader(_ scanner: inout CSVScanner) throws(CSVError) -> [String] {
        var names: [String] = []
        var columns: [String: Int] = [:]
        while true {
            let field = try next(&scanner, number: names.count + 1, names: nil)
            let name = scanner.text(field)
            names.append(name)
            if let first = columns.updateValue(names.count, forKey: name) {
                let column = CSVError.Column(number: names.count, name: name)
                throw error(.duplicateName(name, first: first), line: field.line, column: column)
            }
            if field.endsRecord { return names }
        }
    }

    /// The number of rows up to the first that has another number of fields than the header, so that
    /// memory is asked for only where the file has the fields for it.
    private func completeRows(_ start: CSVScanner, of count: Int) -> Int {
        var scanner = start
        var rows = 0
        var fields = 0
        while !scanner.isAtEnd {
            guard let field = try? scanner.next() else { break }
            fields += 1
            if field.endsRecord {
                guard fields == count else { break }
                rows += 1
                fields = 0
            }
        }
        return rows
    }

    /// Reads a row that has as many fields as the header: its features into `x`, and its label.
    private func readRow(
        _ scanner: inout CSVScanner, _ names: [String], labelColumn: Int, into x: UnsafeMutablePointer<Double>
    ) throws(CSVError) -> Double {
        var label = 0.0
        var feature = 0
        for column in names.indices {
            let field = try next(&scanner, number: column + 1, names: names)
            let value = try number(field, scanner, column, names, isLabel: column == labelColumn)
            if column == labelColumn {
                label = value
            } else {
                x[feature] = value
                feature += 1
            }
        }
        return label
    }

    private func number(
        _ field: CSVScanner.Field, _ scanner: CSVScanner, _ column: Int, _ names: [String], isLabel: Bool
    ) throws(CSVError) -> Double {
        let problem: CSVError.Problem
        switch DecimalNumber.parse(UnsafeBufferPointer(rebasing: bytes[field.start..<field.end])) {
        case .finite(let value) where !isLabel || value == 0 || value == 1:
            return value
        case _ where isLabel: problem = .label(scanner.text(field))
        case .notFinite: problem = .notFinite(scanner.text(field))
        case .finite, .notANumber: problem = .notANumber(scanner.text(field))
        }
        throw error(problem, line: field.line, column: .init(number: column + 1, name: names[column]))
    }

    /// Tells what is wrong with a row that has not as many fields as the header.
    private func readIncompleteRow(_ scanner: inout CSVScanner, _ names: [String]) throws(CSVError) {
        let line = scanner.line
        var count = 0
        while true {
            let field = try next(&scanner, number: count + 1, names: names)
            count += 1
            guard field.endsRecord else { continue }
            throw error(.fieldCount(found: count, expected: names.count), line: line)
        }
    }

    private func next(
        _ scanner: inout CSVScanner, number: Int, names: [String]?
    ) throws(CSVError) -> CSVScanner.Field {
        do {
            return try scanner.next()
        } catch {
            let column = names.flatMap { names in
                number <= names.count ? CSVError.Column(number: number, name: names[number - 1]) : nil
            }
            switch error {
            case .unterminatedQuote(let line):
                throw self.error(.unterminatedQuote, line: line, column: column)
            case .textAfterQuote(let line):
                throw self.error(.textAfterQuote, line: line, column: column)
            }
        }
    }

    private func error(
        _ problem: CSVError.Problem, line: Int? = nil, column: CSVError.Column? = nil
    ) -> CSVError {
        CSVError(file: file, line: line, column: column, problem: problem)
    }

    private static func withoutMarkAndLastLineEnds(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        var rest = bytes[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while let last = rest.last, last == CSVScanner.newline || last == CSVScanner.carriageReturn {
            rest = rest.dropLast()
        }
        return UnsafeBufferPointer(rebasing: rest)
    }
}
