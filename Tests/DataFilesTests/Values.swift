import Problems

extension AlignedBuffer {
    /// A copy of the elements. They are there only as long as the buffer is held, which `elements` alone
    /// does not do.
    var values: [Scalar] { withExtendedLifetime(self) { Array(elements) } }
}
