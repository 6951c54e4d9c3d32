import Problems

extension CSV {
    /// How the columns of a file are taken, beyond which of them has the labels.
    package struct Rules: Sendable, Equatable {
        /// Columns that are left out.
        package var dropped: [Column] = []

        /// The column that names samples: kept as text, and no feature. Where samples alone are read.
        package var id: Column?

        /// Columns of words, of which each becomes a feature.
        package var oneHot: [Column] = []

        /// The features of a model: a file that has the columns of all of them may have others too, which are left
        /// out, and the words of its columns are those of the model.
        package var model: TableNames?

        /// The treatment of missing values; nil where there may be none.
        package var missing: Missing?

        /// The values that stand for missing ones, one for each feature; nil where they are the means of the file.
        package var means: [Double]?

        /// Whether decimals are written with a comma.
        package var hasDecimalComma = false

        package init() {}
    }

    /// The treatment of missing values: empty fields, NA, NaN, null, none and ?.
    package enum Missing: String, Sendable, Codable, CaseIterable {
        /// Their rows are left out.
        case drop
        /// The mean of the feature stands for them.
        case mean
    }

    /// Whether a field stands for a number that is missing.
    static func isMissing(_ field: UnsafeBufferPointer<UInt8>) -> Bool {
        guard field.count <= 4 else { return false }
        let word = String(decoding: field, as: UTF8.self).lowercased()
        return ["", "na", "n/a", "#n/a", "nan", "-nan", "null", "none", "<na>", "?"].contains(word)
    }
}

/// The columns of one file, by which its errors name places.
struct CSVColumns: Sendable {
    /// The use of a column.
    enum Role: Sendable, Equatable {
        case feature
        case label
        case id
        /// A feature for each word; no words where they are not known yet.
        case words(OneHot)
        case leftOut
    }

    /// The path, or what the file is called.
    let file: String
    /// From the header, or x1, x2 and so on.
    let names: [String]
    let hasHeader: Bool
    /// One for each column.
    var roles: [Role]
    /// Whether a NaN stands for a missing value, in place of an error.
    var allowsMissing = false
    /// Whether the label may be missing too.
    var allowsMissingLabels = false

    init(file: String, names: [String], hasHeader: Bool) {
        (self.file, self.names, self.hasHeader) = (file, names, hasHeader)
        roles = Array(repeating: .feature, count: names.count)
    }

    var count: Int { names.count }

    /// The index of the column with the labels; nil where they are not read.
    var label: Int? { roles.firstIndex(of: .label) }

    /// Whether a column becomes a feature, or several.
    func isFeature(_ column: Int) -> Bool { ![.label, .id, .leftOut].contains(roles[column]) }

    /// The columns that are not features as they stand, in their order.
    var special: [Int] { roles.indices.filter { roles[$0] != .feature } }

    /// The names of the features, in the order of X.
    var features: [String] { roles.indices.flatMap { features(of: $0) } }

    /// The features that a column becomes.
    private func features(of column: Int) -> [String] {
        switch roles[column] {
        case .feature: [names[column]]
        case .words(let oneHot): oneHot.features
        case .label, .id, .leftOut: []
        }
    }

    /// The column of each feature.
    var columnsOfFeatures: [Int] {
        roles.indices.flatMap { column in features(of: column).map { _ in column } }
    }

    /// The columns of words.
    var oneHot: [OneHot] {
        roles.compactMap { role in if case .words(let oneHot) = role { oneHot } else { nil } }
    }

    /// Bytes of a complete row, at least: one after each field, and one for each that may not be empty.
    var leastBytesOfRow: Int {
        roles.reduce(0) { sum, role in
            switch role {
            case .feature, .words: sum + (allowsMissing ? 1 : 2)
            case .label: sum + (allowsMissingLabels ? 1 : 2)
            case .id, .leftOut: sum + 1
            }
        }
    }

    /// An error in the column of this index, which may be one too many.
    func error(_ failure: CSVScanner.Failure, column index: Int) -> FileError {
        guard failure.byte == nil, index < count else { return FileError(file, failure) }
        let name = hasHeader ? names[index] : nil
        return FileError(file, at: .column(index + 1, name: name, line: failure.line), failure.message)
    }
}
