/// Rows of text under a head; the first `leading` columns are words, the others numbers.
package struct DataTable: Sendable, Equatable {
    /// What each column holds.
    package let head: [String]

    /// The rows, each with as many texts as the head.
    package let rows: [[String]]

    /// How many columns are words.
    package let leading: Int

    /// A table.
    package init(_ head: [String], _ rows: [[String]], leading: Int = 1) {
        (self.head, self.rows, self.leading) = (head, rows, leading)
    }
}
