/// A picture with what it shows in words and numbers.
package struct Figure: Sendable, Equatable {
    /// A name for files and anchors, such as `ladder`: lower-case letters, digits and dashes.
    package let id: String

    /// What it shows, as a heading.
    package let title: String

    /// The same in words, for those who do not see it.
    package let description: String

    /// The picture: an `<svg>` element that stands alone as a file and inside a page alike.
    package let svg: String

    /// The numbers behind it.
    package let table: DataTable

    /// A figure.
    package init(id: String, title: String, description: String, svg: String, table: DataTable) {
        (self.id, self.title, self.description) = (id, title, description)
        (self.svg, self.table) = (svg, table)
    }
}
