extension Double {
    /// The number; nil of an infinity or a NaN, which most formats have no way to write.
    var finite: Double? { isFinite ? self : nil }
}
