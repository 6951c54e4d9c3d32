import Foundation
import Problems

/// An image in one of the binary Netpbm formats: P5 (grey) or P6 (red, green, blue).
///
/// The formats are those of the manual pages pgm(5) and ppm(5): the magic, width, height and the greatest
/// value, as decimal numbers between blanks and comments, one blank, and then row by row the pixels, the
/// channels of each side by side; where the greatest value is above 255, each takes two bytes, the higher
/// first.
struct NetpbmImage {
    let size: ImageSize
    private let greatest: Int
    private let values: Data

    /// Takes a file apart, and checks that it is as long as its header says.
    init(_ contents: Data) throws(NetpbmError.Problem) {
        var header = NetpbmHeader(contents)
        let channels: Int
        switch (header.next(), header.next()) {
        case (0x50, 0x35): channels = 1
        case (0x50, 0x36): channels = 3
        case (0x50, let digit?) where "12347".utf8.contains(digit):
            throw .otherFormat("P\(UnicodeScalar(digit))")
        default: throw .notNetpbm
        }
        guard let width = header.number(), let height = header.number(), let greatest = header.number(),
            let blank = header.next(), NetpbmHeader.isBlank(blank)
        else { throw .header }
        guard width > 0, height > 0 else { throw .noPixels(width: width, height: height) }
        guard (1...65_535).contains(greatest) else { throw .greatest(greatest) }
        // The numbers are below 2³¹, so that only the last of the products can be too large.
        let row = width * channels * (greatest < 256 ? 1 : 2)
        let (bytes, overflows) = row.multipliedReportingOverflow(by: height)
        values = header.rest
        guard !overflows, values.count == bytes else {
            throw .length(bytes: values.count, expected: overflows ? .max : bytes)
        }
        size = ImageSize(width: width, height: height, channels: channels)
        self.greatest = greatest
        if let value = firstBeyondGreatest() { throw .value(value, greatest: greatest) }
    }

    /// Writes the values, scaled to 0...1, channel by channel and each row by row.
    ///
    /// - Parameter x: takes n_x = width · height · channels values.
    func unroll<Scalar: RealScalar>(into x: UnsafeMutablePointer<Scalar>) {
        let pixels = size.width * size.height
        values.withUnsafeBytes { bytes in
            for channel in 0..<size.channels {
                for pixel in 0..<pixels {
                    let value = value(pixel * size.channels + channel, bytes)
                    x[channel * pixels + pixel] = Scalar(value) / Scalar(greatest)
                }
            }
        }
    }

    private func value(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
        greatest < 256 ? Int(bytes[index]) : Int(bytes[2 * index]) << 8 | Int(bytes[2 * index + 1])
    }

    private func firstBeyondGreatest() -> Int? {
        guard greatest != 255, greatest != 65_535 else { return nil }
        return values.withUnsafeBytes { bytes in
            (0..<size.count).lazy.map { value($0, bytes) }.first { $0 > greatest }
        }
    }
}
