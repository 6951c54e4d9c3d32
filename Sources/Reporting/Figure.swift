/// A picture with what it shows in words and numbers.
public struct Figure: Sendable, Equatable {
    /// A name for files and anchors, such as `ladder`: lower-case letters, digits and dashes.
    public let id: String

    /// What it shows, as a heading.
    public let title: String

    /// The same in words, for those who do not see it.
    public let description: String

    /// The picture: an `<svg>` element that stands alone as a file and inside a page alike.
    public let svg: String

    /// The numbers behind it.
    public let table: DataTable

    /// A figure.
    public init(id: String, title: String, description: String, svg: String, table: DataTable) {
        (self.id, self.title, self.description) = (id, title, description)
        (self.svg, self.table) = (svg, table)
    }
}
