/// What all images of a data set share.
public struct ImageSize: Sendable, Equatable {
    /// Pixels in a row.
    public let width: Int
    /// Rows.
    public let height: Int
    /// 1 for grey, 3 for red, green and blue.
    public let channels: Int

    /// n_x: values in an image.
    public var count: Int { width * height * channels }
}

extension ImageSize: CustomStringConvertible {
    /// As in "64 × 48, colour".
    public var description: String { "\(width) × \(height), \(channels == 1 ? "grey" : "colour")" }
}
