/// What is known of an implementation beside its times.
package struct RungNote: Codable, Sendable, Equatable {
    /// The lines of code that make an implementation, so that its speed can be set beside them.
    package struct Code: Codable, Sendable, Equatable {
        /// Lines with something else than comments on them.
        package let lines: Int

        /// The files that they are in, its own first.
        package let files: [String]

        /// Lines of code.
        package init(lines: Int, files: [String]) { (self.lines, self.files) = (lines, files) }
    }

    /// Its name.
    package let rung: String

    /// Why what it changes should make it faster, or what that costs; nil where it is not said.
    package let why: String?

    /// Its code; nil where the sources were not at hand.
    package let code: Code?

    /// A note.
    package init(rung: String, why: String?, code: Code? = nil) {
        (self.rung, self.why, self.code) = (rung, why, code)
    }
}
