/// What all images of a data set share.
package struct ImageSize: Sendable, Equatable {
    /// Pixels in a row.
    package let width: Int
    /// Rows.
    package let height: Int
    /// 1 for grey, 3 for red, green and blue.
    package let channels: Int

    /// n_x: values in an image.
    package var count: Int { width * height * channels }
}

extension ImageSize: CustomStringConvertible {
    /// As in "64 × 48, colour".
    package var description: String { "\(width) × \(height), \(channels == 1 ? "grey" : "colour")" }
}
