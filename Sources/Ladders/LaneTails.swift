extension LaneVector {
    /// The `count` scalars at `p`, fewer than a vector, and zeros behind them: nothing else is read.
    @inline(__always)
    static func load(_ p: UnsafePointer<Scalar>, count: Int) -> Self {
        var vector = Self.zero
        withUnsafeMutableBytes(of: &vector) {
            $0.copyMemory(from: UnsafeRawBufferPointer(UnsafeBufferPointer(start: p, count: count)))
        }
        return vector
    }

    /// Writes the first `count` lanes to `p`, and nothing behind them.
    @inline(__always)
    func store(_ p: UnsafeMutablePointer<Scalar>, count: Int) {
        let room = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(start: p, count: count))
        withUnsafeBytes(of: self) {
            room.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<room.count]))
        }
    }

    /// Calls `body` with a pointer to the lanes.
    @inline(__always)
    mutating func withScalars(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
        withUnsafeMutablePointer(to: &self) {
            body(UnsafeMutableRawPointer($0).assumingMemoryBound(to: Scalar.self))
        }
    }
}
