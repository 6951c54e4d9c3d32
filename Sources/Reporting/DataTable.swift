/// Rows of text under a head; the first `leading` columns are words, the others numbers.
public struct DataTable: Sendable, Equatable {
    /// What each column holds.
    public let head: [String]

    /// The rows, each with as many texts as the head.
    public let rows: [[String]]

    /// How many columns are words.
    public let leading: Int

    /// A table.
    public init(_ head: [String], _ rows: [[String]], leading: Int = 1) {
        (self.head, self.rows, self.leading) = (head, rows, leading)
    }
}
